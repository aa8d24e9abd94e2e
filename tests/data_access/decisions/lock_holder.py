"""Another program that writes for as long as it is let: python -m tests.data_access.decisions.lock_holder URL.

It says HELD on standard output and ends with a line on standard input.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data_access.database.opening import connect, writing

ROOT = Path(__file__).parents[3]


@contextmanager
def writing_elsewhere(url: str) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold the writer's lock, until it is let go or the block ends."""
    command = [sys.executable, "-m", "tests.data_access.decisions.lock_holder", url]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "HELD\n"
        yield process
        let_go(process)


def let_go(process: subprocess.Popen[str]) -> None:
    """Let the other process end its transaction."""
    if process.stdin is not None and not process.stdin.closed:
        process.communicate("\n")


def main() -> None:
    engine = connect(sys.argv[1])
    with writing(engine):
        sys.stdout.write("HELD\n")
        sys.stdout.flush()
        sys.stdin.readline()
    engine.dispose()


if __name__ == "__main__":
    main()
