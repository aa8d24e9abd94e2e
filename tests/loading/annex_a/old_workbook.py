"""An old .xls workbook (BIFF8 in a compound file), written by hand since nothing else here writes one.

The records and the container are those of Microsoft's open specifications [MS-XLS] and [MS-CFB], no more of them than
a reader asks for.
"""

import datetime as dt
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.loading.annex_a.layouts import Rows

_SECTOR: Final = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_BEGINNING: Final = dt.date(1899, 12, 30)
_PLAIN, _DAY = 0, 1
"""Numbers of the two cell formats written: plain, and a day."""


@dataclass(frozen=True)
class Error:
    """A formula that failed, by the code of its error."""

    code: int


def xls(file: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write an old workbook: dates as days, numbers as numbers, the rest as text."""
    parts = [_sheet(rows) for rows in sheets.values()]
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    formats = _record(0x00E0, _format(0)) + _record(0x00E0, _format(14))
    head = len(start) + len(formats) + sum(len(_bound(0, name)) for name in sheets) + len(_record(0x000A, b""))
    bounds, offset = b"", head
    for name, part in zip(sheets, parts, strict=True):
        bounds += _bound(offset, name)
        offset += len(part)
    file.write_bytes(_compound(start + formats + bounds + _record(0x000A, b"") + b"".join(parts)))
    return file


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _format(number: int) -> bytes:
    return struct.pack("<HHH", 0, number, 0) + bytes(14)


def _bound(offset: int, name: str) -> bytes:
    text = name.encode("utf-16-le")
    return _record(0x0085, struct.pack("<IBBBB", offset, 0, 0, len(text) // 2, 1) + text)


def _sheet(rows: Rows) -> bytes:
    found = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    width = max((len(cells) for cells in rows), default=0)
    found += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            found += _cell(row, column, cell)
    return found + _record(0x000A, b"")


def _cell(row: int, column: int, cell: Any) -> bytes:
    if cell is None:
        return b""
    if isinstance(cell, Error):
        result = struct.pack("<BBBBHH", 2, 0, cell.code, 0, 0, 0xFFFF)
        return _record(0x0006, struct.pack("<HHH", row, column, _PLAIN) + result + struct.pack("<HIH", 0, 0, 0))
    if isinstance(cell, dt.date):
        return _record(0x0203, struct.pack("<HHHd", row, column, _DAY, (cell - _BEGINNING).days))
    if isinstance(cell, int | float):
        return _record(0x0203, struct.pack("<HHHd", row, column, _PLAIN, cell))
    text = cell.encode("utf-16-le")
    return _record(0x0204, struct.pack("<HHHHB", row, column, _PLAIN, len(text) // 2, 1) + text)


def _compound(stream: bytes) -> bytes:
    """Return a compound file whose one stream is the workbook."""
    size = max(len(stream), 4096)
    stream = stream.ljust(-(-size // _SECTOR) * _SECTOR, b"\0")
    sectors = len(stream) // _SECTOR
    fats = 1
    while fats * _SECTOR // 4 < sectors + fats + 1:
        fats += 1
    chain = [_FAT] * fats + [_END] + [fats + 2 + number for number in range(sectors - 1)] + [_END]
    chain += [_FREE] * (fats * _SECTOR // 4 - len(chain))
    header = (
        bytes.fromhex("d0cf11e0a1b11ae1")
        + bytes(16)
        + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
        + struct.pack("<9I", 0, fats, fats, 0, 4096, _END, 0, _END, 0)
    )
    header += struct.pack("<109I", *range(fats), *[_FREE] * (109 - fats))
    root = _entry("Root Entry", 5, 1, _END, 0)
    book = _entry("Workbook", 2, _FREE, fats + 1, size)
    return header + struct.pack(f"<{len(chain)}I", *chain) + root + book + _entry("", 0, _FREE, 0, 0) * 2 + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name.encode("utf-16-le") + b"\0\0") if name else b""
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
