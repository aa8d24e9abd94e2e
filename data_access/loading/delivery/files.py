"""Files as they come: found, recognised by what they hold rather than by their names, and read as plain text."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from data_access.loading.checks.cleaning import Codes
from data_access.loading.delivery.disk_space import is_full
from data_access.loading.delivery.other_kinds import OLD_OFFICE_FILE, ZIP, refuse_other_kinds
from data_access.loading.delivery.sheet import Sheet, names_manifest
from data_access.loading.formats import annex_a, cin_census
from data_access.loading.formats.native_csv import csv_sheet
from data_access.loading.formats.workbook import native_sheets, tables_of
from data_access.problems import ExtractProblem

_IN_FOLDERS: Final = {".csv", ".txt", ".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".xml"}
"""The files that are taken from a folder; a file named alone may be called anything."""

_START: Final = 4096


def sheets_of(paths: Iterable[Path], codes: Codes, folder: Path) -> list[Sheet]:
    """Return the sheets of files and of the files in folders, in order of their names.

    `codes` translate the spellings of formats that have their own; `folder` takes what a reader lays down on the
    way. Raise ExtractProblem where a file is missing, empty, unreadable, cut off, or of a kind that isn't read.
    """
    try:
        return [sheet for path in paths for file in _files(path) for sheet in _sheets(file, codes, folder)]
    except OSError as error:
        if is_full(error):
            raise
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
        msg = f"The folder {path} holds no CSV file, no workbook and no census file."
        raise ExtractProblem(msg)
    return files


def _is_data(file: Path) -> bool:
    return file.is_file() and not file.name.startswith((".", "~")) and file.suffix.lower() in _IN_FOLDERS


def _sheets(file: Path, codes: Codes, folder: Path) -> list[Sheet]:
    with file.open("rb") as content:
        start = content.read(_START)
    if not start:
        msg = f"{file.name} is empty. A table without rows still needs its headings."
        raise ExtractProblem(msg)
    refuse_other_kinds(file, start)
    if start.startswith((ZIP, OLD_OFFICE_FILE)):
        return _workbook_sheets(file, codes)
    if cin_census.is_xml(start):
        return cin_census.read(file, _digest(file), codes, folder)
    return [csv_sheet(file)]


def _workbook_sheets(file: Path, codes: Codes) -> list[Sheet]:
    tables, digest = tables_of(file), _digest(file)
    if not annex_a.is_annex_a(tables):
        return native_sheets(file, digest, tables)
    manifests = [(name, frame) for name, frame in tables if names_manifest(name)]
    return [
        *(native_sheets(file, digest, manifests) if manifests else []),
        *annex_a.read(file, digest, tables, codes),
    ]


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
