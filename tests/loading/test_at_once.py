"""Loads beside readers, beside each other, and killed in their midst: always the old state or the new, whole."""

import csv
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from data_access.database.opening import connect, reading, sqlite_file, writing
from data_access.database.turns import Turn
from data_access.loading import load_extracts
from data_access.problems import DatabaseProblem
from tests.council import LOADER
from tests.loading.handing_over import Tables, all_rows, assert_rollup_is_the_cohort, everything

POSTGRESQL_IN_SOAK = True

NewDatabase = Callable[[], AbstractContextManager[str]]

COUNCIL = Path(__file__).parents[2] / "sample_data" / "council"
TABLES = ("teams", "referrals", "contacts", "assessments", "cafs", "staff", "absences", "child_merges")
PATIENCE = 60
"""Seconds after which a test gives up waiting; nothing here takes so long unless it hangs."""


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give two loads from the sample council: the first with a twentieth of its rows, the second with a tenth."""
    folders = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    for step, day, folder in zip((20, 10), ("2010-03-28", "2010-03-29"), folders, strict=True):
        for name in TABLES:
            lines = (COUNCIL / f"{name}.csv").read_text(encoding="utf-8").splitlines(keepends=True)
            (folder / f"{name}.csv").write_text("".join([lines[0], *lines[1::step]]), encoding="utf-8")
        with (COUNCIL / "manifest.csv").open(encoding="utf-8", newline="") as file:
            lines_of_manifest = list(csv.DictReader(file))
        with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, lines_of_manifest[0])
            writer.writeheader()
            for line in lines_of_manifest:
                if line["extract"] in TABLES:
                    writer.writerow(line | {"extracted_at": f"{day} 23:00", "complete": "no"})
    return folders


class Loading:
    """A load in a process of its own; its steps can be waited for."""

    def __init__(self, url: str, folder: Path, *, wait_at: str, staging: str) -> None:
        environment = {**os.environ, "WAIT_AT": wait_at, "TMPDIR": staging}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.loading.interrupted", url, str(folder)],
            cwd=Path(__file__).parents[2],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.told: queue.Queue[str] = queue.Queue()
        self.listener = threading.Thread(target=self._listen)
        self.listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.told.put(line.strip())
        self.told.put("(ended)")

    def until(self, *words: str) -> str:
        """Wait for a line that begins with some of these words; return it, or `(ended)`."""
        while True:
            told = self.told.get(timeout=PATIENCE)
            if told.startswith((*words, "(ended)")):
                return told

    def go_on(self) -> None:
        """Let a load that waits go on."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        """End the process as a power cut would."""
        self.process.send_signal(signal.SIGKILL)

    def close(self) -> None:
        """Wait for the end and close the pipes."""
        if self.process.poll() is None and self.process.stdin is not None:
            self.process.stdin.close()
        self.process.wait(PATIENCE)
        self.listener.join(PATIENCE)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


@contextmanager
def loading(url: str, folder: Path, *, wait_at: str = "") -> Iterator[Loading]:
    with tempfile.TemporaryDirectory(prefix="safe-test-") as staging:
        made = Loading(url, folder, wait_at=wait_at, staging=staging)
        try:
            yield made
        finally:
            made.close()


@pytest.fixture
def url(new_database: NewDatabase) -> Iterator[str]:
    with new_database() as made:
        yield made


@pytest.fixture
def engine(url: str, weeks: tuple[Path, Path]) -> Iterator[sa.Engine]:
    """Give the database with the first load in it."""
    made = connect(url)
    load_extracts(made, LOADER, [weeks[0]])
    yield made
    made.dispose()


def wait_until_free(engine: sa.Engine) -> None:
    """Wait until the server has noticed that a killed process is gone, and lets others write."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with writing(engine, Turn(PATIENCE)):
                return
        except DatabaseProblem:
            if time.monotonic() > until:
                raise


def test_a_reader_sees_the_old_state_until_the_new_one_is_whole(
    engine: sa.Engine, url: str, weeks: tuple[Path, Path]
) -> None:
    old = everything(engine)
    with loading(url, weeks[1], wait_at="Working out the measures again") as load, reading(engine) as long_read:
        assert all_rows(long_read) == old
        load.until("Writing referrals")
        assert everything(engine) == old
        load.until("Working out the measures again")
        assert everything(engine) == old
        load.go_on()
        assert load.until("LOADED").startswith("LOADED")
        assert all_rows(long_read) == old
    new = everything(engine)
    assert new != old
    assert len(new["loads"]) == len(old["loads"]) + 1
    assert_rollup_is_the_cohort(engine)


@pytest.mark.soak
def test_of_two_loads_at_once_the_second_waits(
    engine: sa.Engine, url: str, weeks: tuple[Path, Path], tmp_path: Path
) -> None:
    staff = shutil.copytree(
        weeks[1], tmp_path / "staff", ignore=lambda _, names: {*names} - {"staff.csv", "manifest.csv"}
    )
    (staff / "staff.csv").write_text("staff_id,from,role,fte\nS1,2010-01-01,other,1\n", encoding="utf-8")
    with loading(url, weeks[1], wait_at="Writing staff") as first:
        first.until("Writing staff")
        with loading(url, staff) as second:
            second.until("Reading staff")
            first.go_on()
            assert first.until("LOADED") == "LOADED 2"
            assert second.until("LOADED", "PROBLEM") == "LOADED 3"
    assert load_extracts(engine, LOADER, [staff]).known_already == ("staff.csv",)
    assert_rollup_is_the_cohort(engine)


@pytest.mark.soak
def test_the_same_file_loaded_twice_at_once_is_loaded_once(
    engine: sa.Engine, url: str, weeks: tuple[Path, Path]
) -> None:
    with loading(url, weeks[1], wait_at="Writing staff") as first:
        first.until("Writing staff")
        with loading(url, weeks[1]) as second:
            second.until("Reading teams")
            first.go_on()
            assert first.until("LOADED") == "LOADED 2"
            assert second.until("LOADED", "PROBLEM") == "LOADED None"
    assert load_extracts(engine, LOADER, [weeks[1]]).loaded == ()
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM loads")).scalar() == 2
    assert_rollup_is_the_cohort(engine)


STEPS = (
    "Reading referrals",
    "Working out the measures as",
    "Writing contacts",
    "Working out the measures again",
)


def killed_at(step: str, delay: float, engine: sa.Engine, url: str, folder: Path) -> Tables:
    """Kill a load a moment after a step began; return what is left."""
    with loading(url, folder) as load:
        assert load.until(step).startswith(step)
        time.sleep(delay)
        load.kill()
    left = everything(engine, clock=False)
    wait_until_free(engine)
    return left


def test_a_killed_load_leaves_the_old_state_and_the_next_one_works(
    engine: sa.Engine, url: str, weeks: tuple[Path, Path], second_state: Tables
) -> None:
    old = everything(engine, clock=False)
    for step in STEPS:
        assert killed_at(step, 0.01, engine, url, weeks[1]) in (old, second_state)
    load_extracts(engine, LOADER, [weeks[1]])
    assert everything(engine, clock=False) == second_state
    assert_rollup_is_the_cohort(engine)


@pytest.mark.soak
def test_a_load_killed_when_it_is_done_leaves_the_new_state(
    engine: sa.Engine, url: str, weeks: tuple[Path, Path], second_state: Tables
) -> None:
    assert killed_at("Done", 0, engine, url, weeks[1]) == second_state
    assert_rollup_is_the_cohort(engine)
    assert load_extracts(engine, LOADER, [weeks[1]]).loaded == ()


@pytest.mark.soak
@pytest.mark.parametrize("step", ["Reading teams", *STEPS])
def test_a_load_killed_at_any_moment_leaves_the_old_state_or_the_new(
    step: str, engine: sa.Engine, url: str, weeks: tuple[Path, Path], second_state: Tables
) -> None:
    """Kill one load after another, each a moment later, until one has come through."""
    old = everything(engine, clock=False)
    assert_rollup_is_the_cohort(engine)
    for moments in range(10):
        left = killed_at(step, moments / 12, engine, url, weeks[1])
        assert left in (old, second_state)
        if left == second_state:
            break
    report = load_extracts(engine, LOADER, [weeks[1]])
    assert (report.load_id is None) == (left == second_state)
    assert everything(engine, clock=False) == second_state
    assert_rollup_is_the_cohort(engine)


@pytest.fixture(scope="module")
def second_state(new_database: NewDatabase, weeks: tuple[Path, Path]) -> Tables:
    """Give all tables as they are after both loads, neither of them disturbed."""
    with new_database() as url:
        undisturbed = connect(url)
        for folder in weeks:
            load_extracts(undisturbed, LOADER, [folder])
        found = everything(undisturbed, clock=False)
        undisturbed.dispose()
    return found


def test_a_killed_load_leaves_a_sound_file(new_sqlite: NewDatabase, weeks: tuple[Path, Path]) -> None:
    with new_sqlite() as url:
        with loading(url, weeks[0]) as load:
            load.until("Writing")
            load.kill()
        engine = connect(url)
        assert sqlite_file(engine) is not None
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        engine.dispose()
