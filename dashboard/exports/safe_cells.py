"""CSV that a spreadsheet can open without harm: no cell of it is taken for a formula."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Final, TextIO

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def write_csv(file: TextIO, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write rows as CSV with these columns; raise ValueError for a row that has others."""
    writer = csv.DictWriter(file, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: safe_cell(cell) for name, cell in row.items()})


def csv_bytes(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """Return rows as CSV in UTF-8, with the mark by which Excel knows it."""
    file = StringIO()
    write_csv(file, columns, rows)
    return file.getvalue().encode("utf-8-sig")
