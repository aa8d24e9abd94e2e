"""A sign-off that is killed in the middle leaves nothing of it, and the week can be signed off again."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
import sqlalchemy as sa

from data_access import audit
from data_access.database.opening import connect, reading
from data_access.signed_weeks.verifying import differences
from tests.council import ROOT
from tests.data_access.decisions.people import BEN
from tests.data_access.signed_weeks.weeks import kept, sign, version
from tests.loading.test_at_once import wait_until_free

POSTGRESQL_IN_SOAK = True
LAST_WRITTEN = "facts"
OTHERS = ("signed_weeks", "signed_measures", "audit_events")


def killed_before(url: str, table: str) -> None:
    """Sign off in a process of its own, killed when it is about to write a table."""
    command = [sys.executable, "-m", "tests.data_access.signed_weeks.killed", url, table]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "HELD\n"
        process.kill()


def assert_old_or_new(engine: sa.Engine, before: int) -> None:
    """Hold the database to the state before, and sign the week off once more."""
    wait_until_free(engine)
    assert (kept(engine), version(engine)) == ([[], []], before)
    sign(engine)
    with reading(engine) as connection:
        assert differences(connection) == []
        assert audit.verify(BEN, connection).wrong == ()


@pytest.mark.parametrize("table", [LAST_WRITTEN, *(pytest.param(name, marks=pytest.mark.soak) for name in OTHERS)])
def test_a_kill_leaves_the_old_state(new_database: Callable[[], AbstractContextManager[str]], table: str) -> None:
    with new_database() as url:
        engine = connect(url)
        before = version(engine)
        killed_before(url, table)
        assert_old_or_new(engine, before)
        engine.dispose()
