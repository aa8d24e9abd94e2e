"""The cases behind a figure."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Final

import polars as pl
import sqlalchemy as sa

from data_access.coverage.as_at import AsAt
from data_access.coverage.never_sent import Gap
from data_access.database.frames import polars_type, select_frame
from data_access.database.schema.case_tables import NO_CHILD_KEY
from data_access.dates.london_time import LONDON
from data_access.measures import Measure, measure_named
from data_access.measures.contract import COUNTED, MET, NOT_COMPUTABLE, NOT_MET, NOT_YET_DUE, STILL_WAITS, Cohort
from data_access.measures.definition import About, Key
from data_access.measures.sql import word
from data_access.problems import QueryProblem
from data_access.queries.asking import as_at_times, check_team, gaps
from data_access.queries.characteristics import Recorded, with_characteristic
from data_access.rollup.counting import amount
from data_access.scope import Scope

CASE_COLUMNS: Final = ("case_id", "event_date", "team", "numerator", "denominator", "state", "why")
"""The columns that every case list begins with; the measure's details follow."""


def why_not_listed(scope: Scope, measure: str) -> str | None:
    """Return in words why a reader may list no row of the measure at all; None where some may be listed.

    Rows about staff are listed only to those who manage the team: to a scope that names it, never to one of all.
    """
    definition = measure_named(measure).definition
    if definition.about is About.STAFF_HEALTH:
        return f"{definition.title} is never listed person by person."
    if definition.about is About.STAFF and scope.case_teams is None:
        return f"The rows behind {definition.title} are listed only to those who manage the team."
    return None if scope.case_teams is None or scope.case_teams else "You may not list the cases of any team."


def cases(
    scope: Scope,
    connection: sa.Connection,
    measure: str,
    *,
    first: date,
    last: date,
    team: str | None = None,
    most: int | None = None,
    recorded: Recorded | None = None,
) -> pl.DataFrame:
    """Return the cases behind the figure of the days `first` to `last`: CASE_COLUMNS and the measure's details.

    They are those dated within them; of a stock those that stand on `last`; `recorded` keeps those of some children.

    Those still waiting come first, then those not met. Numerator and denominator are 1 or 0, or the amounts that a
    row brings, in the measure's unit. `state` is counted, not_yet_due or not_computable, `why` the reason for the
    last. Times are London local. Only cases of teams that the scope allows; details of another team's case are blank
    where its cases may not be seen, and names of staff to all but those who manage the team.
    """
    wanted = measure_named(measure)
    rows = _rows(scope, connection, wanted, wanted.between(first, last), team, most, recorded=recorded)
    return _as_listed(scope, wanted, rows)


def waiting(
    scope: Scope,
    connection: sa.Connection,
    measure: str,
    *,
    team: str | None = None,
    days_ago: int = 0,
    recorded: Recorded | None = None,
) -> pl.DataFrame:
    """Return the late cases that still wait, whatever their date, the longest wait first: columns as of `cases`.

    `days_ago`: of those that still wait, only those that waited by the clock of so many days ago already. Empty for
    measures whose cases never wait. `recorded` keeps those of some children.
    """
    wanted = measure_named(measure)
    return _as_listed(scope, wanted, _waiting(scope, connection, wanted, team, days_ago, recorded))


def waiting_with_children(
    scope: Scope, connection: sa.Connection, measure: str, *, team: str | None = None
) -> tuple[pl.DataFrame, int]:
    """Return `waiting`, and of how many children its cases are: a child may wait in two."""
    wanted = measure_named(measure)
    rows = _waiting(scope, connection, wanted, team)
    return _as_listed(scope, wanted, rows), rows.get_column("key").drop_nulls().n_unique()


def cases_of_child(scope: Scope, connection: sa.Connection, measure: str, child: str) -> pl.DataFrame:
    """Return every case of a measure that hangs on one child, by the child's key: columns as of `cases`.

    Raise ValueError for a measure whose cases hang on something else.
    """
    wanted = measure_named(measure)
    if wanted.definition.key != Key.CHILD:
        msg = f"{wanted.definition.title}: its cases are no child's"
        raise ValueError(msg)
    return _as_listed(scope, wanted, _rows(scope, connection, wanted, _of_keys(wanted, "key", [child]), None, None))


def children_of(scope: Scope, connection: sa.Connection, measure: str, case_ids: Sequence[str]) -> dict[str, str]:
    """Return the key of the child behind each of some cases; none of a measure whose cases hang on something else."""
    wanted = measure_named(measure)
    if wanted.definition.key != Key.CHILD or not case_ids or why_not_listed(scope, measure) is not None:
        return {}
    rows = _rows(scope, connection, wanted, _of_keys(wanted, "case_id", case_ids), None, None)
    return {case: child for case, child in rows.select("case_id", "key").iter_rows() if _is_told(child)}


def _is_told(child: str | None) -> bool:
    return child is not None and not child.startswith(NO_CHILD_KEY)


def _of_keys(measure: Measure, column: str, values: Sequence[str]) -> sa.Select[Any]:
    return measure.rows(lambda cohort: cohort.column(column).in_(values))


def _waiting(
    scope: Scope,
    connection: sa.Connection,
    wanted: Measure,
    team: str | None,
    days_ago: int = 0,
    recorded: Recorded | None = None,
) -> pl.DataFrame:
    late = that_wait(wanted, gaps(connection, [wanted])[wanted.id], as_at_times(connection, [wanted])[wanted.id])
    return _rows(scope, connection, wanted, late, team, None, days_ago, recorded)


def that_wait(measure: Measure, missing: Iterable[Gap], as_at: AsAt | None) -> sa.Select[Any]:
    """Return the select of a measure's late cases that still wait, of days for which no column is `missing`."""

    def late(cohort: Cohort) -> sa.ColumnElement[bool]:
        dated = cohort.column("event_date")
        told: list[sa.ColumnElement[bool]] = [~dated.between(gap.begins, gap.ends) for gap in missing]
        if measure.may_wait is not None:
            told.append(measure.may_wait)
        if as_at is not None and measure.definition.adding_up.stands:
            told.append(cohort.near(as_at.on, as_at.on))
        return sa.and_(_still_waits(measure, cohort.column, cohort.column("result")), *told)

    return measure.rows(late)


def _still_waits(
    measure: Measure, column: Callable[[str], sa.ColumnElement[Any]], result: sa.ColumnElement[str]
) -> sa.ColumnElement[bool]:
    """Return whether a row is a late case that waits to this day: of what stands late, any that nothing has ended."""
    blank = measure.definition.blank_while_open
    if blank is None:
        return sa.false()
    late = (COUNTED,) if measure.definition.adding_up.stands_late else (NOT_MET, STILL_WAITS)
    return sa.and_(result.in_(late), column(blank).is_(None))


def _rows(
    scope: Scope,
    connection: sa.Connection,
    wanted: Measure,
    cohort: sa.Select[Any],
    team: str | None,
    most: int | None,
    days_ago: int = 0,
    recorded: Recorded | None = None,
) -> pl.DataFrame:
    """Return rows of a cohort that the scope allows, with all their columns, the most urgent first."""
    if (why := why_not_listed(scope, wanted.id)) is not None:
        raise QueryProblem(why)
    if recorded is not None:
        recorded.check(wanted.definition)
    scope.check_cases(team)
    if team is not None:
        check_team(scope, connection, team)
    types = {str(column.key): polars_type(column.type) for column in wanted.cohort.selected_columns}
    as_at = as_at_times(connection, [wanted])[wanted.id]
    if as_at is None:
        return pl.DataFrame(schema=types)
    row = cohort.subquery("cohort") if recorded is None else cohort.cte("cohort")
    result = result_told(row, gaps(connection, [wanted])[wanted.id])
    urgency = sa.case(
        (_still_waits(wanted, row.c.__getitem__, result), 0),
        (result == NOT_MET, 1),
        (result == NOT_YET_DUE, 2),
        (result == MET, 4),
        else_=3,
    )
    shown = [result.label(name) if name == "result" else row.c[name] for name in types]
    listed = sa.select(*shown).order_by(urgency, row.c.event_date, row.c.case_id).limit(most)
    if isinstance(row, sa.CTE) and recorded is not None:
        rows, value = with_characteristic(row, recorded.characteristic)
        listed = listed.select_from(rows).where(value == recorded.value)
    seen = {team} if team is not None else scope.case_teams
    if seen is not None:
        listed = listed.where(row.c.team_id.in_(sorted(seen)))
    return select_frame(connection, listed, as_at.earlier(days_ago).parameters(), types)


def result_told(row: sa.FromClause, missing: Iterable[Gap]) -> sa.ColumnElement[str]:
    """Return the result of a row, or which column was never sent for its day."""
    reasons = [
        (
            row.c.event_date.between(gap.begins, gap.ends),
            word(f"{NOT_COMPUTABLE}{gap.column} of {gap.extract} was never sent"),
        )
        for gap in missing
    ]
    return sa.case(*reasons, else_=row.c.result) if reasons else row.c.result


def _as_listed(scope: Scope, measure: Measure, rows: pl.DataFrame) -> pl.DataFrame:
    result = pl.col("result")
    why = pl.when(result.str.starts_with(NOT_COMPUTABLE)).then(result.str.strip_prefix(NOT_COMPUTABLE))
    state = (
        pl.when(result == NOT_YET_DUE)
        .then(pl.lit("not_yet_due"))
        .when(result.str.starts_with(NOT_COMPUTABLE))
        .then(pl.lit("not_computable"))
        .otherwise(pl.lit("counted"))
    )
    local = pl.selectors.datetime().dt.replace_time_zone("UTC").dt.convert_time_zone(LONDON.key)
    listed = rows.with_columns(
        local.dt.replace_time_zone(None),
        *(_amount(measure, name) for name in ("numerator", "denominator")),
        state.alias("state"),
        why.alias("why"),
    ).rename({"team_id": "team"})
    for detail in measure.definition.details:
        if detail.names_staff or (detail.of_team is not None and scope.case_teams is not None):
            visible = pl.col(detail.of_team or "team").is_in(sorted(scope.case_teams or ()))
            listed = listed.with_columns(pl.when(visible).then(pl.col(detail.name)).alias(f"({detail.name})"))
    hidden = {column: column.strip("()") for column in listed.columns if column.startswith("(")}
    listed = listed.drop(hidden.values()).rename(hidden)
    return listed.select(*CASE_COLUMNS, *(detail.name for detail in measure.definition.details))


def _amount(measure: Measure, name: str) -> pl.Expr:
    """Return what each case adds to numerator or denominator: 1 or 0, or the amount that it brings, in its unit."""
    adding_up = measure.definition.adding_up
    added = amount(adding_up, name, pl.lit(1, pl.Int64))
    return added / measure.definition.scale if adding_up.brings_amounts else added
