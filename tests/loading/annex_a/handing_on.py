"""Handing a reader's sheets on to the native checks, as a load does before it changes the database."""

import datetime as dt
from pathlib import Path

from data_access.extracts import extract_named
from data_access.loading.delivery.manifest import Terms
from data_access.loading.delivery.sheet import Sheet
from data_access.loading.merge.staging import Staged, stage
from tests.loading.annex_a.layouts import codes

TERMS = Terms(dt.datetime.fromisoformat("2024-07-01"), dt.date(2024, 1, 1), dt.date(2024, 6, 30), complete=True)


def staged(sheet: Sheet, folder: Path) -> Staged:
    """Return the sheet read and checked."""
    return stage(sheet, extract_named(str(sheet.extract)), TERMS, codes(), set(), folder)


def refusals(sheet: Sheet, folder: Path) -> list[tuple[int, str, str | None, str]]:
    """Return row, field, value and reason of each refused row; all rows are loaded or refused, none is gone."""
    ready = staged(sheet, folder)
    assert ready.rows().collect().height + ready.refused.height == sheet.cells.collect().height
    return ready.refused.select("(row)", "(field)", "(value)", "(reason)").rows()
