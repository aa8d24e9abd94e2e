"""The rollup: numerator and denominator of every measure by week and team, kept in step with the case tables.

One grain serves all periods: a week, cut where a month ends (`calendar.part`). Weeks, months, quarters, years, the
year to date and twelve months are all sums of such parts. Of a stock a part holds what entered less what left, so
that all parts up to a day make what stands on it. Beside each team's sums stand those of every team.

Upkeep knows nothing of any measure's rule. A measure names the key that its rows depend on; a load takes the
cohort of the keys that it affects before and after its changes, and the rollup moves by the difference. Where time
moves, the keys with rows that it can change are affected, and for cohorts that grow with the calendar the days since.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import polars as pl
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from data_access.coverage.as_at import AsAt
from data_access.database.bulk import rows_into
from data_access.database.facts import read_fact, write_fact
from data_access.database.frames import select_frame
from data_access.database.schema.figures import MEASURE_PERIOD, PENDING_KEYS
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.dates.working_calendar import FIRST_DAY
from data_access.extracts.formats import ANNEX_A, CIN_CENSUS, gives
from data_access.measures.adding_up import AddingUp
from data_access.measures.contract import (
    AMOUNTS,
    COUNTED,
    MET,
    NOT_COMPUTABLE,
    NOT_MET,
    NOT_YET_DUE,
    Measure,
)
from data_access.rollup.grouping import grouped
from data_access.rollup.reach import AFFECTED_KEYS, Reach

SUMS: Final = ("numerator", "denominator", "cases", "not_yet_due", "not_computable")
_CELL: Final = ("part", "team_id")

_SCHEMA: Final = {"part": pl.Date, "team_id": pl.String, **dict.fromkeys(SUMS, pl.Int64)}


@dataclass(frozen=True)
class Counted:
    """The rows of a cohort within reach: their sums by part and team (part, team_id, SUMS), and the keys (`key`) of
    those that time can change.
    """

    cells: pl.DataFrame
    pending: pl.DataFrame


def cells(connection: sa.Connection, measure: Measure, as_at: AsAt | None, reach: Reach) -> pl.DataFrame:
    """Return the sums of a measure's cohort by part and team, of the rows within reach.

    Columns: part, team_id, and SUMS (whole numbers). Empty where the measure has no data.
    """
    return counted(connection, measure, as_at, reach).cells


def counted(connection: sa.Connection, measure: Measure, as_at: AsAt | None, reach: Reach) -> Counted:
    """Count the rows of a measure's cohort within reach; nothing where the measure has no data."""
    rows = pl.DataFrame() if as_at is None else grouped(connection, measure, as_at, reach)
    if rows.is_empty():
        return Counted(pl.DataFrame(schema=_SCHEMA), pl.DataFrame(schema={"key": pl.String}))
    if measure.definition.adding_up.stands:
        left = rows.filter(pl.col("left_part").is_not_null())
        gone = left.with_columns(-pl.col("cases", *AMOUNTS), part=pl.col("left_part"))
        rows = pl.concat([rows, gone])
    pending = rows.select("key").drop_nulls().unique().sort("key")
    return Counted(summed(rows.select(*_CELL, *_sums(measure.definition.adding_up))), pending)


def _sums(adding_up: AddingUp) -> list[pl.Expr]:
    result, cases = pl.col("result"), pl.col("cases")
    counted = result.is_in([MET, NOT_MET, COUNTED])
    return [
        *(amount(adding_up, name, cases) for name in AMOUNTS),
        pl.when(counted).then(cases).otherwise(0).alias("cases"),
        pl.when(result == NOT_YET_DUE).then(cases).otherwise(0).alias("not_yet_due"),
        pl.when(result.str.starts_with(NOT_COMPUTABLE)).then(cases).otherwise(0).alias("not_computable"),
    ]


def amount(adding_up: AddingUp, name: str, cases: pl.Expr) -> pl.Expr:
    """Return what rows of one `result` add to numerator or denominator, in the whole numbers that are kept.

    It is the amount of that name where rows bring amounts, of those that count; else the number of rows, `cases`.
    """
    result = pl.col("result")
    if adding_up.brings_amounts:
        return pl.when(result == COUNTED).then(pl.col(name)).otherwise(0).fill_null(0).alias(name)
    adding = [MET, COUNTED] if name == "numerator" else [MET, NOT_MET]
    return pl.when(result.is_in(adding)).then(cases).otherwise(0).alias(name)


def summed(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the sums by part and team, with those of every team; none where as many left as entered."""
    frame = frame.filter(pl.col("team_id") != EVERY_TEAM)
    return (
        pl.concat([frame, frame.with_columns(team_id=pl.lit(EVERY_TEAM))])
        .group_by(_CELL)
        .agg(pl.col(SUMS).sum())
        .filter(_holds_any())
        .sort(_CELL)
    )


def difference(after: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """Return the cells that differ, each with after − before."""
    if after.is_empty() and before.is_empty():
        return after
    less = before.with_columns(-pl.col(SUMS))
    both = pl.concat([after, less]).group_by(_CELL).agg(pl.col(SUMS).sum())
    return both.filter(_holds_any()).sort(_CELL)


def _holds_any() -> pl.Expr:
    return pl.any_horizontal(pl.col(SUMS) != 0)


def move(connection: sa.Connection, measure: Measure, change: pl.DataFrame) -> None:
    """Add a difference to the measure's cells, and drop the cells that no case stands in any more."""
    if change.is_empty():
        return
    table = MEASURE_PERIOD
    rows_into(connection, table, change.select(pl.lit(measure.id).alias("measure"), *_CELL, *SUMS), add_to=SUMS)
    # by the key's columns, so that the index leads to the cells that moved among those of every team and week
    moved = (table.c[name].in_(change.get_column(name).unique().to_list()) for name in ("team_id", "part"))
    empty = (table.c[name] == 0 for name in SUMS)
    connection.execute(sa.delete(table).where(table.c.measure == measure.id, *moved, *empty))


def replace(connection: sa.Connection, measure: Measure, whole: pl.DataFrame) -> None:
    """Set the measure's cells again."""
    connection.execute(sa.delete(MEASURE_PERIOD).where(MEASURE_PERIOD.c.measure == measure.id))
    rows_into(connection, MEASURE_PERIOD, whole.select(pl.lit(measure.id).alias("measure"), *_CELL, *SUMS))


def kept_cells(connection: sa.Connection, measure: Measure) -> pl.DataFrame:
    """Return the measure's cells as the rollup holds them: part, team_id and SUMS."""
    table = MEASURE_PERIOD
    kept = sa.select(table.c.part, table.c.team_id, *(table.c[name] for name in SUMS)).where(
        table.c.measure == measure.id
    )
    return select_frame(connection, kept, {}, _SCHEMA).sort(_CELL)


def note_pending(connection: sa.Connection, measure: Measure, pending: pl.DataFrame, reach: Reach) -> None:
    """Keep the keys (`key`) of the rows within reach that time can change, so that its next move affects them."""
    mine = PENDING_KEYS.c.measure == measure.id
    affected = sa.select(AFFECTED_KEYS.c.key).where(AFFECTED_KEYS.c.kind == measure.definition.key)
    connection.execute(
        sa.delete(PENDING_KEYS).where(mine if reach.everything else sa.and_(mine, PENDING_KEYS.c.key.in_(affected)))
    )
    rows_into(connection, PENDING_KEYS, pending.select(pl.lit(measure.id).alias("measure"), "key"))


def affect_pending(connection: sa.Connection, measures: Iterable[Measure]) -> None:
    """Affect the keys of the rows that time can change, of the measures whose as-at time moves."""
    by_key: dict[str, list[str]] = {}
    for measure in measures:
        by_key.setdefault(str(measure.definition.key), []).append(measure.id)
    for key, ids in by_key.items():
        already = sa.select(AFFECTED_KEYS.c.key).where(AFFECTED_KEYS.c.kind == key)
        due = sa.select(sa.literal(key), PENDING_KEYS.c.key, sa.literal(FIRST_DAY, sa.Date)).where(
            PENDING_KEYS.c.measure.in_(ids), PENDING_KEYS.c.key.not_in(already)
        )
        connection.execute(sa.insert(AFFECTED_KEYS).from_select(["kind", "key", "since"], due.distinct()))


def definitions_hash(measures: Iterable[Measure]) -> str:
    """Return a hash of all that the rollup's figures hang on apart from the data and what ships, which has its own.

    Of each measure: the select with every constant in it, how its rows are added up, what makes them be counted
    again, and what decides as at when they are known. Words are left out: no figure hangs on them.
    """
    return hashlib.sha256(repr([_hung_on(measure) for measure in measures]).encode()).hexdigest()


def _hung_on(measure: Measure) -> tuple[object, ...]:
    it = measure.definition
    told_by = tuple((field, form) for field in it.fields for form in (ANNEX_A, CIN_CENSUS) if gives(form, field))
    counted = (measure.id, it.adding_up, it.key, it.period, it.scale, measure.grows, measure.settles_in)
    known = (it.requires, it.optional, it.fields)
    return (*counted, *known, told_by, _written(measure.cohort))


@lru_cache(maxsize=256)
def _written(cohort: sa.Select[Any]) -> tuple[str, str]:
    """Return a hash of a cohort as SQL, and its constants.

    Kept, because every read asks for it, and writing a select takes milliseconds.
    """
    compiled = cohort.compile(dialect=sqlite.dialect())
    return hashlib.sha256(str(compiled).encode()).hexdigest(), repr(sorted(compiled.params.items()))


_HASH_FACT: Final = "definitions_hash"


def is_current(connection: sa.Connection, measures: Iterable[Measure]) -> bool:
    """Return whether the rollup was made with these measures as they are defined now."""
    return read_fact(connection, _HASH_FACT) == definitions_hash(measures)


def mark_current(connection: sa.Connection, measures: Iterable[Measure]) -> None:
    """Note that the rollup was made with these measures as they are defined now."""
    write_fact(connection, _HASH_FACT, definitions_hash(measures))
