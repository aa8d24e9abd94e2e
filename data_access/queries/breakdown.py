"""A measure over some days, by team or by one of its dimensions."""

from datetime import date, timedelta
from typing import Any, Final

import polars as pl
import sqlalchemy as sa

from data_access.coverage.never_sent import within
from data_access.database.frames import select_frame
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.measures import Measure, measure_named
from data_access.measures.characteristics import breakdowns_of
from data_access.measures.contract import AMOUNTS, COUNTED, MET, NOT_COMPUTABLE, NOT_MET, NOT_YET_DUE
from data_access.measures.definition import About, Detail, Holds
from data_access.measures.sql import word
from data_access.problems import QueryProblem
from data_access.queries import figures
from data_access.queries.asking import as_at_times, check_team, gaps, teams
from data_access.queries.characteristics import with_characteristic
from data_access.queries.figures_by_team import figures_by_team
from data_access.rollup.counting import amount
from data_access.rollup.grouping import amount_sums
from data_access.scope import Scope

_AMOUNTS: Final = {"numerator": pl.Float64, "denominator": pl.Float64, "value": pl.Float64}
_NUMBERS: Final = dict.fromkeys(("cases", "not_yet_due", "not_computable"), pl.Int64)


def breakdown(
    scope: Scope,
    connection: sa.Connection,
    measure: str,
    *,
    first: date,
    last: date,
    by: str = "team",
    team: str | None = None,
) -> pl.DataFrame:
    """Return the measure over the days `first` to `last`, a row for each team or value of a dimension.

    Columns: the dimension's name (or `team`, and `name` beside it), numerator, denominator and value as in a series,
    cases, not_yet_due, not_computable. A dimension's values are text: `yes` or `no` where it holds
    either. Raise QueryProblem, naming those there are, for a dimension that the measure lacks, by team for days that
    are no whole weeks or months, and for what `why_not_broken_down` names.
    """
    wanted = measure_named(measure)
    if team is not None:
        check_team(scope, connection, team)
    if by == "team":
        _check_whole(first, last)
        return _by_team(scope, connection, wanted, first, last)
    rows = _by_dimension(scope, connection, wanted, first, last, by, team)
    return _none_told(rows) if within(gaps(connection, [wanted])[wanted.id], first, last) else rows


def _none_told(rows: pl.DataFrame) -> pl.DataFrame:
    """Return a breakdown of days for which a column that decides was never sent: its cases can't be told."""
    cases = pl.col("cases") + pl.col("not_yet_due") + pl.col("not_computable")
    return rows.with_columns(
        numerator=pl.lit(0.0),
        denominator=pl.lit(0.0),
        value=pl.lit(None, pl.Float64),
        cases=pl.lit(0, pl.Int64),
        not_yet_due=pl.lit(0, pl.Int64),
        not_computable=cases,
    )


def _by_dimension(
    scope: Scope, connection: sa.Connection, wanted: Measure, first: date, last: date, by: str, team: str | None
) -> pl.DataFrame:
    details = {detail.name: detail for detail in breakdowns_of(wanted.definition)}
    if by not in details:
        there_are = ", ".join(("team", *details))
        msg = f"{wanted.id} can't be broken down by {by!r}. There are: {there_are}."
        raise QueryProblem(msg)
    if (why := why_not_broken_down(scope, wanted.id, by=by, team=team)) is not None:
        raise QueryProblem(why)
    as_at = as_at_times(connection, [wanted])[wanted.id]
    if as_at is None:
        return pl.DataFrame(schema={by: pl.String, **_AMOUNTS, **_NUMBERS})
    row: sa.Subquery | sa.CTE
    rows: sa.FromClause
    value: sa.ColumnElement[Any]
    if by in wanted.definition.dimensions:
        row = rows = wanted.between(first, last).subquery("cohort")
        value = _visible(scope, details[by], row)
    else:
        row = wanted.between(first, last).cte("cohort")
        rows, value = with_characteristic(row, by)
    adding_up = wanted.definition.adding_up
    grouped = (
        sa.select(sa.cast(value, sa.Text), row.c.result, sa.func.count(), *amount_sums(adding_up, row))
        .select_from(rows)
        .group_by(value, row.c.result)
    )
    added = figures.teams_to_add(scope, team)
    if added != {EVERY_TEAM}:
        grouped = grouped.where(row.c.team_id.in_(sorted(added)))
    types = {by: pl.String, "result": pl.String} | dict.fromkeys(("rows", "numerator", "denominator"), pl.Int64)
    grouped_rows = select_frame(connection, grouped, as_at.parameters(), types)
    result, number = pl.col("result"), pl.col("rows")
    return (
        grouped_rows.group_by(by)
        .agg(
            *((amount(adding_up, name, number).sum() / wanted.definition.scale).alias(name) for name in AMOUNTS),
            number.filter(result.is_in([MET, NOT_MET, COUNTED])).sum().alias("cases"),
            number.filter(result == NOT_YET_DUE).sum().alias("not_yet_due"),
            number.filter(result.str.starts_with(NOT_COMPUTABLE)).sum().alias("not_computable"),
        )
        .with_columns(_value(wanted))
        .select(by, *_AMOUNTS, *_NUMBERS)
        .sort(by, nulls_last=True)
    )


def why_not_broken_down(scope: Scope, measure: str, *, by: str, team: str | None) -> str | None:
    """Return in words why a reader may not break the measure down by a dimension; None where that may be.

    Few of a team's staff share a role, so that rows about staff would be listed by it: only to those who manage the
    team.
    """
    definition = measure_named(measure).definition
    if by == "team" or definition.about is About.CHILDREN:
        return None
    added = figures.teams_to_add(scope, team)
    if added == {EVERY_TEAM} or added <= (scope.case_teams or frozenset()):
        return None
    return f"{definition.title} of a team is broken down by {by} only to those who manage the team."


def _visible(scope: Scope, detail: Detail, row: sa.FromClause) -> sa.ColumnElement[Any]:
    """Return the dimension, null where it tells of another team's case to a reader who lists the own team's cases.

    Over a few days such a breakdown has one case in it, which the reader could find in the list.
    """
    value: sa.ColumnElement[Any] = row.c[detail.name]
    if detail.holds is Holds.YES_NO:
        value = sa.case((value, word("yes")), (sa.not_(value), word("no")))
    if detail.of_team is None or not scope.case_teams:
        return value
    return sa.case((row.c[detail.of_team].in_(sorted(scope.case_teams)), value))


def _check_whole(first: date, last: date) -> None:
    """Raise QueryProblem where the days cut a week that lies within one month: the rollup is not kept by day."""
    after = last + timedelta(days=1)
    if any(day.weekday() != 0 and day.day != 1 for day in (first, after)):
        msg = f"Figures by team are kept by week and month, and {first} to {last} cuts one. Ask for whole ones."
        raise QueryProblem(msg)


def _value(measure: Measure) -> pl.Expr:
    if not measure.definition.adding_up.has_denominator:
        return pl.col("numerator").alias("value")
    return pl.when(pl.col("denominator") > 0).then(pl.col("numerator") / pl.col("denominator")).alias("value")


def _by_team(scope: Scope, connection: sa.Connection, wanted: Measure, first: date, last: date) -> pl.DataFrame:
    names = teams(scope, connection).select("team", "name")
    of_teams = figures_by_team(scope, connection, {wanted.id: (first, last)}).filter(
        pl.col("team").is_not_null(), ~pl.col("hidden")
    )
    return of_teams.join(names, on="team", how="left", maintain_order="left").select(
        "team", "name", *_AMOUNTS, *_NUMBERS
    )
