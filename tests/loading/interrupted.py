"""A load in a process of its own, which tells its steps and so can be stopped or killed at any of them.

Use: python -m tests.loading.interrupted URL FOLDER. Every step is written as a line; where the environment variable
WAIT_AT holds a step's words, the process waits there for a line on its standard input.
"""

import os
import sys
from pathlib import Path

from data_access.database.opening import connect
from data_access.loading import load_extracts
from data_access.problems import Problem
from tests.council import LOADER


def main() -> int:
    url, folder = sys.argv[1:]
    wait_at = os.environ.get("WAIT_AT")

    def tell(what: str, step: int, steps: int) -> None:
        sys.stdout.write(f"{what}\n")
        sys.stdout.flush()
        if wait_at and what.startswith(wait_at):
            sys.stdin.readline()

    try:
        report = load_extracts(connect(url), LOADER, [Path(folder)], progress=tell)
    except Problem as problem:
        sys.stdout.write(f"PROBLEM {problem}\n")
        return 1
    sys.stdout.write(f"LOADED {report.load_id}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
