"""Rows of totals among the rows of a sheet: left out, as no case is what they tell of."""

from dataclasses import replace
from typing import Final

import polars as pl

from data_access.extracts import Extract
from data_access.loading.delivery.sheet import ROW, Sheet
from data_access.loading.delivery.unreadable_files import saying_what_is_unreadable
from data_access.loading.formats.top_rows import MOST_COLUMNS

TOTAL: Final = r"^(grand |sub)?[ -]?totals?( |:|$)"
"""How a cell begins that says that its row is a total, in lower case."""

_NAMED: Final = 20


def without_totals(sheet: Sheet, extract: Extract) -> Sheet:
    """Return the sheet without rows of totals, and with a notice of them.

    A row of totals says so in a cell and lacks something that every row of the extract needs, so that none which
    could be loaded is taken for one.
    """
    columns = [*extract.required, *(name for name in sheet.headings[:MOST_COLUMNS] if name not in extract.required)]
    cell = pl.col(columns).str.strip_chars()
    says_total = pl.any_horizontal(cell.str.to_lowercase().str.contains(TOTAL))
    is_whole = pl.all_horizontal(pl.col(extract.required).str.strip_chars().fill_null("") != "")
    with saying_what_is_unreadable(sheet.shown):
        rows = (
            sheet.cells.select(ROW, *columns)
            .filter(says_total & ~is_whole)
            .select(ROW)
            .collect()
            .get_column(ROW)
            .to_list()
        )
    if not rows:
        return sheet
    return replace(
        sheet,
        cells=sheet.cells.filter(~pl.col(ROW).is_in(rows)),
        notices=(*sheet.notices, left_out(sheet.shown, rows, "holds a total", "hold totals")),
    )


def left_out(place: str, rows: list[int], singular: str, plural: str) -> str:
    """Return the notice of rows that were left out; `singular` and `plural` say why."""
    if len(rows) == 1:
        return f"{place}: row {rows[0]} {singular}; it was left out."
    named = ", ".join(map(str, rows[:_NAMED])) + (" …" if len(rows) > _NAMED else "")
    return f"{place}: {len(rows):,} rows {plural}; they were left out: {named}."
