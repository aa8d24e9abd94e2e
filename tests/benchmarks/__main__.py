"""`make bench`: loading, the weekly load and the board's read, by size and engine, on this machine.

    python -m tests.benchmarks [--referrals N]... [--rows N]... [--engine sqlite|postgresql]... [--folder FOLDER]

A size is the sample council so many times over, each copy with teams, staff and families of its own, in the tables
that the measures read. After the sizes come single extracts of so many rows, in each native form. Extracts are made
once and kept in FOLDER. Each load runs in a process of its own, so that its peak memory can be told apart. Times of
reads are medians in one process, after a first read that is not counted.
"""

import argparse
import contextlib
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import polars as pl
import sqlalchemy as sa

from data_access.database.opening import connect, reading
from data_access.database.schema.loads import LOADED_EXTRACTS
from data_access.measures import MEASURES
from data_access.queries import breakdown, cases, headline, series
from data_access.scope import Scope
from sample_data import story
from tests.benchmarks.loads import database, extracts, load, show
from tests.benchmarks.one_extract import one_extract

READS = 21
WEEK = timedelta(days=7)


def main() -> None:
    """Measure every size on every engine and print a line for each."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("--referrals", type=int, action="append", help="a size; 8500 and 100000 by default")
    parser.add_argument("--rows", type=int, action="append", help="rows of a single extract; 1000000 by default")
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], action="append")
    parser.add_argument("--folder", type=Path, help="where extracts are kept; a temporary folder by default")
    asked = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = asked.folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="safe-bench-")))
        show("size", "engine", "rows", "load s", "rows/s", "peak MB", "weekly rows", "weekly s", "board ms",
             "series ms", "teams ms", "cases ms")  # fmt: skip
        for size in asked.referrals or [story.REFERRALS, 100_000]:
            history, week = extracts(folder, size)
            for engine in asked.engine or ["sqlite", "postgresql"]:
                with database(engine, folder) as url:
                    show(f"{size:,}", engine, *measured(url, history, week))
        show("extract of", "form", "engine", "rows", "load s", "rows/s", "peak MB")
        for rows in asked.rows or [1_000_000]:
            for form, extract in one_extract(folder, rows).items():
                for engine in asked.engine or ["sqlite", "postgresql"]:
                    with database(engine, folder) as url:
                        done = load(url, extract)
                    show(f"{rows:,}", form, engine, *done.told())


def measured(url: str, history: Path, week: Path) -> list[str]:
    """Load the history, read, load the week; return the figures as text."""
    first = load(url, history)
    engine = connect(url)
    with reading(engine) as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(LOADED_EXTRACTS)).scalar_one() > 0
        reads = [median_ms(read) for read in read_functions(connection)]
    engine.dispose()
    weekly = load(url, week)
    return [*first.told(), f"{weekly.rows:,}", f"{weekly.seconds:.1f}", *(f"{read:.1f}" for read in reads)]


def read_functions(connection: sa.Connection) -> list[Callable[[], object]]:
    """Return the reads to time: the board, its sparklines, 13 weeks by team, the cases of a week of one team."""
    everything, measures = Scope.everything(), list(MEASURES)
    last = story.AS_AT.date() - timedelta(days=1)
    since = last - 13 * WEEK + timedelta(days=1)

    def by_team() -> pl.DataFrame:
        return breakdown(everything, connection, "decisions_within_24_hours", first=since, last=last)

    team = by_team().get_column("team")[0]
    return [
        lambda: headline(everything, connection, measures),
        lambda: series(everything, connection, measures, first=last - 26 * WEEK),
        by_team,
        lambda: cases(
            everything, connection, "decisions_within_24_hours", first=last - timedelta(days=6), last=last, team=team
        ),
    ]


def median_ms(read: Callable[[], object]) -> float:
    """Return the median milliseconds of a read, after one that warms up."""
    read()
    times = []
    for _ in range(READS):
        began = time.perf_counter()
        read()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main()
