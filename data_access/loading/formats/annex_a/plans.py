"""Lists 6 and 7: children in need and child protection plans, as one extract."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import polars as pl

from data_access.loading.delivery.sheet import ROW, Sheet
from data_access.loading.formats.annex_a.assessments import SECOND
from data_access.loading.formats.annex_a.rows import Listed, key
from data_access.loading.formats.annex_a.shaping import Shaping, Workbook

_KINDS: Final[Mapping[int, str]] = {6: "cin", 7: "cp"}


def plans(workbook: Workbook, lists: list[Listed]) -> Sheet:
    """Return the plans of list 6, list 7 or both; then rows of the second have SECOND added to their numbers."""
    sheets = [_plans(workbook, listed) for listed in lists]
    if len(sheets) == 1:
        return sheets[0]
    first, second = sheets
    second_rows = (pl.col(ROW) + SECOND).alias(ROW)
    frames = [sheet.remarks for sheet in sheets if sheet.remarks is not None]
    return replace(
        first,
        name=f"{first.name} and {second.name}",
        headings=tuple(dict.fromkeys((*first.headings, *second.headings))),
        cells=pl.concat([first.cells, second.cells.with_columns(second_rows)], how="diagonal"),
        called={
            name: both for name in first.headings if (both := _both(first.called.get(name), second.called.get(name)))
        },
        remarks=pl.concat([frames[0], *(frame.with_columns(second_rows) for frame in frames[1:])]),
        notices=(
            f"{workbook.file.name}: rows of the sheet {second.name} have {SECOND:,} added to their numbers, since "
            f"those of {first.name} have the same.",
        ),
    )


def _plans(workbook: Workbook, listed: Listed) -> Sheet:
    shaping, kind = Shaping(workbook, listed), _KINDS[listed.number]
    cells = listed.rows.select(
        ROW,
        key(kind, "begun").alias("plan_id"),
        shaping.cell("child").alias("child_id"),
        pl.lit(kind).alias("kind"),
        pl.col("begun").alias("from"),
        *([shaping.cell("ended").alias("to")] if listed.has("ended") else []),
        shaping.team().alias("team_id"),
    )
    fields = {"plan_id": "", "child_id": "child", "from": "begun", "to": "ended", "team_id": "team"}
    return shaping.sheet("plans", cells, fields)


def _both(first: str | None, second: str | None) -> str:
    return " or ".join(dict.fromkeys(heading for heading in (first, second) if heading))
