"""The first rows of a table that came without a word of where its headings are."""

from collections.abc import Sequence
from typing import Final

import polars as pl

Tables = Sequence[tuple[str, pl.LazyFrame]]
"""The sheets of a workbook, with their names; every cell as text, no row taken for headings, none left out."""

MOST_COLUMNS: Final = 200
"""The columns of a sheet that are looked at for headings; no extract or list has as many as forty."""

DEEPEST_HEADINGS: Final = 20
"""So many rows are looked at for the headings: a title, notes and blank rows may stand above them."""


def top_rows(table: pl.LazyFrame) -> list[list[str]]:
    """Return the first rows as text, blank cells as empty text."""
    columns = table.collect_schema().names()[:MOST_COLUMNS]
    rows = table.select(columns).head(DEEPEST_HEADINGS).collect().rows() if columns else []
    return [[str(cell) if cell is not None else "" for cell in row] for row in rows]
