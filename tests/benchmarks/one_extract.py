"""One extract of referrals with as many rows as are asked for, in each native form."""

from pathlib import Path

import polars as pl

from sample_data import story
from sample_data.generate import write_extracts
from tests.benchmarks.many_councils import multiply

EXTRACT = "referrals"


def one_extract(folder: Path, rows: int) -> dict[str, Path]:
    """Return the folder of the extract by form, made where it is not there yet: of CSV, and of a workbook."""
    found = {form: folder / f"{rows}-rows-{form}" for form in ("csv", "workbook")}
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
            if form == "csv":
                table.write_csv(place / f"{EXTRACT}.csv")
            else:
                table.write_excel(place / f"{EXTRACT}.xlsx", EXTRACT, autofilter=False)
    return found
