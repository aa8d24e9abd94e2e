"""What was signed off, as far as a reader may see it: figures of the whole service, and cases of the own teams."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.database.schema.signed_weeks import SIGNED_MEASURES, SIGNED_WEEKS
from data_access.dates.working_calendar import FIRST_DAY, LAST_DAY
from data_access.measures import MEASURES
from data_access.problems import QueryProblem
from data_access.queries.case_list import why_not_listed
from data_access.scope import Scope
from data_access.signed_weeks.record import Cases, Closing, SignedMeasure, SignedWeek, expanded


def signed_weeks(
    scope: Scope,
    connection: sa.Connection,
    *,
    first: date | None = None,
    last: date | None = None,
    history: bool = False,
) -> list[SignedWeek]:
    """Return the weeks signed off between two Mondays, in order: the latest revision of each, or the whole history.

    Nothing for who may not see the figures of the whole service.
    """
    if not _reaches_whole(scope):
        return []
    if not history:
        return list(latest_revisions(connection, first, last).values())
    return _weeks(connection, first, last)


def latest_revisions(connection: sa.Connection, first: date | None, last: date | None) -> dict[date, SignedWeek]:
    """Return the latest revision of every week signed off between two Mondays, in order."""
    return {signed.week: signed for signed in _weeks(connection, first, last)}


def signed_measures(
    scope: Scope, connection: sa.Connection, weeks: Sequence[SignedWeek], *, measure: str | None = None
) -> list[SignedMeasure]:
    """Return every measure, or one, as those revisions of weeks reported it, in the order of weeks.

    Nothing for who may not see the figures of the whole service.
    """
    if not weeks or not _reaches_whole(scope):
        return []
    table = SIGNED_MEASURES
    wanted = (
        sa.select(table.c.week, table.c.revision, table.c.measure, table.c.reported)
        .where(sa.tuple_(table.c.week, table.c.revision).in_([(each.week, each.revision) for each in weeks]))
        .order_by(table.c.week, table.c.measure)
    )
    if measure is not None:
        wanted = wanted.where(table.c.measure == measure)
    return [
        SignedMeasure(row.week, row.revision, row.measure, json.loads(row.reported))
        for row in connection.execute(wanted)
    ]


def signed_cases(scope: Scope, connection: sa.Connection, signed: SignedWeek, measure: str) -> Cases:
    """Return the ids of the cases behind a measure of a signed week, of the teams whose cases may be listed.

    Raise QueryProblem where the reader may list none, or the week has no such measure.
    """
    # a measure that is counted no more was signed off all the same
    if measure in MEASURES and (why := why_not_listed(scope, measure)) is not None:
        raise QueryProblem(why)
    scope.check_cases(None)
    table = SIGNED_MEASURES
    wanted = sa.select(table.c.cases).where(
        table.c.week == signed.week, table.c.revision == signed.revision, table.c.measure == measure
    )
    kept = connection.execute(wanted).scalar_one_or_none()
    if kept is None:
        msg = f"The week of {signed.week} was signed off without a measure {measure!r}."
        raise QueryProblem(msg)
    cases: Cases = json.loads(expanded(kept))
    seen = scope.case_teams
    return {team: ids for team, ids in cases.items() if seen is None or team in seen}


def _reaches_whole(scope: Scope) -> bool:
    return scope.whole or scope.teams is None


def _weeks(connection: sa.Connection, first: date | None, last: date | None) -> list[SignedWeek]:
    table = SIGNED_WEEKS
    wanted = sa.select(table).where(table.c.week.between(first or FIRST_DAY, last or LAST_DAY))
    return [_week(row) for row in connection.execute(wanted.order_by(table.c.week, table.c.revision))]


def _week(row: sa.Row[Any]) -> SignedWeek:
    values = dict(row._mapping)
    held = json.loads(values["closing"])
    closing = Closing(**held | {"tested": tuple(held["tested"])})
    return SignedWeek(**values | {"closing": closing, "roles": tuple(json.loads(values["roles"]))})
