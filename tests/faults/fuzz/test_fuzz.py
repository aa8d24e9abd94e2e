"""Every reader, fed spoilt files: a clean load or a plain refusal; never a trace, a hang, or memory unbounded."""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable

import pytest

from tests.faults.fuzz.readers import READERS, ROOT, TERMS, case

NewDatabase = Callable[[], contextlib.AbstractContextManager[str]]

WHOLE = 3_000
SHARE = 60
"""Of a reader's cases `make test` runs the first few, and `make soak` all the others, in parts."""
PARTS = [range(max(first, SHARE), first + 1_000) for first in range(0, WHOLE, 1_000)]


def run(reader: str, first: int, count: int, database: str, *apart: str) -> list[str]:
    """Run cases in a process of their own; return its lines."""
    with tempfile.TemporaryDirectory(prefix="safe-fuzz-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.fuzz.running", reader, str(first), str(count), database, *apart],
            cwd=ROOT,
            env={
                **os.environ,
                "POLARS_MAX_THREADS": "1",
                "ARROW_DEFAULT_MEMORY_POOL": "system",
                "TMPDIR": folder,
                "RUST_BACKTRACE": "0",
            },
            capture_output=True,
            text=True,
            check=False,
        )
    lines = done.stdout.splitlines()
    if done.returncode:
        lines.append(f"died with {done.returncode}: {done.stderr[-3_000:]}")
    return lines


def outcomes(reader: str, first: int, count: int, database: str) -> Counter[str]:
    """Run cases; return how many ended how. A workbook that ends the process must be refused when opened apart."""
    found: Counter[str] = Counter()
    last = first + count
    while first < last:
        lines = run(reader, first, last - first, database)
        faults = [line for line in lines if line.startswith("fault")]
        assert not faults, "\n".join(lines[lines.index(faults[0]) :][:80])
        found.update(line for line in lines if line in ("loaded", "staged", "refused"))
        if not lines[-1].startswith("died"):
            break
        reached = int(next(line for line in reversed(lines) if line.startswith("case")).removeprefix("case "))
        again = run(reader, reached, 1, database, "apart")
        assert again[-1] in ("loaded", "staged", "refused"), f"{reader} {reached}: {lines[-1]}\n{again}"
        found["ended its process"] += 1
        first = reached + 1
    return found


def hold_readable(reader: str, cases: range, new_sqlite: NewDatabase) -> None:
    with new_sqlite() as url:
        found = outcomes(reader, cases.start, len(cases), url)
    assert found.total() == len(cases)
    # were nearly all refused at the door, or nearly none, the cases would try too little
    assert found["refused"] > len(cases) / 20
    assert found["staged"] > len(cases) / 20
    assert found["ended its process"] < len(cases) / 20


@pytest.mark.parametrize("reader", READERS)
def test_a_spoilt_file_is_loaded_or_plainly_refused(reader: str, new_sqlite: NewDatabase) -> None:
    hold_readable(reader, range(SHARE), new_sqlite)


@pytest.mark.soak
@pytest.mark.parametrize("cases", PARTS, ids=str)
@pytest.mark.parametrize("reader", READERS)
def test_any_spoilt_file_is_loaded_or_plainly_refused(reader: str, cases: range, new_sqlite: NewDatabase) -> None:
    hold_readable(reader, cases, new_sqlite)


@pytest.mark.parametrize("reader", READERS)
def test_a_case_is_the_same_each_time(reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = [case(reader, number) for number in range(120)]
    assert {name for name, _, _ in first} == {sound.name for sound in READERS[reader]()}
    assert len({content for _, content, _ in first}) > 40
    assert {terms for _, _, terms in first} <= {TERMS, None}
    READERS[reader].cache_clear()
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)  # at another time too
    assert [case(reader, number) for number in range(120)] == first


def test_a_fault_is_found(new_sqlite: NewDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    with new_sqlite() as url:
        monkeypatch.setenv("PYTHONOPTIMIZE", "0")
        [lines] = [run("no such reader", 0, 1, url)]
    assert any(line.startswith("fault no such reader 0: KeyError") for line in lines)
