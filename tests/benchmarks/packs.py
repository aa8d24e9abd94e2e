"""How long each pack of the sample council takes, and how large its files are.

    python -m tests.benchmarks.packs [--meeting ID]...

Each file is made by the program's own command, in a process of its own, from its start to its end.
"""

import argparse
import subprocess
import tempfile
import time
from pathlib import Path

from dashboard.packs.formats import FORMATS
from dashboard.packs.meetings import meetings
from tests.benchmarks.loads import show
from tests.benchmarks.sizes import first_team
from tests.browser.browsing import command_line
from tests.council import make_council


def main() -> None:
    """Measure every meeting's pack in every format and print a line for each."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.packs")
    parser.add_argument("--meeting", action="append", help="a meeting; all by default")
    asked = parser.parse_args().meeting
    show("pack", "format", "seconds", "MB")
    with tempfile.TemporaryDirectory(prefix="safe-bench-") as scratch:
        database = make_council(Path(scratch))
        for meeting in meetings(None).values():
            if asked is None or meeting.id in asked:
                team = ["--team", first_team(database)] if meeting.of_team else []
                for form in FORMATS:
                    folder = Path(scratch) / meeting.id / form
                    told = ["--format", form, "--output", str(folder), "--database", database]
                    began = time.perf_counter()
                    subprocess.run(command_line("pack", meeting.id, *team, *told), check=True, capture_output=True)
                    seconds = time.perf_counter() - began
                    size = sum(file.stat().st_size for file in folder.iterdir())
                    show(meeting.id, form, f"{seconds:.1f}", f"{size / 1e6:.2f}")


if __name__ == "__main__":
    main()
