"""List 2: early help assessments, as CAFs."""

import polars as pl

from data_access.loading.delivery.sheet import ROW, Sheet
from data_access.loading.formats.annex_a.rows import Listed, key
from data_access.loading.formats.annex_a.shaping import Shaping, Workbook


def cafs(workbook: Workbook, listed: Listed) -> Sheet:
    """Return the early help assessments; `offered_on` stands blank, so that rows without a start are refused."""
    shaping = Shaping(workbook, listed)
    cells = listed.rows.select(
        ROW,
        key("caf", "started").alias("caf_id"),
        shaping.cell("child").alias("child_id"),
        pl.col("started").alias("started_on"),
        pl.lit(None, pl.String).alias("offered_on"),
        *([shaping.cell("completed").alias("completed_on")] if listed.has("completed") else []),
        shaping.code("agency", "agency", required=True).alias("agency"),
    )
    fields = {
        "caf_id": "",
        "child_id": "child",
        "started_on": "started",
        "completed_on": "completed",
        "agency": "agency",
    }
    lacking = f"{workbook.file.name}, sheet {listed.sheet} has no column for the organisation; it counts as other."
    return shaping.sheet("cafs", cells, fields, notices=() if listed.has("agency") else (lacking,))
