"""A folder to watch, deliveries to put into it, and the watcher itself, in this process or in one of its own."""

import datetime as dt
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from data_access.database.opening import connect
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.database.schema.figures import COVERAGE
from data_access.database.schema.loads import LOADED_EXTRACTS, LOADS
from data_access.loading.watching import Round, Watch
from tests.council import LOADER

ROOT = Path(__file__).parents[3]
PATIENCE = 60
"""Seconds after which a test gives up waiting; nothing here takes so long unless it hangs."""

NewDatabase = Callable[[], AbstractContextManager[str]]


def referrals(*ids: str) -> str:
    """Return a file of referrals."""
    return "referral_id,child_id,received_at,team_id\n" + "".join(
        f"{one},C{one},2010-03-01 10:00,AT1\n" for one in ids
    )


def staff(*ids: str) -> str:
    """Return a file of staff."""
    return "staff_id,from,role,fte\n" + "".join(f"{one},2010-03-01,other,1\n" for one in ids)


def manifest(*extracts: str, taken: str = "2010-03-29 07:00") -> str:
    """Return a manifest that names these extracts."""
    rows = "".join(f"{extract},{taken},2010-03-01,2010-03-28,no\n" for extract in extracts)
    return f"extract,extracted_at,covers_from,covers_to,complete\n{rows}"


class Feed:
    """A watched folder and the database that it feeds."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.url = url
        self.lines: list[str] = []
        self.warnings: list[str] = []

    def put(self, files: Mapping[str, str], under: str = ".") -> Path:
        """Write files into the folder, or into a sub-folder of it."""
        place = self.folder / under
        place.mkdir(exist_ok=True)
        for name, text in files.items():
            (place / name).write_text(text, encoding="utf-8")
        return place

    def put_week(self, name: str, *ids: str, taken: str = "2010-03-29 07:00") -> Path:
        """Write a sub-folder with referrals and their manifest."""
        return self.put({"referrals.csv": referrals(*ids), "manifest.csv": manifest("referrals", taken=taken)}, name)

    def watch(self, *, settle: float = 0, live: bool = False, url: str | None = None) -> Watch:
        """Return a watcher in this process."""
        return Watch(
            self.folder,
            url or self.url,
            LOADER,
            settle=settle,
            live=live,
            told=self.lines.append,
            warned=self.warnings.append,
        )

    def round(self, **options: Any) -> Round:
        """Let a new watcher go one round."""
        return self.watch(**options).round()

    def lies_in(self, part: str) -> list[str]:
        """Return what was set aside there, without the time stamps."""
        place = self.folder / part
        return [entry.name.partition("Z-")[2] for entry in sorted(place.iterdir())] if place.exists() else []

    def note(self, ending: str) -> str:
        """Return the only note with this ending, whatever stands beside it."""
        [found] = self.folder.rglob(f"*{ending}")
        return found.read_text(encoding="utf-8")

    def ask(self, wanted: sa.Select[Any]) -> list[Any]:
        """Return what the database says."""
        engine = connect(self.url)
        with engine.connect() as connection:
            found = list(connection.execute(wanted))
        engine.dispose()
        return found

    def standing(self) -> set[str]:
        """Return the ids of the referrals that stand."""
        return {row.referral_id for row in self.ask(sa.select(CASE_TABLES["referrals"].c.referral_id))}

    def loads(self) -> int:
        """Return how many loads there were."""
        return len(self.ask(sa.select(LOADS.c.load_id)))

    def taken(self) -> list[dt.datetime]:
        """Return when each extract was taken, in the order of the loads."""
        table = LOADED_EXTRACTS
        return [row.extracted_at for row in self.ask(sa.select(table.c.extracted_at).order_by(table.c.load_id))]

    def as_at(self) -> dt.datetime:
        """Return as at when the referrals are known."""
        [[found]] = self.ask(sa.select(COVERAGE.c.as_at).where(COVERAGE.c.extract == "referrals"))
        return found


class Process:
    """The command in a process of its own, watching every tenth of a second."""

    def __init__(self, feed: Feed, *options: str, settle: str = "0.5") -> None:
        self.feed = feed
        self.output = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed with the process
        words = ["watch", str(feed.folder), "--database", feed.url, "--every", "0.1", "--settle", settle, *options]
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from dashboard.cli import main; main()", *words],
            cwd=ROOT,
            stdout=self.output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )

    def said(self) -> str:
        """Return all that it wrote so far."""
        self.output.seek(0)
        return self.output.read()

    def until(self, words: str) -> str:
        """Wait for these words; return all that it wrote so far."""
        return wait_for(lambda: self.said() if words in self.said() else "", self.said)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait(PATIENCE)

    def end(self, number: int = signal.SIGTERM) -> int:
        """Ask it to leave; return its exit status."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def close(self) -> None:
        """Take it away."""
        if self.process.poll() is None:
            self.kill()
        self.output.close()


def wait_for(what: Callable[[], Any], otherwise: Callable[[], object]) -> Any:
    """Wait until something is so, and return it; after long patience fail with what is so instead."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := what():
            return found
        time.sleep(0.02)
    return pytest.fail(f"waited in vain; {otherwise()}")


@pytest.fixture
def feed(new_sqlite: NewDatabase, tmp_path: Path) -> Iterator[Feed]:
    """Give a folder to watch and its database."""
    folder = tmp_path / "feed"
    folder.mkdir()
    with new_sqlite() as url:
        yield Feed(folder, url)


@pytest.fixture
def start(feed: Feed) -> Iterator[Callable[..., Process]]:
    """Give what starts the command on the folder."""
    started: list[Process] = []

    def begin(*options: str, **more: str) -> Process:
        started.append(Process(feed, *options, **more))
        return started[-1]

    yield begin
    for process in started:
        process.close()
