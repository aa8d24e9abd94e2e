"""A CSV of the native shape, read as plain text cells so that every check is ours."""

import csv
import hashlib
import io
from pathlib import Path
from typing import Final

import polars as pl

from data_access.loading.formats.headings import checked_headings
from data_access.loading.sheet import ROW, Sheet
from data_access.loading.unreadable import saying_what_is_unreadable, wrong_encoding
from data_access.problems import ExtractProblem

_BYTE_ORDER_MARK: Final = "\ufeff"
_OTHER_ENCODINGS: Final = (b"\xff\xfe", b"\xfe\xff")
_TAIL: Final = 65_536
_LONGEST_LINE: Final = 1_000_000


def csv_sheet(file: Path) -> Sheet:
    """Return the table of a CSV file; raise ExtractProblem where it is cut off, or no sound text."""
    digest = _digest_of_sound_text(file)
    first, last = _first_line_and_last_row(file)
    separator = max(",;\t", key=first.count)
    try:
        headings = next(csv.reader([first.removeprefix(_BYTE_ORDER_MARK)], delimiter=separator), [])
        cells_at_end = next(csv.reader(io.StringIO(last, newline=""), delimiter=separator), [])
    except csv.Error:
        msg = (
            f"{file.name} can't be read: its lines end in a way that is no longer used, or the first one never ends. "
            "In Excel, save it as “CSV UTF-8”. Nothing of it was loaded."
        )
        raise ExtractProblem(msg) from None
    if 0 < len(cells_at_end) < len(headings):
        msg = (
            f"{file.name} seems cut off: its last row has {len(cells_at_end)} cells, the headings are "
            f"{len(headings)}. Nothing of it was loaded; make the extract again."
        )
        raise ExtractProblem(msg)
    names = checked_headings(file.name, headings)
    with saying_what_is_unreadable(file.name):
        cells = pl.scan_csv(
            file,
            separator=separator,
            infer_schema=False,
            has_header=True,
            new_columns=names,
            row_index_name=ROW,
            row_index_offset=2,
        )
        cells.collect_schema()
    return Sheet(file, file.stem, tuple(names), cells, digest)


def _digest_of_sound_text(file: Path) -> str:
    """Return the SHA-256 of a CSV file, read through once; refuse what no sound text file holds."""
    digest, quotation_marks, start = hashlib.sha256(), 0, b""
    with file.open("rb") as content:
        while block := content.read(1 << 20):
            start = start or block[:2]
            if start in _OTHER_ENCODINGS:
                raise wrong_encoding(file.name)
            if b"\0" in block:
                msg = (
                    f"{file.name} holds zero bytes: it is damaged, no CSV file, or not in the encoding UTF-8. "
                    "Nothing of it was loaded; make the extract again."
                )
                raise ExtractProblem(msg)
            digest.update(block)
            quotation_marks += block.count(b'"')
    if quotation_marks % 2:
        msg = (
            f"{file.name} seems cut off or damaged: a quotation mark lacks its partner. "
            "Nothing of it was loaded; make the extract again."
        )
        raise ExtractProblem(msg)
    return digest.hexdigest()


def _first_line_and_last_row(file: Path) -> tuple[str, str]:
    """Return the first line, and the last row with all its lines; nothing for one that is ended, or over _TAIL."""
    with file.open("rb") as content:
        start = content.readline(_LONGEST_LINE)
        if len(start) == _LONGEST_LINE:
            msg = (
                f"{file.name} has a first row of more than a million characters: it is no table. Nothing was loaded."
            )
            raise ExtractProblem(msg)
        content.seek(0, 2)
        skipped = max(content.tell() - _TAIL, 0)
        content.seek(skipped)
        tail = content.read()
    lines = tail.rstrip(b"\r\n").split(b"\n")
    last, lines = lines[-1], lines[bool(skipped) : -1]
    while last.count(b'"') % 2 and lines:
        last = lines.pop() + b"\n" + last
    # Excel leaves out the blank cells at a row's end, so only a row without a line end tells of a file cut off
    if (skipped and not lines) or tail.endswith((b"\n", b"\r")):
        last = b""
    try:
        return start.decode("utf-8").rstrip("\r\n"), last.decode("utf-8").rstrip("\r")
    except UnicodeDecodeError:
        raise wrong_encoding(file.name) from None
