"""What audits asked for: how much was done on time, late or not at all, and what is overdue."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

import polars as pl
import sqlalchemy as sa

from data_access.coverage.as_at import read_coverage
from data_access.coverage.never_sent import Gap, read_unsent
from data_access.database.frames import select_frame
from data_access.dates.london_time import local_date
from data_access.measures.audits import ASKED
from data_access.measures.sql import word
from data_access.queries.audit_answers import of_cases, of_teams
from data_access.scope import Scope


class ActionState(StrEnum):
    """How what an audit asked for stands on a day. Done on the day by which it is due is done on time."""

    ON_TIME = "on_time"
    LATE = "late"
    OVERDUE = "overdue"
    NOT_YET_DUE = "not_yet_due"
    NOT_COMPUTABLE = "not_computable"
    """Without a day by which it was due, or with dates before the audit."""


ACTIONS: Final = {"audited_on": pl.Date, "state": pl.String, "actions": pl.Int64}
"""The columns of `audit_actions_by_day`; `state` is one of ActionState."""

OVERDUE: Final = {
    "audit_id": pl.String,
    "audited_on": pl.Date,
    "team": pl.String,
    "question": pl.String,
    "due_on": pl.Date,
}
"""The columns of `overdue_audit_actions`."""

_COLUMNS: Final = ("action_due_on", "action_closed_on")


def audit_actions_by_day(
    scope: Scope, connection: sa.Connection, *, until: date, team: str | None = None
) -> pl.DataFrame:
    """Return how much of what audits asked for up to a day was done, as at the end of that day, by audit: ACTIONS.

    Of a team, or of all that the reader's figures are made of. Raise QueryProblem for a team that may not be read.
    """
    asked = (
        sa.select(ASKED.c.audited_on, _state(connection, until).label("state"))
        .where(_asks(until), *of_teams(scope, connection, team))
        .subquery("what_was_asked")
    )
    by = (asked.c.audited_on, asked.c.state)
    wanted = sa.select(*by, sa.func.count()).group_by(*by).order_by(*by)
    return select_frame(connection, wanted, {}, ACTIONS)


def overdue_audit_actions(
    scope: Scope, connection: sa.Connection, *, until: date, team: str | None = None
) -> pl.DataFrame:
    """Return what audits asked for that is overdue as at the end of a day, the longest overdue first: OVERDUE.

    Only of teams whose cases the reader may list; raise QueryProblem where that is none.
    """
    due = ASKED.c.action_due_on
    wanted = (
        sa.select(ASKED.c.audit_id, ASKED.c.audited_on, ASKED.c.team_id, ASKED.c.question, due)
        .where(
            _asks(until),
            _state(connection, until) == word(ActionState.OVERDUE),
            *of_cases(scope, connection, team),
        )
        .order_by(due, ASKED.c.audit_id, ASKED.c.question)
    )
    return select_frame(connection, wanted, {}, OVERDUE)


def audit_actions_never_sent(connection: sa.Connection) -> tuple[Gap, ...]:
    """Return the dates for which audits came without what they asked for: nothing can be said of it."""
    return tuple(gap for gap in read_unsent(connection).get("audits", ()) if gap.column in _COLUMNS)


def _asks(until: date) -> sa.ColumnElement[bool]:
    unreadable = (ASKED.c.unreadable.like(word(f"% {name} %")) for name in _COLUMNS)
    filled = (ASKED.c[name].is_not(None) for name in _COLUMNS)
    return sa.and_(ASKED.c.audited_on <= until, sa.or_(*filled, *unreadable))


def _state(connection: sa.Connection, until: date) -> sa.ColumnElement[Any]:
    due, closed = ASKED.c.action_due_on, ASKED.c.action_closed_on
    impossible = sa.or_(due < ASKED.c.audited_on, closed < ASKED.c.audited_on)
    return sa.case(
        (sa.or_(due.is_(None), impossible), word(ActionState.NOT_COMPUTABLE)),
        (sa.and_(closed <= until, closed <= due), word(ActionState.ON_TIME)),
        (closed <= until, word(ActionState.LATE)),
        (due < _first_day_not_over(connection, until), word(ActionState.OVERDUE)),
        else_=word(ActionState.NOT_YET_DUE),
    )


def _first_day_not_over(connection: sa.Connection, until: date) -> date:
    """Return the day after `until`; `until` itself where audits were taken during that day."""
    taken = [covered.as_at for (extract, _), covered in read_coverage(connection).items() if extract == "audits"]
    return min([until + timedelta(days=1), *(local_date(moment) for moment in taken)])
