"""The sample council many times over: the same rows with references of their own, written copy by copy."""

import shutil
from pathlib import Path
from typing import Final

import polars as pl

from data_access.extracts import Kind, extract_named
from data_access.measures import MEASURES

_SHARED: Final = ("standards", "targets")
_OWN: Final = ("teams", "child_merges")
_CORRECTED: Final = ("contacts", "referrals", "system_use")


def multiply(council: Path, folder: Path, copies: int) -> None:
    """Write the tables that the measures read, each so many times over, and the manifest."""
    folder.mkdir()
    shutil.copy(council / "manifest.csv", folder)
    read = {name for measure in MEASURES.values() for name in measure.definition.extracts}
    for name in _SHARED:
        shutil.copy(council / f"{name}.csv", folder)
    for name in sorted({*read, *_OWN}):
        rows = pl.read_csv(council / f"{name}.csv", infer_schema=False)
        references = [column.name for column in extract_named(name).columns if column.kind is Kind.ID]
        with (folder / f"{name}.csv").open("wb") as file:
            for copy in range(copies):
                own = rows.with_columns(pl.format(f"{copy}-{{}}", pl.col(column)) for column in references)
                own.write_csv(file, include_header=copy == 0)


def changes_only(folder: Path) -> None:
    """Let the extracts of a folder bring changes only, whatever they were."""
    manifest = pl.read_csv(folder / "manifest.csv", infer_schema=False)
    manifest.with_columns(pl.lit("no").alias("complete")).write_csv(folder / "manifest.csv")


def correct(week: Path, folder: Path) -> None:
    """Write a week's contacts, referrals and use of systems, each row corrected in a cell, as at the same moment."""
    folder.mkdir()
    manifest = pl.read_csv(week / "manifest.csv", infer_schema=False)
    manifest.filter(pl.col("extract").is_in(_CORRECTED)).write_csv(folder / "manifest.csv")
    other_source = pl.when(pl.col("source") == "police").then(pl.lit("school")).otherwise(pl.lit("police"))
    for name in _CORRECTED:
        rows = pl.read_csv(week / f"{name}.csv", infer_schema=False)
        corrected = pl.col("recorded").cast(pl.Int64) + 1 if name == "system_use" else other_source
        column = "recorded" if name == "system_use" else "source"
        rows.with_columns(corrected.cast(pl.String).alias(column)).write_csv(folder / f"{name}.csv")
