"""What loads cost against what stands already: the same small delivery, and a first load, by size and engine.

    python -m tests.benchmarks.growth [--referrals N]... [--engine sqlite|postgresql]... [--folder FOLDER]

The small delivery is one council's week, as changes only, on databases of so many councils; it begins a week for all
of them. Corrections to it, afterwards, begin none. Processor seconds are the program's own, without those of a
PostgreSQL server; they hang less on what else the machine does than seconds do.
"""

import argparse
import contextlib
import tempfile
from pathlib import Path

from sample_data import story
from tests.benchmarks.loads import Load, corrections, database, extracts, load, show, small_delivery


def main() -> None:
    """Measure every size on every engine and print a line for each."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.growth")
    parser.add_argument("--referrals", type=int, action="append", help="a size; 8500 and 100000 by default")
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], action="append", help="sqlite by default")
    parser.add_argument("--folder", type=Path, help="where extracts are kept; a temporary folder by default")
    asked = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = asked.folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="safe-bench-")))
        folder.mkdir(exist_ok=True)
        small = small_delivery(folder), corrections(folder)
        show("referrals", "engine", "first rows", "load s", "rows/s", "peak MB", "processor s",
             *(told for name in ("small rows", "corrections") for told in (name, "load s", "processor s", "peak MB"))
             )  # fmt: skip
        for size in asked.referrals or [story.REFERRALS, 100_000]:
            history, _ = extracts(folder, size)
            for engine in asked.engine or ["sqlite"]:
                with database(engine, folder) as url:
                    first = load(url, history)
                    after = [cell for delivery in small for cell in told(load(url, delivery))]
                    show(f"{size:,}", engine, *first.told(), f"{first.busy:.1f}", *after)


def told(small: Load) -> list[str]:
    """Return rows, seconds, processor seconds and peak memory of a small load as text."""
    return [f"{small.rows:,}", f"{small.seconds:.2f}", f"{small.busy:.2f}", f"{small.peak:.0f}"]


if __name__ == "__main__":
    main()
