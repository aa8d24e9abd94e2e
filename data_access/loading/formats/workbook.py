"""Workbooks of any kind (.xlsx, .xls, .xlsb, .ods), opened as tables of plain text; and those of the native shape."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import fastexcel
import polars as pl

from data_access.loading.formats.headings import checked_headings
from data_access.loading.sheet import ROW, Sheet
from data_access.loading.unreadable import UNSOUND, is_panic, unreadable
from data_access.problems import ExtractProblem

OLD_OFFICE_FILE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
"""How old workbooks begin, and new ones that a password protects."""

Tables = Sequence[tuple[str, pl.DataFrame]]
"""The sheets of a workbook, with their names; every cell as text, no row taken for headings, none left out."""


def tables_of(file: Path) -> Tables:
    """Return the sheets of a workbook; raise ExtractProblem where it can't be opened."""
    content = file.read_bytes()
    try:
        workbook = fastexcel.read_excel(content)
        # without headings and without skipping, so that rows keep the numbers which people see
        return [
            (name, workbook.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars())
            for name in workbook.sheet_names
        ]
    except (fastexcel.FastExcelError, *UNSOUND) as error:
        if content.startswith(OLD_OFFICE_FILE):
            msg = (
                f"{file.name} can't be read: it is protected by a password, or damaged. "
                "Save it without a password, as .xlsx. Nothing of it was loaded."
            )
            raise ExtractProblem(msg) from None
        raise unreadable(file.name, error) from None
    except BaseException as error:
        if is_panic(error):
            raise unreadable(file.name, error) from None
        raise


def native_sheets(file: Path, digest: str, tables: Tables) -> list[Sheet]:
    """Return the sheets that aren't blank; raise ExtractProblem where all are."""
    found = [sheet for name, frame in tables if (sheet := _native_sheet(file, digest, name, frame))]
    if not found:
        msg = f"{file.name} holds no table: every sheet is empty. A table without rows still needs its headings."
        raise ExtractProblem(msg)
    return found


def _native_sheet(file: Path, digest: str, name: str, frame: pl.DataFrame) -> Sheet | None:
    """Return a sheet whose first row that isn't blank has the headings; None where every row is blank."""
    numbered = frame.with_row_index(ROW, offset=1)
    filled = numbered.filter(pl.any_horizontal(pl.col(frame.columns).is_not_null())) if frame.width else numbered
    if filled.is_empty():
        return None
    first = filled.row(0)
    names = checked_headings(f"{file.name}, sheet {name}", [heading or "" for heading in first[1:]])
    below = numbered.filter(pl.col(ROW) > first[0]).rename(dict(zip(frame.columns, names, strict=True)))
    return Sheet(file, name, tuple(names), below.lazy(), digest, from_workbook=True)
