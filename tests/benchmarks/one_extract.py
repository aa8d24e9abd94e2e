"""One extract of referrals with as many rows as are asked for, in each format that is read."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import polars as pl

from sample_data import story
from sample_data.generate import write_extracts
from tests.benchmarks.many_councils import multiply
from tests.loading.cin_census.making import HEADER

EXTRACT = "referrals"


def one_extract(folder: Path, rows: int) -> dict[str, Path]:
    """Return the folder of the extract by format, made where it is not there yet."""
    found = {form: folder / f"{rows}-rows-{form}" for form in _WRITTEN}
    council, many = folder / "history", folder / f"{rows}-rows"
    if not council.exists():
        write_extracts(council, as_at=story.AS_AT, covers_from=story.BEGINS)
    if not many.exists():
        of_one = pl.scan_csv(council / f"{EXTRACT}.csv", infer_schema=False).select(pl.len()).collect().item()
        multiply(council, many, -(-rows // of_one))
    table = pl.read_csv(many / f"{EXTRACT}.csv", infer_schema=False, n_rows=rows)
    manifest = pl.read_csv(many / "manifest.csv", infer_schema=False).filter(pl.col("extract") == EXTRACT)
    for form, place in found.items():
        if not place.exists():
            place.mkdir()
            manifest.write_csv(place / "manifest.csv")
            _WRITTEN[form](place, table)
    return found


def _csv(place: Path, table: pl.DataFrame) -> None:
    table.write_csv(place / f"{EXTRACT}.csv")


def _workbook(place: Path, table: pl.DataFrame) -> None:
    table.write_excel(place / f"{EXTRACT}.xlsx", EXTRACT, autofilter=False)


def _annex_a(place: Path, table: pl.DataFrame) -> None:
    listed = table.select(
        pl.col("child_id").alias("Child Unique ID"),
        pl.col("received_at").str.head(10).alias("Date of referral"),
        pl.col("source").alias("Referral Source"),
        pl.col("team_id").alias("Allocated Team"),
    )
    listed.write_excel(place / "annex-a.xlsx", "List_3", autofilter=False)


def _cin_census(place: Path, table: pl.DataFrame) -> None:
    day = pl.col("received_at").str.head(10)
    children = table.select(
        pl.format(
            "<Child>\n<ChildIdentifiers><LAchildID>{}</LAchildID></ChildIdentifiers>\n<CINdetails>\n"
            "<CINreferralDate>{}</CINreferralDate><ReferralSource>1A</ReferralSource>\n</CINdetails></Child>",
            pl.col("child_id"),
            day,
        )
    ).to_series()
    with (place / "census.xml").open("w", encoding="utf-8") as file:
        file.write(f"<Message>{HEADER}<Children>\n")
        file.writelines(f"{child}\n" for child in children)
        file.write("</Children></Message>\n")


_WRITTEN: Final[dict[str, Callable[[Path, pl.DataFrame], None]]] = {
    "csv": _csv,
    "workbook": _workbook,
    "Annex A": _annex_a,
    "CIN census": _cin_census,
}
