"""Whoever decides while a load writes waits for its end, is told so, and loses nothing typed."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from data_access.database.opening import BUSY_SECONDS, connect
from data_access.database.turns import Turn
from data_access.decisions import decide
from data_access.decisions.decision import NotWrittenProblem
from tests.data_access.decisions.people import ANNA, decision, stands, stored
from tests.loading.test_at_once import PATIENCE, engine, loading, url, weeks

__all__ = ["engine", "url", "weeks"]

ROOT = Path(__file__).parents[3]
COMMAND = ("-c", "from dashboard.cli import main; main()", "decisions", "mark-event", "Snow", "--on", "2010-01-06")


def test_a_decision_waits_for_the_end_of_a_load_and_says_so(
    engine: sa.Engine, url: str, weeks: tuple[Path, Path]
) -> None:
    """The load goes on only when the decision has waited for longer than a statement waits for a lock."""
    people, told = connect(url), threading.Event()
    lines: list[str] = []

    def tell(line: str) -> None:
        lines.append(line)
        told.set()

    with loading(url, weeks[1], wait_at="Writing staff") as load:
        load.until("Writing staff")
        writer = threading.Thread(
            target=decide, args=(ANNA, people, decision("event")), kwargs={"turn": Turn(PATIENCE, tell)}
        )
        writer.start()
        assert told.wait(PATIENCE)
        writer.join(BUSY_SECONDS + 1)
        assert writer.is_alive()
        assert stored(engine) == []
        load.go_on()
        assert load.until("LOADED") == "LOADED 2"
        writer.join(PATIENCE)
    assert lines == ["A load is running; waiting for its end (2 minutes at most; Ctrl+C gives up) …"]
    assert set(stands(people, "event")) == {"event-1"}
    people.dispose()


def test_a_decision_that_gives_up_carries_what_was_typed(
    engine: sa.Engine, url: str, weeks: tuple[Path, Path]
) -> None:
    people, wanted = connect(url), decision("target")
    with loading(url, weeks[1], wait_at="Writing staff") as load:
        load.until("Writing staff")
        with pytest.raises(NotWrittenProblem, match="another load is writing to it") as told:
            decide(ANNA, people, wanted, turn=Turn(1))
        load.go_on()
        assert load.until("LOADED") == "LOADED 2"
    assert told.value.decision is wanted
    assert decide(ANNA, people, told.value.decision).revision == 1
    people.dispose()


def test_the_command_waits_tells_and_can_be_interrupted(
    engine: sa.Engine, url: str, weeks: tuple[Path, Path]
) -> None:
    environment = {**os.environ, "SAFE_DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
    with loading(url, weeks[1], wait_at="Writing staff") as load:
        load.until("Writing staff")
        command = subprocess.Popen(
            [sys.executable, *COMMAND, "--reason", "Closed"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert command.stderr is not None
        assert "A load is running; waiting for its end (30 minutes at most" in command.stderr.readline()
        command.send_signal(signal.SIGINT)
        _, said = command.communicate(timeout=PATIENCE)
        load.go_on()
        assert load.until("LOADED") == "LOADED 2"
    assert command.returncode == 1
    assert "not written: event (new)\n    label: Snow\n    happened_on: 2010-01-06\n    reason: Closed\n" in said
    assert "Given up; nothing was changed." in said
    assert stored(engine) == []
