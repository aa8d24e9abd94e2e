"""Signing a week off: one transaction that keeps what was reported, or changes nothing."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Final

import sqlalchemy as sa

from data_access import audit
from data_access.actor import Action, Actor, NotAllowedProblem
from data_access.database.facts import data_version, raise_data_version
from data_access.database.opening import writing
from data_access.database.schema.signed_weeks import SIGNED_MEASURES, SIGNED_WEEKS
from data_access.database.turns import Turn
from data_access.dates.london_time import local_date, to_local
from data_access.dates.periods import week_of
from data_access.decisions.decision import Fault
from data_access.decisions.fields import fault_of_text
from data_access.problems import Problem
from data_access.scope import Scope
from data_access.signed_weeks.reads import latest_revisions
from data_access.signed_weeks.record import Closing, ReportedMeasure, SignedWeek, as_text, compressed, hash_of

LONGEST: Final = 1000
"""So many characters attendance, items not reached and a reason may have."""


class SignOffProblem(Problem):
    """A week that was not signed off; nothing was changed."""


class InvalidSignOffProblem(SignOffProblem):
    """What was handed in can't be so; `faults` says of every field why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"The week can't be signed off: {'. '.join(map(str, faults))}. Nothing was changed.")
        self.faults = tuple(faults)


class StaleSignOffProblem(SignOffProblem):
    """Somebody else signed the week off meanwhile."""


class DataMovedOnProblem(SignOffProblem):
    """The data are no longer those from which the record was composed."""


def check_right(actor: Actor) -> None:
    """Raise NotAllowedProblem for who may not sign off; that takes the sight of every team's figures and cases."""
    actor.check(Action.SIGN_OFF)
    if actor.scope != Scope.everything():
        msg = f"You may not {Action.SIGN_OFF}: that is for those who may see the figures and cases of every team."
        raise NotAllowedProblem(msg)


def sign_off(
    actor: Actor,
    engine: sa.Engine,
    week: date,
    closing: Closing,
    measures: Sequence[ReportedMeasure],
    *,
    of: int,
    expected: int = 0,
    reason: str = "",
    turn: Turn | None = None,
) -> SignedWeek:
    """Keep a week (its Monday) as it was reported, and return its revision.

    `of` is the data version from which the record was composed, `expected` the revision that its author saw: 0 where
    the week is signed off for the first time, else a `reason` is needed. Record, audit event and data version are
    written in one transaction, for which it waits as `turn` says. Raise NotAllowedProblem where the actor may not;
    InvalidSignOffProblem with every fault; StaleSignOffProblem where somebody signed the week off meanwhile;
    DataMovedOnProblem where the data changed; DatabaseProblem where the database can't be written. Nothing is
    changed then.
    """
    check_right(actor)
    faults = [*_faults(week, closing, expected, reason)]
    if faults:
        raise InvalidSignOffProblem(faults)
    with writing(engine, turn) as connection:
        last = latest_revisions(connection, week, week).get(week)
        if (0 if last is None else last.revision) != expected:
            raise StaleSignOffProblem(_signed_meanwhile(week, last, expected))
        if data_version(connection) != of:
            msg = "The data have changed while the week was being signed off. Nothing was changed; look at it again."
            raise DataMovedOnProblem(msg)
        return _write(connection, actor, week, closing, measures, expected + 1, reason)


def _write(
    connection: sa.Connection,
    actor: Actor,
    week: date,
    closing: Closing,
    measures: Sequence[ReportedMeasure],
    revision: int,
    reason: str,
) -> SignedWeek:
    at = datetime.now(UTC).replace(tzinfo=None)
    rows = [(each.measure, as_text(each.reported), as_text(each.cases)) for each in measures]
    roles = tuple(sorted(actor.roles))
    columns = {
        "week": week,
        "revision": revision,
        "closing": as_text(asdict(closing)),
        "reason": reason.strip(),
        "signed_at": at,
        "signed_by": actor.name,
        "roles": json.dumps(roles),
    }
    columns["hash"] = hash_of(columns, rows)
    connection.execute(sa.insert(SIGNED_WEEKS).values(**columns))
    connection.execute(
        sa.insert(SIGNED_MEASURES),
        [
            {"week": week, "revision": revision, "measure": name, "reported": reported, "cases": compressed(cases)}
            for name, reported, cases in rows
        ],
    )
    told = {name: columns[name] for name in ("revision", "reason", "hash")}
    detail = told | {"roles": list(roles), "measures": len(rows), "attendance": closing.attendance}
    audit.append(connection, actor.name, audit.Action.SIGNED_OFF, f"week {week}", detail, at=at)
    raise_data_version(connection)
    return SignedWeek(week, revision, closing, reason.strip(), at, actor.name, roles, str(columns["hash"]))


def _faults(week: date, closing: Closing, expected: int, reason: str) -> list[Fault]:
    today = local_date(datetime.now(UTC).replace(tzinfo=None))
    faults = []
    if week_of(week) != week:
        faults.append(Fault("week", week, f"a Monday, such as {week_of(week)}"))
    elif week + timedelta(days=6) >= today:
        faults.append(Fault("week", week, f"a week that is over: today is {today}"))
    faults += fault_of_text("attendance", "who attended, by role", closing.attendance, LONGEST)
    if closing.not_reached.strip():
        faults += fault_of_text("not_reached", "items not reached", closing.not_reached, LONGEST)
    if expected or reason.strip():
        faults += fault_of_text("reason", "why the week is signed off again", reason, LONGEST)
    return faults


def _signed_meanwhile(week: date, last: SignedWeek | None, expected: int) -> str:
    if last is None:
        return f"The week of {week} was never signed off, so there is no revision {expected}. Nothing was changed."
    at = f"{to_local(last.signed_at):%Y-%m-%d %H:%M}"
    again = f" Their reason: {last.reason}." if last.reason else ""
    return (
        f"{last.signed_by} signed the week of {week} off meanwhile, at {at}: it is at revision {last.revision}, you "
        f"saw {f'revision {expected}' if expected else 'it open'}.{again} Nothing of yours was written; look at what "
        "stands now. To sign it off again, say why."
    )
