"""Files as they come: CSV and workbooks, read as plain text cells so that every check is ours."""

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import fastexcel
import polars as pl

from data_access.problems import ExtractProblem

ROW: Final = "(row)"
"""The column that holds each row's number in its file; the headings are row 1."""

MANIFEST: Final = "manifest"
_CSV: Final = {".csv", ".txt"}
_WORKBOOK: Final = {".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"}
_BYTE_ORDER_MARK: Final = "\ufeff"


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

    Raise ExtractProblem where a file is missing, empty, unreadable, truncated, or of a kind that isn't read.
    """
    found: list[Sheet] = []
    for path in paths:
        if not path.exists():
            msg = f"There is no file or folder {path}."
            raise ExtractProblem(msg)
        files = sorted(file for file in path.iterdir() if _is_data(file)) if path.is_dir() else [path]
        if not files:
            msg = f"The folder {path} holds no CSV file and no workbook."
            raise ExtractProblem(msg)
        for file in files:
            found.extend(_sheets(file))
    return found


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
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return _csv_sheet(file, digest) if suffix in _CSV else _workbook_sheets(file, digest)


def _csv_sheet(file: Path, digest: str) -> list[Sheet]:
    first, last = _first_and_last_line(file)
    separator = max(",;\t", key=first.count)
    headings = next(csv.reader([first.removeprefix(_BYTE_ORDER_MARK)], delimiter=separator))
    cells_at_end = next(csv.reader([last], delimiter=separator), [])
    if last.count('"') % 2 == 0 and 0 < len(cells_at_end) < len(headings):
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
    except pl.exceptions.PolarsError as error:
        raise unreadable(file.name, error) from None
    return [Sheet(file, file.stem, tuple(names), cells, digest)]


def _first_and_last_line(file: Path) -> tuple[str, str]:
    with file.open("rb") as content:
        start = content.readline()
        content.seek(0, 2)
        content.seek(max(content.tell() - 65_536, 0))
        end = content.read().rstrip(b"\r\n").rsplit(b"\n", 1)[-1]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _wrong_encoding(file.name)
    try:
        return start.decode("utf-8").rstrip("\r\n"), end.decode("utf-8").rstrip("\r")
    except UnicodeDecodeError:
        raise _wrong_encoding(file.name) from None


def _workbook_sheets(file: Path, digest: str) -> list[Sheet]:
    try:
        workbook = fastexcel.read_excel(file)
        found = []
        for name in workbook.sheet_names:
            sheet = workbook.load_sheet(name, dtypes="string")
            frame = sheet.to_polars()
            if frame.width == 0:
                continue
            names = _checked_headings(f"{file.name}, sheet {name}", frame.columns)
            cells = frame.rename(dict(zip(frame.columns, names, strict=True))).with_row_index(ROW, offset=2)
            found.append(Sheet(file, name, tuple(names), cells.lazy(), digest, from_workbook=True))
    except fastexcel.FastExcelError as error:
        raise unreadable(file.name, error) from None
    return found


def _checked_headings(shown: str, headings: list[str]) -> list[str]:
    names = [heading.replace("\xa0", " ").strip().casefold().replace(" ", "_") for heading in headings]
    twice = sorted({name for name in names if names.count(name) > 1 and name})
    if twice:
        msg = f"{shown}: the heading {', '.join(twice)} stands more than once. Keep one."
        raise ExtractProblem(msg)
    return [name or f"(column {number})" for number, name in enumerate(names, start=1)]


def unreadable(shown: str, error: Exception) -> ExtractProblem:
    """Return the problem of a file that its reader gave up on."""
    said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    if "utf-8" in said.lower():
        return _wrong_encoding(shown)
    if "more fields" in said:
        said = "a row has more cells than there are headings"
    return ExtractProblem(f"{shown} can't be read ({said}). Nothing of it was loaded; make the extract again.")


def _wrong_encoding(shown: str) -> ExtractProblem:
    return ExtractProblem(
        f"{shown} is not in the encoding UTF-8, so names and places could come out wrong. "
        "In Excel, save it as “CSV UTF-8”. Nothing of it was loaded."
    )
