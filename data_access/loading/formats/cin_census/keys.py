"""Keys for rows that have none: made from child, date and order, so that the same rows get the same keys again."""

from pathlib import Path
from typing import Final

import polars as pl

from data_access.extracts import NO_TEAM
from data_access.loading.delivery.sheet import REMARKS, ROW
from data_access.loading.formats.cin_census.columns import CELLS
from data_access.loading.formats.cin_census.layout import EXTRACTS
from data_access.loading.formats.cin_census.table import (
    ALIKE,
    CHILD,
    CONTENT,
    DATED,
    LINE,
    NUMBERS,
    OF,
    OWNER,
    PLACE,
    Table,
)

_SHARE: Final = 20_000
_AT, _NAMED = "(at)", "(named)"
_FIRST, _ORDER, _OWNERS_ORDER = "(first)", "(order)", "(owner's order)"
"""The place of the row that a row repeats, or its own; its order among the rows alike; that of its referral."""


def keyed(tables: dict[str, Table]) -> dict[str, tuple[pl.LazyFrame, pl.DataFrame, bool]]:
    """Return for each extract its cells with ROW, its remarks, and whether ROW is an order rather than a line.

    A row that repeats an earlier one of its child (or referral) word for word is left out and remarked; what belongs
    to a referral so left out belongs to the one that it repeats. Where several elements begin on one line, as in a
    file without line breaks, lines tell no rows apart: they are numbered by their order instead.
    """
    referrals = _numbered(tables["referrals"])
    owners = referrals.select(PLACE, CHILD, pl.col(_FIRST).alias(OWNER), pl.col(_ORDER).alias(_OWNERS_ORDER))
    by_extract = {}
    for extract in EXTRACTS:
        numbers = referrals if extract == "referrals" else _numbered(tables[extract], owners)
        by_order = numbers.get_column(LINE).n_unique() < numbers.height
        row = pl.int_range(1, pl.len() + 1, dtype=pl.UInt32) if by_order else pl.col(LINE)
        numbers = numbers.with_columns(row.alias(ROW))
        remarks = pl.concat([_remarks(tables[extract], numbers), _repeated(numbers)]).sort(ROW)
        by_extract[extract] = pl.scan_parquet(_finished(tables[extract], numbers)), remarks, by_order
    return by_extract


def _numbered(table: Table, owners: pl.DataFrame | None = None) -> pl.DataFrame:
    """Return PLACE, LINE, CHILD, _FIRST, _ORDER and, where there are owners, _OWNERS_ORDER, of all rows in order.

    All rows of the file must be compared, so only numbers are held, and a share of the children at a time.
    """
    rows = pl.scan_parquet(table.parts()).select(NUMBERS).with_row_index(_AT)
    shares = rows.select(pl.len()).collect().item() // _SHARE + 1
    of_share = [pl.col(CHILD) % shares == share for share in range(shares)]
    compared_shares = [
        _compared(rows.filter(mine).collect(), None if owners is None else owners.filter(mine)) for mine in of_share
    ]
    return pl.concat(compared_shares).sort(_AT).drop(_AT)


def _compared(rows: pl.DataFrame, owners: pl.DataFrame | None) -> pl.DataFrame:
    if owners is not None:
        rows = rows.rename({OWNER: _NAMED}).join(
            owners.drop(CHILD), left_on=_NAMED, right_on=PLACE, how="left", maintain_order="left"
        )
    same = [CHILD, ALIKE, CONTENT] if owners is None else [OWNER, CONTENT]
    rows = rows.with_columns(pl.col(PLACE).min().over(same).alias(_FIRST))
    first = pl.col(PLACE) == pl.col(_FIRST)
    rows = rows.with_columns(first.cum_sum().over(ALIKE).alias(_ORDER))
    rows = rows.with_columns(pl.col(_ORDER).first().over(_FIRST))
    return rows.select(_AT, PLACE, LINE, CHILD, _FIRST, _ORDER, *([] if owners is None else [_OWNERS_ORDER]))


def _finished(table: Table, numbers: pl.DataFrame) -> list[Path]:
    """Give the rows their keys, part by part; return the parts, of ROW and the native columns."""
    columns = CELLS[table.extract]
    kind = ["kind"] if "kind" in columns else []
    keys = [pl.concat_str(pl.lit("cin"), "child_id", *kind, DATED, _ORDER, separator=":").alias(columns[0])]
    if "referral_id" in columns[1:]:
        keys.append(pl.concat_str(pl.lit("cin"), "child_id", OF, _OWNERS_ORDER, separator=":").alias("referral_id"))
    begins, parts = 0, []
    for part in table.parts():
        rows = pl.read_parquet(part).drop(NUMBERS)
        numbers_of_part = numbers.slice(begins, rows.height)
        begins += rows.height
        finished = part.with_suffix(".keyed.parquet")
        pl.concat([rows, numbers_of_part], how="horizontal").filter(pl.col(PLACE) == pl.col(_FIRST)).with_columns(
            *keys, pl.lit(NO_TEAM).alias("team_id")
        ).select(ROW, *columns).write_parquet(finished)
        part.unlink()
        parts.append(finished)
    return parts


def _remarks(table: Table, numbers: pl.DataFrame) -> pl.DataFrame:
    """Return the remarks of a table (REMARKS); those on what is no row bear its line."""
    return (
        table.all_remarks()
        .join(numbers.select(PLACE, ROW), on=PLACE, how="left", maintain_order="left")
        .with_columns(pl.coalesce(ROW, LINE).cast(pl.Int64).alias(ROW))
        .select(list(REMARKS))
    )


def _repeated(numbers: pl.DataFrame) -> pl.DataFrame:
    """Return the remarks on rows that were left out since they repeat others (REMARKS)."""
    return (
        numbers.filter(pl.col(PLACE) != pl.col(_FIRST))
        .join(
            numbers.select(PLACE, pl.col(ROW).alias("first")), left_on=_FIRST, right_on=PLACE, maintain_order="left"
        )
        .select(
            pl.col(ROW).cast(pl.Int64),
            pl.lit("repeated_row").alias("check"),
            pl.lit("LAchildID").alias("field"),
            pl.lit(None, pl.String).alias("value"),
            pl.format("repeats row {} word for word; it is counted once", "first").alias("message"),
        )
    )
