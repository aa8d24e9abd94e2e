"""List 4: assessments."""

from typing import Final

import polars as pl

from data_access.loading.delivery.sheet import ROW, Sheet
from data_access.loading.formats.annex_a.rows import Listed, key
from data_access.loading.formats.annex_a.shaping import Shaping, Workbook

SECOND: Final = 10_000_000
"""What is added to the number of a row that stands in a second list of its sheet, or gives a second assessment."""

_PARTS: Final = (
    ("single", "started", "completed"),
    ("initial", "initial_started", "initial_completed"),
    ("core", "core_started", "core_completed"),
)


def assessments(workbook: Workbook, listed: Listed) -> Sheet:
    """Return the assessments: single ones, and the initial and core ones of older layouts.

    Rows of older layouts that give several assessments come once for each, the second with SECOND added to its row
    number, and so on; rows without any start come once, and are refused for want of it.
    """
    shaping = Shaping(workbook, listed)
    parts = [(place, *part) for place, part in enumerate(_PARTS) if listed.has(part[1])]
    rows = listed.rows.with_columns(shaping.team().alias("(team)"), _kinds(shaping).alias("(kind)"))
    tells_ends = any(listed.has(end) for *_, end in parts)
    starts = [pl.col(start) for _, _, start, _ in parts]
    undated = pl.all_horizontal(start.is_null() for start in starts)
    by_kind = []
    for order, (_, kind, start, end) in enumerate(parts):
        own = rows.filter(pl.col(start).is_not_null() | (undated if order == 0 else pl.lit(value=False)))
        earlier = sum((start.is_not_null().cast(pl.Int64) for start in starts[:order]), start=pl.lit(0))
        by_kind.append(
            own.select(
                (pl.col(ROW) + SECOND * earlier).alias(ROW),
                key(_PREFIXES[kind], start).alias("assessment_id"),
                shaping.cell("child").alias("child_id"),
                (pl.col("(kind)") if kind == "single" else pl.lit(kind)).alias("kind"),
                pl.col(start).alias("started_on"),
                *([shaping.cell(end).alias("completed_on")] if tells_ends else []),
                pl.col("(team)").alias("team_id"),
            )
        )
    cells = pl.concat(by_kind)
    later = cells.filter(pl.col(ROW) > SECOND).height
    notices = [
        f"{workbook.file.name}, sheet {listed.sheet}: {later:,} rows give a second assessment. It has the row's "
        f"number with {SECOND:,} added."
    ]
    fields = {
        "assessment_id": "",
        "child_id": "child",
        "kind": "kind",
        "started_on": parts[0][2],
        "completed_on": parts[0][3],
        "team_id": "team",
    }
    also = [name for _, _, *days in parts[1:] for name in days]
    return shaping.sheet("assessments", cells, fields, also=also, notices=notices if later else ())


_PREFIXES: Final = {"single": "assessment", "initial": "initial", "core": "core"}


def _kinds(shaping: Shaping) -> pl.Expr:
    """Return the kind of the assessments that the layout doesn't name: the one told, else single."""
    if not shaping.listed.has("kind"):
        return pl.lit("single")
    return shaping.code("kind", "assessment_kind").fill_null("single")
