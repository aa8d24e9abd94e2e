"""What loads cost against what stands already: the same small delivery, and a first load, by size and engine.

    python -m tests.benchmarks.growth [--referrals N]... [--engine sqlite|postgresql]... [--folder FOLDER]

The small delivery is one council's week, as changes only, on databases of so many councils. Processor seconds are the
program's own, without those of a PostgreSQL server; they hang less on what else the machine does than seconds do.
"""

import argparse
import contextlib
import tempfile
from pathlib import Path

from sample_data import story
from tests.benchmarks.loads import database, extracts, load, show, small_delivery


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
        delivery = small_delivery(folder)
        show("referrals", "engine", "first rows", "load s", "rows/s", "peak MB", "processor s", "small rows",
             "load s", "processor s", "peak MB")  # fmt: skip
        for size in asked.referrals or [story.REFERRALS, 100_000]:
            history, _ = extracts(folder, size)
            for engine in asked.engine or ["sqlite"]:
                with database(engine, folder) as url:
                    first, small = load(url, history), load(url, delivery)
                    show(f"{size:,}", engine, *first.told(), f"{first.busy:.1f}", f"{small.rows:,}",
                         f"{small.seconds:.1f}", f"{small.busy:.1f}", f"{small.peak:.0f}")  # fmt: skip


if __name__ == "__main__":
    main()
