"""Files as they come: CSV and workbooks, read as plain text cells so that every check is ours."""

import csv
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import fastexcel
import polars as pl

from data_access.problems import ExtractProblem

ROW: Final = "(row)"
"""The column that holds each row's number in its file; the headings are row 1."""

UNSOUND: Final = (pl.exceptions.ComputeError, pl.exceptions.NoDataError)
"""What Polars raises for a CSV that is no sound table."""

MANIFEST: Final = "manifest"
_CSV: Final = {".csv", ".txt"}
_WORKBOOK: Final = {".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"}
_BYTE_ORDER_MARK: Final = "\ufeff"
_OTHER_ENCODINGS: Final = (b"\xff\xfe", b"\xfe\xff")
_OLD_OFFICE_FILE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_TAIL: Final = 65_536


@dataclass(frozen=True)
class Sheet:
    """One table of a file: a CSV, or a sheet of a workbook. `cells` is text by heading, and ROW."""

    file: Path
    name: str
    headings: tuple[str, ...]
    cells: pl.LazyFrame
    digest: str
    from_workbook: bool = False

    @property
    def shown(self) -> str:
        """Return how messages name the sheet."""
        return f"{self.file.name}, sheet {self.name}" if self.from_workbook else self.file.name

    @property
    def is_manifest(self) -> bool:
        """Return whether this is the manifest rather than an extract."""
        return self.name.casefold() == MANIFEST


def sheets_of(paths: Iterable[Path]) -> list[Sheet]:
    """Return the sheets of files and of the files in folders, in order of their names.

    Raise ExtractProblem where a file is missing, empty, unreadable, cut off, or of a kind that isn't read.
    """
    try:
        return [sheet for path in paths for file in _files(path) for sheet in _sheets(file)]
    except OSError as error:
        msg = f"{error.filename} can't be opened ({error.strerror}). Nothing was loaded."
        raise ExtractProblem(msg) from None


def _files(path: Path) -> list[Path]:
    if not path.exists():
        msg = f"There is no file or folder {path}."
        raise ExtractProblem(msg)
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.iterdir() if _is_data(file))
    if not files:
        msg = f"The folder {path} holds no CSV file and no workbook."
        raise ExtractProblem(msg)
    return files


def _is_data(file: Path) -> bool:
    return file.is_file() and not file.name.startswith((".", "~")) and file.suffix.lower() in _CSV | _WORKBOOK


def _sheets(file: Path) -> list[Sheet]:
    suffix = file.suffix.lower()
    if suffix not in _CSV | _WORKBOOK:
        msg = f"{file.name}: not a kind of file that is read. Give CSV files or a workbook (.xlsx, .xls, .ods)."
        raise ExtractProblem(msg)
    if file.stat().st_size == 0:
        msg = f"{file.name} is empty. A table without rows still needs its headings."
        raise ExtractProblem(msg)
    return [_csv_sheet(file)] if suffix in _CSV else _workbook_sheets(file)


def _csv_sheet(file: Path) -> Sheet:
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
    names = _checked_headings(file.name, headings)
    try:
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
    except UNSOUND as error:
        raise unreadable(file.name, error) from None
    return Sheet(file, file.stem, tuple(names), cells, digest)


def _digest_of_sound_text(file: Path) -> str:
    """Return the SHA-256 of a CSV file, read through once; refuse what no sound text file holds."""
    digest, quotation_marks, start = hashlib.sha256(), 0, b""
    with file.open("rb") as content:
        while block := content.read(1 << 20):
            start = start or block[:2]
            if start in _OTHER_ENCODINGS:
                raise _wrong_encoding(file.name)
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
    """Return the first line, and the last row with all of its lines; nothing for a row longer than _TAIL."""
    with file.open("rb") as content:
        start = content.readline()
        content.seek(0, 2)
        skipped = max(content.tell() - _TAIL, 0)
        content.seek(skipped)
        lines = content.read().rstrip(b"\r\n").split(b"\n")
    last, lines = lines[-1], lines[bool(skipped) : -1]
    while last.count(b'"') % 2 and lines:
        last = lines.pop() + b"\n" + last
    if skipped and not lines:
        last = b""
    try:
        return start.decode("utf-8").rstrip("\r\n"), last.decode("utf-8").rstrip("\r")
    except UnicodeDecodeError:
        raise _wrong_encoding(file.name) from None


def _workbook_sheets(file: Path) -> list[Sheet]:
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
        content.seek(0)
        if content.read(8) == _OLD_OFFICE_FILE and file.suffix.lower() != ".xls":
            msg = (
                f"{file.name} is protected by a password, or an old .xls workbook under another name. "
                "Save it without a password, as .xlsx. Nothing of it was loaded."
            )
            raise ExtractProblem(msg)
    found = []
    try:
        workbook = fastexcel.read_excel(file)
        for name in workbook.sheet_names:
            # without headings and without skipping, so that rows keep the numbers which people see
            frame = workbook.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars()
            sheet = _workbook_sheet(file, name, frame, digest)
            found.extend([sheet] if sheet else [])
    except fastexcel.FastExcelError as error:
        raise unreadable(file.name, error) from None
    if not found:
        msg = f"{file.name} holds no table: every sheet is empty. A table without rows still needs its headings."
        raise ExtractProblem(msg)
    return found


def _workbook_sheet(file: Path, name: str, frame: pl.DataFrame, digest: str) -> Sheet | None:
    """Return a sheet whose first row that isn't blank has the headings; None where every row is blank."""
    numbered = frame.with_row_index(ROW, offset=1)
    filled = numbered.filter(pl.any_horizontal(pl.col(frame.columns).is_not_null())) if frame.width else numbered
    if filled.is_empty():
        return None
    first = filled.row(0)
    names = _checked_headings(f"{file.name}, sheet {name}", [heading or "" for heading in first[1:]])
    below = numbered.filter(pl.col(ROW) > first[0]).rename(dict(zip(frame.columns, names, strict=True)))
    return Sheet(file, name, tuple(names), below.lazy(), digest, from_workbook=True)


def _checked_headings(shown: str, headings: list[str]) -> list[str]:
    if not any(heading.strip() for heading in headings):
        msg = f"{shown} has no headings in its first row. Nothing of it was loaded."
        raise ExtractProblem(msg)
    names = [heading.replace("\xa0", " ").strip().casefold().replace(" ", "_") for heading in headings]
    twice = sorted({name for name in names if names.count(name) > 1 and name})
    if twice:
        msg = f"{shown}: the heading {', '.join(twice)} stands more than once. Keep one."
        raise ExtractProblem(msg)
    return [name or f"(column {number})" for number, name in enumerate(names, start=1)]


def unreadable(shown: str, error: Exception) -> ExtractProblem:
    """Return the problem of a file that its reader gave up on; never in Polars' own words, which may quote cells."""
    said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    if "utf-8" in said.lower():
        return _wrong_encoding(shown)
    if "more fields" in said:
        said = "a row has more cells than there are headings"
    elif isinstance(error, UNSOUND):
        said = "it is no sound table: quotation marks or line ends are not where they should be"
    return ExtractProblem(f"{shown} can't be read ({said}). Nothing of it was loaded; make the extract again.")


def _wrong_encoding(shown: str) -> ExtractProblem:
    return ExtractProblem(
        f"{shown} is not in the encoding UTF-8, so names and places could come out wrong. "
        "In Excel, save it as “CSV UTF-8”. Nothing of it was loaded."
    )
