"""People who decide, and decisions that can be taken; a database with two teams."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from data_access.actor import Actor, Role
from data_access.database.opening import reading, writing
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.database.schema.decisions import DECISIONS
from data_access.decisions import Decision, Standing, kind_named, standing
from data_access.scope import Scope

MEASURE = "decisions_within_24_hours"
EVERYTHING = Scope.everything()
ANNA = Actor("Anna", frozenset({Role.PERFORMANCE_TEAM}), EVERYTHING)
BEN = Actor("Ben", frozenset({Role.DIRECTOR}), EVERYTHING)
STAMP = {"extracted_at": dt.datetime(2010, 3, 29, 6, 0), "load_id": 1}  # noqa: DTZ001 - UTC, as the database keeps it

TARGET = {
    "measure": MEASURE, "from_date": "2010-04-01", "comparison": "at_least", "kind": "fixed", "value": "95%",
    "source": "plan",
}  # fmt: skip
EVENT = {"happened_on": "2010-01-06", "label": "Snow"}
REBASE = {"measure": MEASURE, "from_date": "2009-12-14", "label": "New duty system", "approver": "Ben"}
LEFT_OUT = {"measure": MEASURE, "starts": "2010-01-04"}
ACTION = {
    "title": "Check the open referrals at 4 pm",
    "strand": "accountability",
    "lead": "Assessment Service",
    "status": "not_started",
}
COMMENTARY = {"measure": MEASURE, "week": "2010-03-22", "text": "Two managers were away"}
MEETING_DECISION = {
    "week": "2010-03-22", "what": "Cover for managers who are away", "owner": "Group manager", "due_on": "2010-04-05",
    "measure": MEASURE, "expected": "up", "review_on": "2010-05-03",
}  # fmt: skip
CONTENT: dict[str, dict[str, Any]] = {
    "target": TARGET, "event": EVENT, "rebase": REBASE, "left_out_period": LEFT_OUT,
    "action": ACTION, "commentary": COMMENTARY, "meeting_decision": MEETING_DECISION,
}  # fmt: skip


def decision(kind: str, reason: str = "agreed", /, **changes: object) -> Decision:
    """Return a sound decision of a kind, with some fields changed."""
    return Decision(kind, CONTENT[kind] | changes, reason)


def put(engine: sa.Engine, table: str, *rows: dict[str, Any]) -> None:
    """Write rows into a case table."""
    with writing(engine) as connection:
        for row in rows:
            connection.execute(sa.insert(CASE_TABLES[table]).values(STAMP | row))


def put_teams(engine: sa.Engine) -> None:
    """Write teams T1 and T2 of a service."""
    put(engine, "teams", *({"team_id": name, "name": name, "service": "Assessment"} for name in ("T1", "T2")))


def target_row(name: str, **changes: object) -> dict[str, Any]:
    """Return a target as an extract brings it."""
    row: dict[str, Any] = {
        "target_id": name, "measure": MEASURE, "from_date": dt.date(2010, 1, 1), "comparison": "at_least",
        "kind": "fixed", "value": 0.9, "source": "plan", "reason": "the plan", "author": "Board",
    }  # fmt: skip
    return row | changes


def stands(engine: sa.Engine, kind: str, scope: Scope = EVERYTHING) -> dict[str, Standing]:
    """Return what stands of a kind, by id."""
    with reading(engine) as connection:
        return {one.decision_id: one for one in standing(scope, connection, kind_named(kind))}


def stored(engine: sa.Engine) -> list[tuple[Any, ...]]:
    """Return every revision as it is stored."""
    with reading(engine) as connection:
        order = (DECISIONS.c.kind, DECISIONS.c.decision_id, DECISIONS.c.revision)
        return [tuple(row) for row in connection.execute(sa.select(DECISIONS).order_by(*order))]
