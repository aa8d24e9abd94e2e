"""Staging: a sheet's rows read, checked and laid down in files of our own, before the database is changed.

Only known columns are ever written. The write lock is not held here, so a large file stops nobody.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import polars as pl

from data_access.extracts import Extract
from data_access.loading.checks.cell_meaning import CHILD, is_marked
from data_access.loading.checks.cleaning import FIELD, KEY, REASON, VALUE, Cleaned, Codes, cleaned
from data_access.loading.checks.row_warnings import warnings_of
from data_access.loading.delivery.manifest import Terms
from data_access.loading.delivery.sheet import ROW, Sheet
from data_access.loading.delivery.unreadable_files import saying_what_is_unreadable
from data_access.problems import ExtractProblem

_BATCH: Final = 20_000
"""How many rows are read and checked at once: checking takes many times the memory that the rows themselves take."""

# Polars reads 16 MB of a CSV file at once otherwise, and several such pieces ahead of what is wanted
os.environ.setdefault("POLARS_CSV_CHUNK_SIZE", str(1 << 20))
pl.Config.reload_env_vars()

_WHY = (FIELD, VALUE, REASON)

OF_ANOTHER_CHILD: Final = ", which names another child"
"""Ends the reason for refusing a row whose key stands already, where the two rows name different children."""

MOST_ROWS_OF_A_CHILD: Final = 500
"""The most rows of one extract that can be one child's."""


@dataclass(frozen=True)
class Staged:
    """A sheet made ready: its rows in files, which hold some each, and refused rows and warnings apart.

    `refused` has ROW, KEY, FIELD, VALUE, REASON, DATED, TEAM and `content`; `warnings` is of checks.SCHEMA. `repeats`
    are how many of the refused say the same as an earlier row in every column, and so nothing that is lost.
    """

    clean: Cleaned
    terms: Terms
    files: tuple[Path, ...]
    rows_read: int
    refused: pl.DataFrame
    warnings: pl.DataFrame
    repeats: int

    @property
    def extract(self) -> Extract:
        """Return the extract."""
        return self.clean.extract

    @property
    def sheet(self) -> Sheet:
        """Return the sheet that the rows stand in."""
        return self.clean.sheet

    @property
    def form(self) -> str:
        """Return the format in which it came."""
        return self.sheet.format

    @property
    def stored(self) -> tuple[str, ...]:
        """Return the database's columns that the sheet fills."""
        return tuple(self.clean.stored)

    def rows(self) -> pl.LazyFrame:
        """Return the good rows: ROW, KEY and the columns of `stored`."""
        return _without(pl.scan_parquet(list(self.files)), self.refused)

    def refuse(self, rows: pl.DataFrame) -> "Staged":
        """Return the same with these rows (ROW, KEY, FIELD, VALUE, REASON) among the refused."""
        more = self.clean.with_content(rows.select(ROW, KEY, *_WHY), self.clean.rows)
        kept = self.warnings.join(more, on=ROW, how="anti", maintain_order="left")
        return replace(self, refused=pl.concat([self.refused, more]).sort(ROW), warnings=kept)


def stage(sheet: Sheet, extract: Extract, terms: Terms, codes: Codes, teams: set[str], folder: Path) -> Staged:
    """Read and check a sheet; write its good rows, known columns alone, to files in the folder.

    Raise ExtractProblem where the sheet as a whole can't be read, or lacks a column that tells its rows apart.
    """
    clean = cleaned(sheet, extract, codes)
    files, faulty_parts, told = [], [], clean.column_remarks()
    with saying_what_is_unreadable(sheet.shown):
        for number, cells in enumerate(_batches(sheet)):
            files.append(folder / f"{extract.name}-{number:06}.parquet")
            rows = clean.typed(cells.lazy()).collect()
            refused = rows.get_column(REASON).is_not_null()
            told.look(rows, refused=refused)
            rows.select(ROW, KEY, *clean.stored).filter(~refused).write_parquet(files[-1])
            faulty_parts.append(clean.with_content(rows.select(ROW, KEY, *_WHY).filter(refused), rows.lazy()))
        clean = replace(clean, notices=(*clean.notices, *told.notices()))
        good, faulty = pl.scan_parquet(files), pl.concat(faulty_parts)
        met = pl.concat([_keys_met_again(good, extract), _of_no_child(good)]).unique(ROW)
        again = clean.with_content(met, clean.rows)
        repeats = _repeats(good, again)
        if again.height > repeats:
            _refuse_unsent_keys(clean, again)
        read = faulty.height + good.select(pl.len()).collect().item()
    standing = _without(good, again)
    if extract.name == "teams" and teams:
        teams = {*teams, *standing.select("team_id").collect().to_series()}
    warnings = warnings_of(clean, standing, told.remarks(), terms, teams)
    return Staged(clean, terms, tuple(files), read, pl.concat([faulty, again]).sort(ROW), warnings, repeats)


def _refuse_unsent_keys(clean: Cleaned, again: pl.DataFrame) -> None:
    """Raise ExtractProblem where a part of the key was not sent, so that rows that differ in it can't be told apart.

    Kept by themselves, the first of them would count for all.
    """
    unsent = [column for column in clean.extract.key if column not in clean.sheet.headings]
    if unsent:
        first = again.row(again.get_column(ROW).arg_min() or 0, named=True)
        msg = (
            f"{clean.sheet.shown} has no column {', '.join(unsent)}, and without it rows can't be told apart: row "
            f"{first[ROW]}, {first[VALUE]!r}, {first[REASON]}. Send the column, with a value in each of these rows."
        )
        raise ExtractProblem(msg)


def _batches(sheet: Sheet) -> Iterator[pl.DataFrame]:
    """Yield the cells of a sheet some rows at a time, and at least once."""
    none = True
    for some in sheet.cells.collect_batches(chunk_size=_BATCH):
        none = False
        yield some
    if none:
        yield sheet.cells.collect()


def _without(rows: pl.LazyFrame, refused: pl.DataFrame) -> pl.LazyFrame:
    return rows.filter(~pl.col(ROW).is_in(refused.get_column(ROW).implode())) if refused.height else rows


def _of_no_child(good: pl.LazyFrame) -> pl.DataFrame:
    """Return as refused the good rows whose child reference stands in more rows than any child has.

    Such a reference stands for no child: its rows would all look back on one another. References that are
    known to stand for none (UNKNOWN, say) are marked, and their rows look back on none.
    """
    if CHILD not in good.collect_schema():
        return pl.DataFrame(schema={ROW: pl.UInt32, KEY: pl.String, **dict.fromkeys(_WHY, pl.String)})
    good = good.filter(~is_marked(CHILD))
    child = pl.col(CHILD)
    hashes = good.select(child.drop_nulls().hash()).collect().to_series().value_counts(name="rows")
    many = hashes.filter(pl.col("rows") > MOST_ROWS_OF_A_CHILD).get_column("child_id")
    return (
        good.select(ROW, KEY, "child_id")
        .filter(child.hash().is_in(many.implode()))
        .with_columns(pl.len().over("child_id").alias("rows"))
        .filter(pl.col("rows") > MOST_ROWS_OF_A_CHILD)
        .select(
            ROW,
            KEY,
            pl.lit("child_id").alias(FIELD),
            child.alias(VALUE),
            pl.format(
                "stands in {} rows, more than any child has; give each child a reference of its own", "rows"
            ).alias(REASON),
        )
        .collect()
    )


def _repeats(good: pl.LazyFrame, again: pl.DataFrame) -> int:
    """Return how many of the rows whose key was met again say the same in every column as one that stands."""
    if again.is_empty():
        return 0
    keys = again.get_column(KEY).unique()
    alike = good.filter(pl.col(KEY).is_in(keys.implode())).collect()
    said = [name for name in alike.columns if name != ROW]
    standing = alike.join(again, on=ROW, how="anti")
    return alike.join(again, on=ROW, how="semi").join(standing, on=said, how="semi", nulls_equal=True).height


def _keys_met_again(good: pl.LazyFrame, extract: Extract) -> pl.DataFrame:
    """Return as refused the good rows whose key stands in an earlier good row already; of another child, say so."""
    # by hashes first, which are far smaller than the keys; keys that share one by chance are told apart below
    hashes = good.select(pl.col(KEY).hash()).collect().to_series()
    met = hashes.filter(hashes.is_duplicated()).unique()
    names_child = "child_id" in good.collect_schema() and "child_id" not in extract.key
    child = pl.col("child_id")
    other = child.ne_missing(child.sort_by(ROW).first().over(KEY)) if names_child else pl.lit(value=False)
    reason = pl.format("stands in row {} already", "first")
    return (
        good.filter(pl.col(KEY).hash().is_in(met.implode()))
        .with_columns(pl.col(ROW).min().over(KEY).alias("first"), other.alias("other"))
        .filter(pl.col(ROW) != pl.col("first"))
        .select(
            ROW,
            KEY,
            pl.lit(extract.key[0]).alias(FIELD),
            pl.col(KEY).alias(VALUE),
            pl.when("other").then(reason + OF_ANOTHER_CHILD).otherwise(reason).alias(REASON),
        )
        .sort(ROW)
        .collect()
    )
