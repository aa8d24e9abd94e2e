"""How well the data keep the rules of quality, and the rows to correct. Each read takes a Scope first.

The counts are those kept at each load; the rows to correct are read from the case tables as they stand.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, Final

import polars as pl
import sqlalchemy as sa

from data_access.database.frames import polars_type, select_frame
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.database.schema.quality import QUALITY_COUNTS
from data_access.dates.london_time import to_local
from data_access.extracts import Kind
from data_access.problems import QueryProblem
from data_access.quality import RULES, Rule, rule_named
from data_access.quality.counting import days_taken
from data_access.quality.history import points
from data_access.queries.asking import check_team
from data_access.queries.figures import teams_to_add
from data_access.scope import Scope

NOW: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "rule": pl.String,
    "title": pl.String,
    "extract": pl.String,
    "field": pl.String,
    "message": pl.String,
    "threatens": pl.List(pl.String()),
    "rows": pl.Int64,
    "broken": pl.Int64,
    "broken_before": pl.Int64,
}
"""The columns of `quality_now`: `rows` that the rule looks at, how many break it, and broke it at the load before
(null where none was counted then). `threatens` are ids of measures."""

OVER_TIME: Final = {
    "load_id": pl.Int64,
    "loaded_at": pl.Datetime,
    "rule": pl.String,
    "rows": pl.Int64,
    "broken": pl.Int64,
}
"""The columns of `quality_over_time`; `loaded_at` is London local time."""

BY_TEAM: Final = {"rule": pl.String, "team": pl.String, "rows": pl.Int64, "broken": pl.Int64}
"""The columns of `quality_by_team`."""

TO_CORRECT: Final = {
    "rule": pl.String,
    "title": pl.String,
    "extract": pl.String,
    "key": pl.String,
    "child_id": pl.String,
    "team": pl.String,
    "dated": pl.Date,
    "field": pl.String,
    "value": pl.String,
    "message": pl.String,
}
"""The columns of `rows_to_correct`; `value` is what stands in the field, as an extract would write it."""

_COUNTS: Final = QUALITY_COUNTS
_NO_LOAD: Final = 0
"""Comes before every load."""


def quality_now(scope: Scope, connection: sa.Connection, *, team: str | None = None) -> pl.DataFrame:
    """Return what each rule found at the latest load: NOW, in the order of the rules; empty before the first load.

    A rule that had nothing to look at is left out. Without a team it is the whole, or all teams that the reader may
    see. Raise QueryProblem for a team that there is not or whose figures the reader may not see.
    """
    teams = _teams(scope, connection, team)
    now, before = (
        _sums(_standing(connection, load_id, _COUNTS.c.team_id.in_(sorted(teams))))
        for load_id in [*(load_id for load_id, _ in reversed(points(connection))), _NO_LOAD, _NO_LOAD][:2]
    )
    rows = [
        (
            name,
            rule.title,
            rule.extract,
            rule.field,
            rule.message,
            list(rule.threatens),
            *now[name],
            before.get(name, (None, None))[1],
        )
        for name, rule in RULES.items()
        if name in now
    ]
    return pl.DataFrame(rows, schema=NOW, orient="row")


def quality_over_time(
    scope: Scope, connection: sa.Connection, rule: str | None = None, team: str | None = None
) -> pl.DataFrame:
    """Return what a rule, or each, found at every load that was counted: OVER_TIME, by rule and load."""
    named = list(RULES) if rule is None else [rule_named(rule).name]
    teams = _teams(scope, connection, team)
    wanted = sa.select(_COUNTS).where(_COUNTS.c.team_id.in_(sorted(teams)), _COUNTS.c.rule.in_(named))
    changes = list(connection.execute(wanted.order_by(_COUNTS.c.load_id)))
    stands: dict[tuple[str, str], sa.Row[Any]] = {}
    rows: list[tuple[Any, ...]] = []
    for load_id, loaded_at in points(connection):
        while changes and changes[0].load_id <= load_id:
            change = changes.pop(0)
            stands[change.rule, change.team_id] = change
        sums = _sums(stands.values())
        rows += [(load_id, to_local(loaded_at), name, *sums[name]) for name in sums]
    return pl.DataFrame(sorted(rows, key=lambda row: (named.index(row[2]), row[0])), schema=OVER_TIME, orient="row")


def quality_by_team(scope: Scope, connection: sa.Connection, rule: str | None = None) -> pl.DataFrame:
    """Return what a rule, or each, found at the latest load in every team that the reader may see: BY_TEAM."""
    named = list(RULES) if rule is None else [rule_named(rule).name]
    latest = max((load_id for load_id, _ in points(connection)), default=_NO_LOAD)
    seen = _COUNTS.c.team_id != EVERY_TEAM if scope.teams is None else _COUNTS.c.team_id.in_(sorted(scope.teams))
    counted = _standing(connection, latest, _COUNTS.c.rule.in_(named), seen)
    rows = sorted(counted, key=lambda row: (named.index(row.rule), row.team_id))
    return pl.DataFrame([tuple(row) for row in rows], schema=BY_TEAM, orient="row")


def rows_to_correct(
    scope: Scope,
    connection: sa.Connection,
    *,
    team: str | None = None,
    rule: str | None = None,
    limit: int | None = None,
) -> pl.DataFrame:
    """Return the rows that break a rule, or any: TO_CORRECT, in the order of the rules, the latest rows first.

    Only rows of teams whose cases the reader may see. Rows on the health of staff are never listed: asked for by
    rule they raise QueryProblem, as does a team whose cases the reader may not see.
    """
    scope.check_cases(team)
    if team is not None:
        _check_team(scope, connection, team)
    if rule is not None and not rule_named(rule).is_listed:
        msg = f"{rule_named(rule).title}: these rows are never listed person by person."
        raise QueryProblem(msg)
    asked = [listed for listed in RULES.values() if listed.is_listed] if rule is None else [rule_named(rule)]
    seen = {team} if team is not None else scope.case_teams
    taken = days_taken(connection)
    rows: list[tuple[Any, ...]] = []
    for listed in asked:
        left = None if limit is None else limit - len(rows)
        if listed.extract in taken and left != 0:
            rows += _broken(connection, listed, seen, taken[listed.extract], left)
    return pl.DataFrame(rows, schema=TO_CORRECT, orient="row")


def _broken(
    connection: sa.Connection, rule: Rule, teams: Iterable[str] | None, taken_on: date, most: int | None
) -> list[tuple[Any, ...]]:
    row = rule.select.subquery("row")
    wanted = sa.select(row).order_by(row.c.dated.desc().nulls_last(), row.c.key).limit(most)
    if teams is not None:
        wanted = wanted.where(row.c.team_id.in_(sorted(teams)))
    types = {str(column.key): polars_type(column.type) for column in row.c}
    rows = select_frame(connection, wanted, {"as_at_on": taken_on}, types).iter_rows(named=True)
    return [
        (
            rule.name,
            rule.title,
            rule.extract,
            broken["key"],
            broken["child_id"],
            broken["team_id"],
            broken["dated"],
            rule.field,
            _as_written(rule, broken["value"]),
            rule.message,
        )
        for broken in rows
    ]


def _as_written(rule: Rule, value: object) -> str | None:
    """Return a value as an extract would write it: times in London time, midnight as a date alone."""
    if value is None:
        return None
    if isinstance(value, datetime):
        local = to_local(value)
        return str(local.date() if local.time() == time() else local)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if rule.column.kind is Kind.FTE and isinstance(value, int):
        return f"{value / 100:g}"
    return str(value)


def _teams(scope: Scope, connection: sa.Connection, team: str | None) -> set[str]:
    if team is not None:
        _check_team(scope, connection, team)
    return teams_to_add(scope, team)


def _check_team(scope: Scope, connection: sa.Connection, team: str) -> None:
    """Raise QueryProblem where there is no such team, in no extract and in no row, or none for the reader."""
    scope.check_team(team)
    counted = sa.select(_COUNTS.c.team_id).where(_COUNTS.c.team_id == team).limit(1)
    if team == EVERY_TEAM or connection.execute(counted).first() is None:
        check_team(scope, connection, team)


def _standing(connection: sa.Connection, load_id: int, *only: sa.ColumnElement[bool]) -> list[sa.Row[Any]]:
    """Return the counts that stood after a load: rule, team_id, rows and broken of rules that looked at any row."""
    known = _COUNTS.alias("known")
    latest = sa.select(sa.func.max(known.c.load_id)).where(
        known.c.team_id == _COUNTS.c.team_id, known.c.rule == _COUNTS.c.rule, known.c.load_id <= load_id
    )
    wanted = sa.select(_COUNTS.c.rule, _COUNTS.c.team_id, _COUNTS.c.rows, _COUNTS.c.broken).where(
        _COUNTS.c.load_id == latest.scalar_subquery(), _COUNTS.c.rows > 0, _COUNTS.c.rule.in_(RULES), *only
    )
    return list(connection.execute(wanted))


def _sums(counted: Iterable[sa.Row[Any]]) -> dict[str, list[int]]:
    """Return rows looked at and rows broken by rule, of several teams together, of rules that look at any row."""
    by_rule: dict[str, list[int]] = {}
    for row in counted:
        if row.rows:
            sums = by_rule.setdefault(row.rule, [0, 0])
            sums[0] += row.rows
            sums[1] += row.broken
    return by_rule
