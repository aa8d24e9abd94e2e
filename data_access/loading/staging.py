"""Staging: a sheet's rows read, checked and laid down in files of our own, before the database is touched.

Only known columns are ever written. The write lock is not held here, so a large file stops nobody.
"""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from data_access.extracts import Extract
from data_access.loading.checks import warnings_of
from data_access.loading.cleaning import FIELD, KEY, REASON, VALUE, Cleaned, Codes, cleaned
from data_access.loading.files import ROW, Sheet, unreadable
from data_access.loading.manifest import Terms


@dataclass(frozen=True)
class Staged:
    """A sheet made ready: good rows in a file, refused rows and warnings beside.

    `stored` are the database's columns that the file fills, `refused` has ROW, KEY, FIELD, VALUE, REASON and
    `content`; `warnings` is of checks.SCHEMA.
    """

    extract: Extract
    sheet: Sheet
    terms: Terms
    file: Path
    stored: tuple[str, ...]
    rows_read: int
    refused: pl.DataFrame
    warnings: pl.DataFrame
    notices: tuple[str, ...]

    def rows(self) -> pl.LazyFrame:
        """Return the good rows: ROW, KEY and the columns of `stored`."""
        again = self.refused.get_column(ROW).implode()
        return pl.scan_parquet(self.file).filter(~pl.col(ROW).is_in(again))


def stage(sheet: Sheet, extract: Extract, terms: Terms, codes: Codes, teams: set[str], folder: Path) -> Staged:
    """Read and check a sheet; write its readable rows to a file in the folder.

    Raise ExtractProblem where the sheet as a whole can't be read.
    """
    clean = cleaned(sheet, extract, codes)
    file = folder / f"{extract.name}.parquet"
    try:
        good = clean.rows.filter(pl.col(REASON).is_null()).select(ROW, KEY, *clean.stored)
        good.sink_parquet(file)
        refused = clean.refused()
    except pl.exceptions.PolarsError as error:
        raise unreadable(sheet.shown, error) from None
    rows = pl.scan_parquet(file)
    read = rows.select(pl.len()).collect().item() + refused.height
    again = _keys_met_again(clean, rows)
    refused = pl.concat([refused, again], how="vertical_relaxed").sort(ROW)
    standing = rows.filter(~pl.col(ROW).is_in(refused.get_column(ROW).implode()))
    warnings = warnings_of(clean, standing, terms, teams)
    return Staged(extract, sheet, terms, file, tuple(clean.stored), read, refused, warnings, clean.notices)


def _keys_met_again(clean: Cleaned, rows: pl.LazyFrame) -> pl.DataFrame:
    """Return as refused the rows whose key stands in an earlier row already."""
    met = rows.select(ROW, KEY).with_columns(pl.col(ROW).min().over(KEY).alias("first"))
    again = met.filter(pl.col(ROW) != pl.col("first")).collect()
    if again.is_empty():
        return clean.refused().clear()
    raw = clean.rows.filter(pl.col(ROW).is_in(again.get_column(ROW).implode())).with_columns(
        pl.lit(clean.extract.key[0]).alias(FIELD), pl.col(KEY).alias(VALUE)
    )
    content = pl.struct(pl.col(f"(as given) {column.name}").alias(column.name) for column in clean.given)
    return (
        raw.join(again.lazy().select(ROW, "first"), on=ROW)
        .with_columns(pl.format("stands in row {} already", "first").alias(REASON))
        .select(ROW, KEY, FIELD, VALUE, REASON, content.struct.json_encode().alias("content"))
        .collect()
    )
