"""Staging: a sheet's rows read, checked and laid down in files of our own, before the database is touched.

Only known columns are ever written. The write lock is not held here, so a large file stops nobody.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from data_access.extracts import Extract
from data_access.loading.checks import warnings_of
from data_access.loading.cleaning import FIELD, KEY, REASON, VALUE, Cleaned, Codes, cleaned
from data_access.loading.manifest import Terms
from data_access.loading.sheet import ROW, Sheet
from data_access.loading.unreadable import saying_what_is_unreadable

_WHY = (FIELD, VALUE, REASON)


@dataclass(frozen=True)
class Staged:
    """A sheet made ready: its rows in a file, refused rows and warnings beside.

    `refused` has ROW, KEY, FIELD, VALUE, REASON and `content`; `warnings` is of checks.SCHEMA.
    """

    clean: Cleaned
    terms: Terms
    file: Path
    rows_read: int
    refused: pl.DataFrame
    warnings: pl.DataFrame

    @property
    def extract(self) -> Extract:
        """Return the extract."""
        return self.clean.extract

    @property
    def sheet(self) -> Sheet:
        """Return the sheet that the rows stand in."""
        return self.clean.sheet

    @property
    def stored(self) -> tuple[str, ...]:
        """Return the database's columns that the sheet fills."""
        return tuple(self.clean.stored)

    def rows(self) -> pl.LazyFrame:
        """Return the good rows: ROW, KEY and the columns of `stored`."""
        return _without(pl.scan_parquet(self.file).drop(_WHY), self.refused)

    def refuse(self, rows: pl.DataFrame) -> "Staged":
        """Return the same with these rows (ROW, KEY, FIELD, VALUE, REASON) among the refused."""
        more = self.clean.with_content(rows.select(ROW, KEY, *_WHY))
        kept = self.warnings.join(more, on=ROW, how="anti", maintain_order="left")
        return replace(self, refused=pl.concat([self.refused, more]).sort(ROW), warnings=kept)


def stage(sheet: Sheet, extract: Extract, terms: Terms, codes: Codes, teams: set[str], folder: Path) -> Staged:
    """Read and check a sheet; write its rows, known columns alone, to a file in the folder.

    Raise ExtractProblem where the sheet as a whole can't be read.
    """
    clean = cleaned(sheet, extract, codes)
    file = folder / f"{extract.name}.parquet"
    with saying_what_is_unreadable(sheet.shown):
        clean.rows.select(ROW, KEY, *_WHY, *clean.stored).sink_parquet(file)
        rows = pl.scan_parquet(file)
        read = rows.select(pl.len()).collect().item()
        faulty = rows.select(ROW, KEY, *_WHY).filter(pl.col(REASON).is_not_null()).collect()
        refused = clean.with_content(pl.concat([faulty, _keys_met_again(rows, extract)]).sort(ROW))
    standing = _without(rows, refused)
    if extract.name == "teams" and teams:
        teams = {*teams, *standing.select("team_id").collect().to_series()}
    return Staged(clean, terms, file, read, refused, warnings_of(clean, standing, terms, teams))


def _without(rows: pl.LazyFrame, refused: pl.DataFrame) -> pl.LazyFrame:
    return rows.filter(~pl.col(ROW).is_in(refused.get_column(ROW).implode())) if refused.height else rows


def _keys_met_again(rows: pl.LazyFrame, extract: Extract) -> pl.DataFrame:
    """Return as refused the good rows whose key stands in an earlier good row already."""
    good = rows.filter(pl.col(REASON).is_null()).select(ROW, KEY)
    twice = good.group_by(KEY).agg(pl.col(ROW).min().alias("first"), pl.len()).filter(pl.col("len") > 1)
    return (
        good.join(twice, on=KEY)
        .filter(pl.col(ROW) != pl.col("first"))
        .select(
            ROW,
            KEY,
            pl.lit(extract.key[0]).alias(FIELD),
            pl.col(KEY).alias(VALUE),
            pl.format("stands in row {} already", "first").alias(REASON),
        )
        .collect()
    )
