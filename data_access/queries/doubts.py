"""Rows in doubt at the figures that they affect: how many, how far they could move each, and which they are.

A row with a warning affects every measure that has the field of the warning among its `fields`; a refused row every
measure that requires its extract. Warnings that a team is unknown affect the figures of teams alone.

What a row could do to a figure rests on these assumptions, each on the side of the wider range:

- A row of the measure's own cases counts, or fails to, as its cohort has it now; rightly read it could be met, not
  met, or none of the measure's. It stays in the period in which it stands now, or is dated where it does not count.
- A row of another extract, or of a measure whose cases are no rows of an extract, could change one case of the period
  in which it is dated, either way; a spell in every period from its first day to the last that its extract covers.
- Refused rows without a readable date lie evenly over the dates that their extract covers; see `_in_period`.
- A row that names no team, or whose extract has none, is told of the whole service and of "no team".
- By how much a row could change an amount (sickness: days) is not known, so for rates only the number is told.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, Final

import polars as pl
import sqlalchemy as sa

from data_access.coverage.as_at import AsAt
from data_access.database.frames import select_frame
from data_access.database.schema.loads import DOUBTFUL_ROWS, LOADED_EXTRACTS
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.dates.periods import period_of, periods
from data_access.extracts import EXTRACTS, extract_named
from data_access.measures import Definition, Measure, measure_named
from data_access.measures.contract import COUNTED, MET, NOT_COMPUTABLE, NOT_MET, Cohort
from data_access.measures.definition import About
from data_access.problems import QueryProblem
from data_access.queries.asking import as_at_times, check_team
from data_access.queries.figures import teams_to_add
from data_access.scope import Scope

DOUBTS: Final = {
    "measure": pl.String,
    "start": pl.Date,
    **dict.fromkeys(("rows", "refused", "met", "not_met", "joining", "not_computable", "either"), pl.Int64),
}
"""The columns of `doubts`, a row for each measure and natural period that any row in doubt affects.

`rows` in doubt, of which `refused`. Of the measure's own cases so many count as `met` or `not_met`, are
`not_computable`, or are not counted and could be (`joining`); `either` could change one case each. For rates these
are 0."""

IN_DOUBT: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "extract": pl.String,
    "key": pl.String,
    "dated": pl.Date,
    "team": pl.String,
    "field": pl.String,
    "message": pl.String,
    "refused": pl.Boolean,
    "file": pl.String,
    "row": pl.Int64,
    "load_id": pl.Int64,
}
"""The columns of `rows_in_doubt`: a row for each warning and refusal."""

_TEAM_ALONE: Final = "unknown_team"
_ROW: Final = DOUBTFUL_ROWS
_FEW: Final = 0.01
_A_DAY: Final = timedelta(days=1)
_ABOUT_STAFF: Final = frozenset(
    extract.name for extract in EXTRACTS if extract.has("staff_id") and not extract.has("child_id")
)


@dataclass
class _Doubt:
    rows: int = 0
    refused: int = 0
    met: int = 0
    not_met: int = 0
    joining: int = 0
    not_computable: int = 0
    either: int = 0


@dataclass(frozen=True)
class _Some:
    """So many rows in doubt of one day, or of none, with what they count as now (None: other extracts' rows)."""

    extract: str
    refused: int
    rows: int
    day: date | None
    covers_from: date
    covers_to: date
    rows_read: int
    result: str | None = None


def doubts(
    scope: Scope,
    connection: sa.Connection,
    measures: Sequence[str],
    *,
    last: date | None = None,
    team: str | None = None,
) -> pl.DataFrame:
    """Return the rows in doubt at each measure's figures, of a team or the whole, up to a day: DOUBTS.

    Of staff health nothing is told by team.
    """
    if team is not None:
        check_team(scope, connection, team)
    teams = teams_to_add(scope, team)
    wanted = [measure_named(name) for name in measures]
    kinds = _kinds(connection)
    affected = {measure.id: extracts for measure in wanted if (extracts := _affecting(measure, kinds, teams))}
    if not affected:
        return pl.DataFrame(schema=DOUBTS)
    as_ats = as_at_times(connection, [measure for measure in wanted if measure.id in affected])
    rows: list[tuple[object, ...]] = []
    for measure in wanted:
        as_at = as_ats.get(measure.id)
        if as_at is None or (measure.definition.about is About.STAFF_HEALTH and teams != {EVERY_TEAM}):
            continue
        until = max(as_at.on, as_at.ends)
        by_period = _by_period(connection, measure, as_at, affected[measure.id], teams, min(last or until, until))
        rows += [
            (measure.id, start, *(getattr(doubt, field.name) for field in fields(_Doubt)))
            for start, doubt in sorted(by_period.items())
        ]
    return pl.DataFrame(rows, schema=DOUBTS, orient="row")


def rows_in_doubt(
    scope: Scope, connection: sa.Connection, measure: str, *, team: str | None = None, most: int | None = None
) -> pl.DataFrame:
    """Return the rows in doubt that affect a measure, the latest first: IN_DOUBT.

    Only rows of teams whose cases the reader may see; rows about staff are never listed. Raise QueryProblem where
    the reader may list no cases at all.
    """
    scope.check_cases(team)
    wanted = measure_named(measure)
    if wanted.definition.about is not About.CHILDREN:
        msg = f"{wanted.definition.title}: rows about staff are never listed."
        raise QueryProblem(msg)
    if team is not None:
        check_team(scope, connection, team)
    extracts = [name for name in wanted.definition.extracts if name not in _ABOUT_STAFF]
    affects = [_affects(wanted, name, by_team=True) for name in extracts]
    loaded = LOADED_EXTRACTS
    listed = (
        sa.select(
            *(_ROW.c["team_id" if name == "team" else name] if name != "file" else loaded.c.file for name in IN_DOUBT)
        )
        .join(loaded, sa.and_(loaded.c.load_id == _ROW.c.load_id, loaded.c.extract == _ROW.c.extract))
        .where(sa.or_(sa.false(), *affects))
        .order_by(_ROW.c.dated.desc().nulls_first(), _ROW.c.extract, _ROW.c.key, _ROW.c.check, _ROW.c.field)
        .limit(most)
    )
    seen = {team} if team is not None else scope.case_teams
    if seen is not None:
        listed = listed.where(_ROW.c.team_id.in_(sorted(seen)))
    return select_frame(connection, listed, {}, IN_DOUBT)


@dataclass(frozen=True)
class _Kind:
    """A way in which rows of an extract are in doubt."""

    extract: str
    field: str
    check: str
    refused: bool


def _kinds(connection: sa.Connection) -> list[_Kind]:
    """Return in which ways rows are in doubt: none where all is well."""
    kinds = sa.select(_ROW.c.extract, _ROW.c.field, _ROW.c.check, _ROW.c.refused).distinct()
    return [_Kind(*row) for row in connection.execute(kinds)]


def _affecting(measure: Measure, kinds: Iterable[_Kind], teams: set[str]) -> set[str]:
    """Return the extracts with rows in doubt that affect a measure."""
    it, own, by_team = measure.definition, own_cohorts(measure), teams != {EVERY_TEAM}
    return {
        kind.extract
        for kind in kinds
        if (kind.refused and kind.extract in it.requires)
        or (kind.check == _TEAM_ALONE and by_team and kind.extract in own)
        or (not kind.refused and kind.check != _TEAM_ALONE and f"{kind.extract}.{kind.field}" in it.fields)
    }


def _affects(measure: Measure, extract: str, *, by_team: bool) -> sa.ColumnElement[bool]:
    """Return whether a row in doubt is of an extract and affects a measure: the same as `_affecting`, in SQL."""
    it, warned = measure.definition, ~_ROW.c.refused
    read = [field.partition(".")[2] for field in it.fields if field.startswith(f"{extract}.")]
    ways = [sa.and_(warned, _ROW.c.check != _TEAM_ALONE, _ROW.c.field.in_(read))]
    if extract in it.requires:
        ways.append(_ROW.c.refused.is_(sa.true()))
    if by_team and extract in own_cohorts(measure):
        ways.append(_ROW.c.check == _TEAM_ALONE)
    return sa.and_(_ROW.c.extract == extract, sa.or_(*ways))


def own_cohorts(measure: Measure) -> dict[str, Cohort]:
    """Return by extract the select whose cases are that extract's rows, by their key; empty where there is none."""
    return {cohort.own_extract: cohort for cohort in measure.cohorts if cohort.own_extract is not None}


def _by_period(
    connection: sa.Connection, measure: Measure, as_at: AsAt, extracts: set[str], teams: set[str], last: date
) -> dict[date, _Doubt]:
    definition, own = measure.definition, own_cohorts(measure)
    by_period: dict[date, _Doubt] = {}
    for extract in sorted(extracts):
        for some in _some(connection, measure, as_at, extract, teams, own.get(extract)):
            for start, rows in _in_period(definition, some, as_at.begins, last):
                doubt = by_period.setdefault(start, _Doubt())
                doubt.rows += rows
                doubt.refused += min(some.refused, rows)
                if definition.adding_up.counts_cases:
                    name = _counts_as(some.result) if extract in own else "either"
                    setattr(doubt, name, getattr(doubt, name) + rows)
    return by_period


def _counts_as(result: str | None) -> str:
    if result in (MET, COUNTED):
        return "met"
    if result == NOT_MET:
        return "not_met"
    return "not_computable" if result is not None and result.startswith(NOT_COMPUTABLE) else "joining"


def _some(
    connection: sa.Connection, measure: Measure, as_at: AsAt, extract: str, teams: set[str], own: Cohort | None
) -> list[_Some]:
    """Return the rows in doubt of an extract that affect a measure, each once, by day and by what they count as."""
    loaded, whole = LOADED_EXTRACTS, teams == {EVERY_TEAM}
    affected = (
        sa.select(
            _ROW.c.key,
            sa.func.max(_ROW.c.load_id).label("load_id"),
            sa.func.min(_ROW.c.dated).label("dated"),
            sa.func.min(_ROW.c.team_id).label("team_id"),
            sa.func.max(sa.case((_ROW.c.refused, 1), else_=0)).label("refused"),
        )
        .where(_affects(measure, extract, by_team=not whole))
        .group_by(_ROW.c.key)
        .cte("affected")
    )
    day: sa.ColumnElement[Any] = affected.c.dated
    team: sa.ColumnElement[Any] = affected.c.team_id
    by: list[sa.ColumnElement[Any]] = [loaded.c.covers_from, loaded.c.covers_to, loaded.c.rows_read]
    rows: sa.FromClause = affected
    if own is not None:
        mine = own.column("case_id").in_(sa.select(affected.c.key))
        case = own.select.where(mine).subquery("cohort")
        rows = affected.outerjoin(case, case.c.case_id == affected.c.key)
        day, team = sa.func.coalesce(case.c.event_date, day), sa.func.coalesce(case.c.team_id, team)
        by.append(case.c.result)
    counted = sa.select(sa.func.sum(affected.c.refused), sa.func.count(), day, *by).select_from(
        rows.join(loaded, sa.and_(loaded.c.load_id == affected.c.load_id, loaded.c.extract == extract))
    )
    if not whole:
        counted = counted.where(team.in_(sorted(teams)))
    return [_Some(extract, *row) for row in connection.execute(counted.group_by(day, *by), as_at.parameters())]


def _in_period(definition: Definition, some: _Some, begins: date, last: date) -> list[tuple[date, int]]:
    """Return the first day of each period up to a day in which these rows can count, and how many can count there.

    Of rows without a date as many are taken to lie in a period as lie there on average: rounded up, so that none is
    lost, unless they are no more than one in a hundred of what came, which is a few among thousands: then to the
    nearest. All those of an extract that covers one period alone lie in it.
    """
    is_spell = extract_named(some.extract).dated_by == ("from",)
    if some.day is not None and not is_spell:
        start, _ = period_of(some.day, definition.period)
        return [(start, some.rows)] if begins <= some.day <= last else []
    since, until = max(some.day or some.covers_from, begins), min(some.covers_to, last)
    if since > until:
        return []
    reached = periods(definition.period, since, until)
    if some.day is not None:
        return [(start, some.rows) for start, _ in reached]
    every = (some.covers_to - some.covers_from) / _A_DAY + 1
    reached_rows = []
    for start, end in reached:
        days = (min(end, some.covers_to) - max(start, some.covers_from)) / _A_DAY + 1
        average = some.rows * days / every
        rows = math.ceil(average) if some.rows > _FEW * some.rows_read else round(average)
        reached_rows += [(start, rows)] if rows else []
    return reached_rows
