"""A workbook opened in a process of its own: run as a script, with the workbook and a folder for its sheets.

A few kilobytes can unfold into hundreds of gigabytes, such as a sheet with one cell in its last row and column; the
reader then ends its whole process. So it ends this one, whose memory is bounded, and not the dashboard.

Writes each sheet as a Parquet file, every cell as text, and the sheets' names to standard output, as JSON: so whoever
reads them needs to hold only some rows at a time.
"""

import contextlib
import json
import sys
import zipfile
from pathlib import Path
from typing import Final
from xml.parsers import expat

import fastexcel

LARGEST: Final = 1 << 30
"""Bytes that all sheets together may come to, as text."""

MEMORY: Final = 4 << 30
"""Bytes of memory that opening may take: enough for the million rows of a sheet, with fifty columns."""

TOO_LARGE: Final = "too large"

_TOGETHER: Final = 10_000
"""So many rows are read back at once."""

_OPEN_DOCUMENT: Final = "content.xml"
"""The member that has the sheets of an OpenDocument workbook."""


def write_sheets(file: Path, folder: Path) -> list[str]:
    """Write the sheets as 0.parquet, 1.parquet, … into the folder; return their names.

    Raise MemoryError where they are too large, what the reader raises where it can't read them.
    """
    _check_ends(file)
    size = 0
    workbook = fastexcel.read_excel(file)
    for number, name in enumerate(workbook.sheet_names):
        # without headings and without skipping, so that rows keep the numbers which people see
        frame = workbook.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars()
        size += int(frame.estimated_size())
        if size > LARGEST:
            raise MemoryError
        frame.write_parquet(folder / f"{number}.parquet", compression="zstd", row_group_size=_TOGETHER)
    return list(workbook.sheet_names)


def _check_ends(file: Path) -> None:
    """Raise where the sheets of an OpenDocument workbook are cut off: the reader would look for the end for ever."""
    if not zipfile.is_zipfile(file):
        return
    with zipfile.ZipFile(file) as package:
        if _OPEN_DOCUMENT in package.namelist():
            parser = expat.ParserCreate()
            parser.StartDoctypeDeclHandler = _refuse_doctype
            with package.open(_OPEN_DOCUMENT) as content:
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
