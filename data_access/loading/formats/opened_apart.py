"""A workbook opened in a process of its own: run as a script, with the workbook and a folder for its sheets.

A few kilobytes can unfold into hundreds of gigabytes, such as a sheet with one cell in its last row and column; the
reader then ends its whole process. So it ends this one, whose memory is bounded, and not the dashboard.

Writes each sheet as a Parquet file, every cell as text, and the sheets' names to standard output, as JSON: so whoever
reads them needs to hold only some rows at a time.
"""

import contextlib
import json
import re
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

import fastexcel
import polars as pl

from data_access.failed_formulas import OPEN_DOCUMENT, readable

LARGEST: Final = 1 << 30
"""Bytes that all sheets together may come to, as text."""

MEMORY: Final = 4 << 30
"""Bytes of memory that opening may take: enough for the million rows of a sheet, with fifty columns."""

TOO_LARGE: Final = "too large"

_TOGETHER: Final = 10_000
"""So many rows are read back at once."""

_ERRORS: Final = {
    "NA": "#N/A",
    "Ref": "#REF!",
    "Value": "#VALUE!",
    "Div0": "#DIV/0!",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "GettingData": "#GETTING_DATA",
}
"""What a spreadsheet shows for the errors that the reader names."""

_NOT_TEXT: Final = re.compile(r"got '(\w+)\(\"?(\w+)\"?\)'")
_DURATION: Final = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?")


def write_sheets(file: Path, folder: Path) -> list[str]:
    """Write the sheets as 0.parquet, 1.parquet, … into the folder; return their names.

    Raise MemoryError where they are too large, what the reader raises where it can't read them.
    """
    _check_ends(file)
    size = 0
    workbook = fastexcel.read_excel(readable(file, folder))
    for number, name in enumerate(workbook.sheet_names):
        # without headings and without skipping, so that rows keep the numbers which people see
        sheet = workbook.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        cells, unread = sheet.to_arrow_with_errors()
        frame = _with_what_is_shown(pl.DataFrame(cells), unread.errors if unread else [])
        size += int(frame.estimated_size())
        if size > LARGEST:
            raise MemoryError
        frame.write_parquet(folder / f"{number}.parquet", compression="zstd", row_group_size=_TOGETHER)
    return list(workbook.sheet_names)


def _with_what_is_shown(frame: pl.DataFrame, unread: Sequence[Any]) -> pl.DataFrame:
    """Return the cells with those that the reader left blank as they are shown: errors of formulas, times of day."""
    by_column: dict[int, dict[int, str]] = {}
    for cell in unread:
        row, column = cell.offset_position
        if (shown := _shown(cell.detail)) is not None:
            by_column.setdefault(column, {})[row] = shown
    for column, cells in by_column.items():
        changed = frame.to_series(column).scatter(list(cells), list(cells.values()))
        frame.replace_column(column, changed)
    return frame


def _shown(detail: str) -> str | None:
    said = _NOT_TEXT.search(detail)
    if said is None:
        return None
    if said[1] == "Error":
        return _ERRORS.get(said[2], "#VALUE!")
    duration = _DURATION.fullmatch(said[2])
    return "{:02}:{:02}:{:02}".format(*(int(part or 0) for part in duration.groups())) if duration else None


def _check_ends(file: Path) -> None:
    """Raise where the sheets of an OpenDocument workbook are cut off: the reader would look for the end for ever."""
    if not zipfile.is_zipfile(file):
        return
    with zipfile.ZipFile(file) as package:
        if OPEN_DOCUMENT in package.namelist():
            parser = expat.ParserCreate()
            parser.StartDoctypeDeclHandler = _refuse_doctype
            with package.open(OPEN_DOCUMENT) as content:
                parser.ParseFile(content)


def _refuse_doctype(*_: object) -> None:
    message = "a workbook declares no document type"
    raise ValueError(message)


def _bound_memory() -> None:
    """Bound this process; where the system has no such bound, what the reader asks for in vain still ends it."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 - Windows has none

        allowed = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = MEMORY if allowed == resource.RLIM_INFINITY else min(MEMORY, allowed)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(file: Path, folder: Path) -> dict[str, object]:
    """Write the sheets; return `sheets`, their names, or `fault`, what is wrong."""
    try:
        return {"sheets": write_sheets(file, folder)}
    except MemoryError:
        return {"fault": TOO_LARGE}
    except Exception as error:  # noqa: BLE001 - told by the process that asked
        return {"fault": str(error)}


if __name__ == "__main__":
    _bound_memory()
    sys.stdout.write(json.dumps(answer(Path(sys.argv[1]), Path(sys.argv[2]))))
