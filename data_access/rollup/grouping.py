"""The select that counts the rows of a cohort by part, team and result.

A cohort says its rule in expressions that ask other tables, and an engine that melts the cohort into the counting
around it works each of them out again wherever its column is named. So the cohort is fenced off: every row of it is
worked out once, in the columns that counting needs.
"""

from functools import lru_cache
from typing import Any, Final

import polars as pl
import sqlalchemy as sa

from data_access.coverage.as_at import AsAt
from data_access.database.frames import select_frame
from data_access.database.schema.figures import CALENDAR
from data_access.measures.adding_up import AddingUp
from data_access.measures.contract import AMOUNTS, CHANGED_BY_TIME, LEFT_ON, Cohort, Measure
from data_access.measures.sql import word
from data_access.rollup.asking_once import asked_once
from data_access.rollup.reach import NO_KEY, Reach, conditions

_COUNTED: Final = ("event_date", "team_id", "result", "key")

_GROUPED: Final = {
    **dict.fromkeys(("part", "left_part"), pl.Date),
    **dict.fromkeys(("team_id", "result", "key"), pl.String),
    **dict.fromkeys(("cases", *AMOUNTS), pl.Int64),
}


def grouped(connection: sa.Connection, measure: Measure, as_at: AsAt, reach: Reach) -> pl.DataFrame:
    """Return the numbers of the rows of a measure's cohort within reach.

    Columns: part, left_part (of spells, where they ended), team_id, result, key (of the rows that time can change),
    cases, numerator and denominator (null where rows bring no amounts).
    """
    given = as_at.parameters() | {"since": reach.since}
    selects = _selects(measure, reach.everything, reach.since is not None)
    return pl.concat([select_frame(connection, select, given, _GROUPED) for select in selects])


@lru_cache(maxsize=1024)
def _selects(measure: Measure, everything: bool, since: bool) -> list[sa.Select[Any]]:
    """Return the selects that count the rows within reach, each row in exactly one of them.

    Kept, because every load asks for them, and writing and compiling them takes longer than what a small load counts.
    """
    return [
        # an OFFSET is what no engine looks through
        _grouping(measure, asked_once(_narrowed(measure, cohort).where(condition)).offset(0).subquery("cohort"))
        for cohort in measure.cohorts
        for condition in conditions(measure, cohort, everything=everything, since=since)
    ]


def _narrowed(measure: Measure, cohort: Cohort) -> sa.Select[Any]:
    """Return the cohort without the columns that counting doesn't need, save one where no other names its table."""
    adding_up, columns = measure.definition.adding_up, cohort.select.selected_columns
    names = [*_COUNTED, *(AMOUNTS if adding_up.brings_amounts else ()), *([LEFT_ON] if adding_up.stands else [])]
    narrow = cohort.select.with_only_columns(*(columns[name] for name in names))
    for name in columns.keys():  # noqa: SIM118 - a collection of columns gives columns
        if name not in names:
            wider = narrow.add_columns(columns[name])
            if set(wider.columns_clause_froms) - set(narrow.columns_clause_froms):
                narrow = wider
    return narrow


def _grouping(measure: Measure, row: sa.FromClause) -> sa.Select[Any]:
    """Return what counts rows of a cohort by part, team and result, and by key those that time can change.

    Spells are counted by the part in which they stand no more, too: in the same pass, since a cohort can cost much.
    """
    amounts = amount_sums(measure.definition.adding_up, row)
    pending = sa.case((row.c.result.in_(CHANGED_BY_TIME), sa.func.coalesce(row.c.key, word(NO_KEY))))
    left_part: sa.ColumnElement[Any] = sa.cast(sa.null(), sa.Date)
    if measure.definition.adding_up.stands:
        end = CALENDAR.alias("end")
        left_part = sa.select(end.c.part).where(end.c.day == row.c[LEFT_ON]).scalar_subquery()
    return (
        sa.select(
            CALENDAR.c.part,
            left_part.label("left_part"),
            row.c.team_id,
            row.c.result,
            pending.label("key"),
            sa.func.count().label("cases"),
            amounts[0].label("numerator"),
            amounts[1].label("denominator"),
        )
        .select_from(row)
        .join(CALENDAR, CALENDAR.c.day == row.c.event_date)
        .group_by(CALENDAR.c.part, "left_part", row.c.team_id, row.c.result, pending)
    )


def amount_sums(adding_up: AddingUp, row: sa.FromClause) -> list[sa.ColumnElement[Any]]:
    """Return the sums of numerator and denominator of grouped rows of a cohort; null where rows bring no amounts."""
    return [sa.func.sum(row.c[name]) if adding_up.brings_amounts else sa.null() for name in AMOUNTS]
