"""Workbooks of any kind (.xlsx, .xls, .xlsb, .ods), opened as tables of plain text; and those of the native shape."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import polars as pl

from data_access.loading.delivery.disk_space import disk_full, is_full
from data_access.loading.delivery.other_kinds import OLD_OFFICE_FILE
from data_access.loading.delivery.sheet import ROW, Sheet
from data_access.loading.delivery.working_folder import working_folder
from data_access.loading.formats import opened_apart
from data_access.loading.formats.headings import checked_headings, heading_row
from data_access.loading.formats.top_rows import Tables, top_rows
from data_access.problems import ExtractProblem, Problem

_PATIENCE: Final = 60
"""Seconds for which a workbook may take to open, however small it is."""

_BYTES_PER_SECOND: Final = 200_000
"""For each so many bytes of a workbook it may take another second: many times what a million rows (100 MB) take."""


def tables_of(file: Path) -> Tables:
    """Return the sheets of a workbook; raise ExtractProblem where it can't be opened, or is too large."""
    with working_folder() as folder:
        said = _opened(file, folder)
        if "fault" in said:
            raise _unreadable(file, said["fault"])
        # held in memory, compressed, since the sheets may tell of people what never stays on the disk
        packed = [(folder / f"{number}.parquet").read_bytes() for number in range(len(said["sheets"]))]
    return [(name, pl.scan_parquet(sheet)) for name, sheet in zip(said["sheets"], packed, strict=True)]


def _opened(file: Path, folder: Path) -> dict[str, Any]:
    """Let another process open the workbook; return what it says."""
    script = [sys.executable, "-P", opened_apart.__file__, str(file.resolve()), str(folder)]
    # Arrow's own pool sets a gigabyte of the memory aside that the process is bounded to
    lean = {**os.environ, "POLARS_MAX_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}
    patience = _PATIENCE + file.stat().st_size / _BYTES_PER_SECOND
    try:
        done = subprocess.run(  # noqa: S603 - a program of ours, and no shell
            script, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=lean, timeout=patience, check=False
        )
    except subprocess.TimeoutExpired:
        return {"fault": opened_apart.TOO_LARGE}
    if done.returncode:
        # an exception ends a process with 1, memory asked for in vain with a signal
        return {"fault": "" if done.returncode in (1, -signal.SIGSEGV) else opened_apart.TOO_LARGE}
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def _unreadable(file: Path, fault: str) -> Problem:
    if is_full(fault):
        return disk_full()
    with file.open("rb") as content:
        is_old = content.read(len(OLD_OFFICE_FILE)) == OLD_OFFICE_FILE
    if fault == opened_apart.TOO_LARGE:
        return ExtractProblem(
            f"{file.name} can't be read: opened, it is larger than any extract. Look in each sheet for cells far "
            "from the others (Ctrl+End goes to the last one), delete their rows and columns, and save it. "
            "Nothing of it was loaded."
        )
    if is_old:
        return ExtractProblem(
            f"{file.name} can't be read: it is protected by a password, or damaged. "
            "Save it without a password, as .xlsx. Nothing of it was loaded."
        )
    # never in the reader's own words, which may quote cells
    return ExtractProblem(
        f"{file.name} can't be read: it is no workbook, or a damaged one. Open it in Excel and save it again as "
        ".xlsx, or make it again. Nothing of it was loaded."
    )


def native_sheets(file: Path, digest: str, tables: Tables) -> list[Sheet]:
    """Return the sheets that aren't blank; raise ExtractProblem where all are."""
    sheets = [sheet for name, table in tables if (sheet := _native_sheet(file, digest, name, table))]
    if not sheets:
        msg = f"{file.name} holds no table: every sheet is empty. A table without rows still needs its headings."
        raise ExtractProblem(msg)
    return sheets


def _native_sheet(file: Path, digest: str, name: str, table: pl.LazyFrame) -> Sheet | None:
    """Return a sheet by the row that has its headings, below titles and blank rows; None where every row is blank."""
    columns = table.collect_schema().names()
    if not columns:
        return None
    numbered = table.with_row_index(ROW, offset=1)
    filled = numbered.filter(pl.any_horizontal(pl.col(columns).is_not_null())).select(pl.col(ROW).first())
    first = filled.collect().item()
    row = None if first is None else heading_row(top_rows(table.slice(first - 1)))
    if first is None or row is None:
        return None
    index = first - 1 + row
    typed = [cell or "" for cell in table.slice(index, 1).collect().row(0)]
    names = checked_headings(f"{file.name}, sheet {name}", typed)
    below = numbered.slice(index + 1).rename(dict(zip(columns, names, strict=True)))
    shown = tuple(" ".join(heading.split()) for heading in typed)
    return Sheet(file, name, tuple(names), below, digest, from_workbook=True, typed=shown)
