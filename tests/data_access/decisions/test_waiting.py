"""Whoever decides while another program writes waits for its end, is told so, and loses nothing typed."""

import os
import signal
import subprocess
import sys
import threading

import pytest
import sqlalchemy as sa

from data_access.database.opening import BUSY_SECONDS
from data_access.database.turns import Turn
from data_access.decisions import decide
from data_access.decisions.decision import NotWrittenProblem
from tests.data_access.decisions.lock_holder import ROOT, let_go, writing_elsewhere
from tests.data_access.decisions.people import ANNA, decision, stands, stored

POSTGRESQL_IN_SOAK = True
PATIENCE = 120
"""Seconds after which a test gives up waiting; nothing here takes so long unless it hangs."""
COMMAND = (
    *("-c", "from dashboard.cli import main; main()", "decisions", "mark-event", "Snow", "--on", "2010-01-06"),
    *("--reason", "Closed"),
)


@pytest.fixture
def url(database: sa.Engine) -> str:
    return database.url.render_as_string(hide_password=False)


def test_a_decision_waits_for_the_end_of_a_load_and_says_so(database: sa.Engine, url: str) -> None:
    """The other goes on only when the decision has waited for longer than a statement waits for a lock."""
    told, lines = threading.Event(), []

    def tell(line: str) -> None:
        lines.append(line)
        told.set()

    def wait() -> None:
        decide(ANNA, database, decision("event"), turn=Turn(PATIENCE, tell))

    with writing_elsewhere(url) as other:
        writer = threading.Thread(target=wait)
        writer.start()
        assert told.wait(PATIENCE)
        writer.join(BUSY_SECONDS + 1)
        assert writer.is_alive()
        assert stored(database) == []
        let_go(other)
        writer.join(PATIENCE)
    assert lines == ["A load is running; waiting for its end, 2 minutes at most …"]
    assert set(stands(database, "event")) == {"event-1"}


def test_a_decision_that_gives_up_carries_what_was_typed(database: sa.Engine, url: str) -> None:
    wanted = decision("target")
    with (
        writing_elsewhere(url),
        pytest.raises(NotWrittenProblem, match=r"another load is writing to it.*\(Waited for 1 second\.\)") as told,
    ):
        decide(ANNA, database, wanted, turn=Turn(1))
    assert told.value.decision is wanted
    assert decide(ANNA, database, told.value.decision).revision == 1


def test_what_can_t_be_is_refused_without_waiting(database: sa.Engine, url: str) -> None:
    with writing_elsewhere(url), pytest.raises(Exception, match="at most 100%"):
        decide(ANNA, database, decision("target", value="120%"))


def test_the_command_waits_tells_and_can_be_interrupted(database: sa.Engine, url: str) -> None:
    environment = {**os.environ, "SAFE_DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
    with writing_elsewhere(url):
        command = subprocess.Popen(
            [sys.executable, *COMMAND], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert command.stderr is not None
        assert (
            "A load is running; waiting for its end, 30 minutes at most … (Ctrl+C gives up)"
            in command.stderr.readline()
        )
        command.send_signal(signal.SIGINT)
        _, said = command.communicate(timeout=PATIENCE)
    assert command.returncode == 1
    assert "not written: event (new)\n    label: Snow\n    happened_on: 2010-01-06\n    reason: Closed\n" in said
    assert "Given up; nothing was changed." in said
    assert stored(database) == []
