"""The command in a process of its own: slow copies, kills, restarts, signals, two at once."""

import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from data_access.database.opening import connect, writing
from tests.loading.handing_over import assert_rollup_is_the_cohort
from tests.loading.watching.conftest import Feed, Process, manifest, referrals, staff, wait_for

Start = Callable[..., Process]

MANY = [f"R{number}" for number in range(200)]


def write_slowly(file: Path, text: str, *, pauses: int) -> None:
    """Write a file in pieces that end in the middle of rows, with pauses in between."""
    size = len(text) // pauses + 1
    with file.open("a", encoding="utf-8") as growing:
        for begins in range(0, len(text), size):
            growing.write(text[begins : begins + size])
            growing.flush()
            time.sleep(0.2)


@pytest.mark.soak
def test_files_that_are_still_written_are_not_touched(feed: Feed, start: Start) -> None:
    process = start()
    process.until("Watching")
    week = feed.folder / "week"
    week.mkdir()
    (week / "manifest.csv").write_text(manifest("referrals", "staff"), encoding="utf-8")
    write_slowly(week / "referrals.csv", referrals(*MANY), pauses=6)
    write_slowly(week / "staff.csv.part", staff("S1"), pauses=4)
    assert "load" not in process.said()
    assert week.exists()
    (week / "staff.csv.part").rename(week / "staff.csv")
    assert "200 new" not in process.said()
    assert f"rows {len(MANY) + 1} new" in process.until("week: load 1 of referrals, staff")
    assert feed.standing() == set(MANY)
    assert process.end() == 0


def test_refused_ones_lie_aside_with_the_reason_while_others_are_loaded(feed: Feed, start: Start) -> None:
    process = start()
    feed.put({"picture.xlsx": "\x89PNG"})
    feed.put_week("good", "R1")
    process.until("good: load 1")
    process.until("picture.xlsx refused")
    assert feed.lies_in("refused") == ["picture.xlsx", "picture.xlsx.reason.txt"]
    assert "picture.xlsx" in feed.note(".reason.txt")
    assert "Traceback" not in process.said()


@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.soak)])
def test_a_watcher_that_is_asked_to_leave_finishes_its_load(number: int, feed: Feed, start: Start) -> None:
    engine = connect(feed.url)
    feed.put_week("week", *MANY)
    with writing(engine):
        process = start(settle="0")
        # soon after it stands in the load, at the lock that we hold
        wait_until_it_watches(feed, process)
        time.sleep(1)
        process.process.send_signal(number)
        time.sleep(0.3)
        assert process.process.poll() is None
    assert process.process.wait(60) == 0
    assert "week: load 1 of referrals: rows 200 new" in process.said()
    assert feed.lies_in("loaded") == ["week"]
    engine.dispose()


def test_a_second_watcher_is_turned_away_and_a_dead_one_succeeded(feed: Feed, start: Start) -> None:
    first = start()
    first.until("Watching")
    second = start()
    assert second.process.wait(60) == 1
    assert f"is watched already, by process {first.process.pid} on" in second.said()
    first.kill()
    feed.put_week("week", "R1")
    start().until("week: load 1")


AT_WORK = 1.5
"""Seconds within which a watcher is killed once it watches: about as long as it takes to load a delivery."""


def start_and_kill(feed: Feed, start: Start, chance: random.Random, within: float) -> None:
    """Start a watcher, and kill it at some moment of so many seconds of its work."""
    process = start(settle="0")
    wait_until_it_watches(feed, process)
    time.sleep(chance.random() * within)
    process.kill()


def wait_until_it_watches(feed: Feed, process: Process) -> None:
    """Wait until the process holds the folder's lock."""
    file = feed.folder / ".safe-watch" / "watcher.txt"
    wait_for(lambda: file.exists() and f"process {process.process.pid} on" in file.read_text(), process.said)


def hold_that_all_are_loaded_once(feed: Feed, start: Start, deliveries: int, seed: int) -> None:
    """Feed deliveries to watchers that are killed all the time; each must be loaded, once."""
    chance = random.Random(seed)  # noqa: S311 - moments to kill at
    expected: set[str] = set()
    for number in range(deliveries):
        ids = {f"R{number}-{row}" for row in range(20)}
        expected |= ids
        taken = f"2010-03-{number + 1:02} 07:00"
        if number % 2:
            feed.put_week(f"week {number}", *sorted(ids), taken=taken)
        else:
            within = AT_WORK
            while list(feed.folder.glob("*.csv")):
                start_and_kill(feed, start, chance, within)
                within *= 1.5  # until it comes through, on a slow machine too
            feed.put({"referrals.csv": referrals(*sorted(ids)), "manifest.csv": manifest("referrals", taken=taken)})
        start_and_kill(feed, start, chance, AT_WORK)
    last = start(settle="0")
    last.until("Watching")
    wait_for(lambda: {entry.name for entry in feed.folder.iterdir()} == {".safe-watch", "loaded"}, last.said)
    wait_for(lambda: not list((feed.folder / ".safe-watch").glob("*.json")), last.said)
    assert last.end() == 0
    assert feed.standing() == expected
    assert (feed.loads(), len(feed.taken())) == (deliveries, deliveries)
    files = [file for file in (feed.folder / "loaded").rglob("*.csv") if file.stem == "referrals"]
    assert sorted(file.read_text(encoding="utf-8") for file in files) == sorted(
        referrals(*sorted(f"R{number}-{row}" for row in range(20))) for number in range(deliveries)
    )
    engine = connect(feed.url)
    assert_rollup_is_the_cohort(engine)
    engine.dispose()


@pytest.mark.soak
def test_deliveries_to_watchers_that_are_killed_are_loaded_once(feed: Feed, start: Start) -> None:
    hold_that_all_are_loaded_once(feed, start, 2, seed=1)


@pytest.mark.soak
@pytest.mark.parametrize("seed", [2, 3])
def test_deliveries_to_watchers_that_are_killed_are_loaded_once_for_long(feed: Feed, start: Start, seed: int) -> None:
    hold_that_all_are_loaded_once(feed, start, 15, seed=seed)


def test_once_loads_what_is_there_and_leaves(feed: Feed, start: Start) -> None:
    feed.put_week("week", "R1")
    feed.put({"staff.csv": staff("S1")})
    process = start("--once")
    assert process.process.wait(60) == 0
    assert "week: load 1" in process.said()
    assert "staff.csv is left for the next time: no manifest.csv beside it names staff yet" in process.said()
    feed.put({"manifest.csv": "extract\nstaff\n"})
    process = start("--once")
    assert process.process.wait(60) == 1
    assert "manifest.csv refused" in process.said()


def test_once_says_by_its_exit_status_that_the_database_was_away(feed: Feed, start: Start) -> None:
    feed.put_week("week", "R1")
    process = start("--once", "--database", "postgresql://safe@127.0.0.1:1/safe")
    assert process.process.wait(60) == 1
    assert "can't be reached" in process.said()
    assert "Traceback" not in process.said()


@pytest.mark.soak
def test_a_wrong_folder_or_address_is_told_plainly(feed: Feed, start: Start, tmp_path: Path) -> None:
    process = start("--database", "nonsense")
    assert process.process.wait(60) == 1
    assert "is not a database address" in process.said()
    feed.folder.rename(tmp_path / "gone")
    process = start()
    assert process.process.wait(60) == 2
    assert "does not exist" in process.said()
