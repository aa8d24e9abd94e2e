"""Loads to measure: extracts of a size, an empty database, and what a load costs in a process of its own."""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sample_data import story
from sample_data.generate import write_extracts
from tests.benchmarks.many_councils import changes_only, correct, multiply
from tests.servers import postgresql_server

LOAD = """
import os, re, sys, time
from pathlib import Path
from data_access.loading import load_extracts
from data_access.up_to_date import up_to_date
from tests.council import LOADER
engine = up_to_date(sys.argv[1])
began, busy = time.perf_counter(), time.process_time()
report = load_extracts(engine, LOADER, [Path(sys.argv[2])])
took, busy = time.perf_counter() - began, time.process_time() - busy
# not ru_maxrss, which begins with what the starting process held
peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
print(sum(one.read for one in report.loaded), took, busy, peak)
"""


@dataclass(frozen=True)
class Load:
    """What a load cost: rows read, seconds from file to commit, processor seconds of its own, peak memory in MB."""

    rows: int
    seconds: float
    busy: float
    peak: float

    def told(self) -> list[str]:
        """Return rows, seconds, rows a second and peak memory as text."""
        return [f"{self.rows:,}", f"{self.seconds:.1f}", f"{self.rows / self.seconds:,.0f}", f"{self.peak:.0f}"]


def load(url: str, folder: Path) -> Load:
    """Load a folder in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", LOAD, url, str(folder)], capture_output=True, text=True, check=True, env=os.environ
    )
    rows, *figures = done.stdout.split()
    return Load(int(rows), *(float(figure) for figure in figures))


def extracts(folder: Path, size: int) -> tuple[Path, Path]:
    """Return the folders of the history and of the week after it, made where they are not there yet."""
    history, week = folder / f"{size}-history", folder / f"{size}-week"
    if not week.exists():
        _one_council(folder)
        multiply(folder / "history", history, round(size / story.REFERRALS))
        multiply(folder / "week", week, round(size / story.REFERRALS))
    return history, week


def small_delivery(folder: Path) -> Path:
    """Return the folder of one council's week, as changes only, so that it leaves all other councils alone."""
    week = folder / "small-delivery"
    if not week.exists():
        _one_council(folder)
        multiply(folder / "week", week, 1)
        changes_only(week)
    return week


def corrections(folder: Path) -> Path:
    """Return the folder of corrections to the small delivery, which begin no new week."""
    corrected = folder / "corrections"
    if not corrected.exists():
        correct(small_delivery(folder), corrected)
    return corrected


def _one_council(folder: Path) -> None:
    if not (folder / "week").exists():
        later: datetime = story.AS_AT + timedelta(days=7)
        write_extracts(folder / "history", as_at=story.AS_AT, covers_from=story.BEGINS)
        write_extracts(folder / "week", as_at=later, covers_from=story.AS_AT.date())


@contextlib.contextmanager
def database(engine: str, folder: Path) -> Iterator[str]:
    """Yield the address of an empty database, and take it away again."""
    if engine == "sqlite":
        with tempfile.TemporaryDirectory(dir=folder) as place:
            yield f"sqlite:///{place}/safe.db"
    else:
        with postgresql_server() as server:
            yield server.url("postgres")


def show(*cells: str) -> None:
    """Print a line of a table."""
    print("  ".join(cell.rjust(11) for cell in cells), flush=True)  # noqa: T201 - the result
