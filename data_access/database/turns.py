"""Writers take turns: one that comes behind a long load waits for its end, and says so, rather than fail."""

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import sqlalchemy as sa

from data_access.problems import BusyProblem

WAIT_SECONDS: Final = 1800.0
"""How long a writer waits for its turn before it gives up."""

WAITING: Final = "A load is running; waiting for its end, {at_most} at most …"

_LOOK_EVERY: Final = 0.2
_TOLD_AFTER: Final = 1.0
_WRITER_LOCK: Final = 2009_12_10


@dataclass(frozen=True)
class Turn:
    """How a writer waits for its turn: for so many `seconds` at most; `told` gets a line once it has to wait."""

    seconds: float = WAIT_SECONDS
    told: Callable[[str], None] = field(default=lambda _line: None)

    @property
    def in_words(self) -> str:
        """Return how long it waits: "30 minutes"."""
        number, unit = (self.seconds / 60, "minute") if self.seconds >= 60 else (self.seconds, "second")
        return f"{number:g} {unit}" if number == 1 else f"{number:g} {unit}s"


def begin_in_turn(connection: sa.Connection, turn: Turn) -> sa.RootTransaction:
    """Begin a transaction that no other writer shares, as soon as none is at work; raise BusyProblem in the end."""
    began, told = time.monotonic(), False
    while True:
        transaction = _begun(connection)
        if transaction is not None:
            return transaction
        waited = time.monotonic() - began
        if waited >= turn.seconds:
            raise BusyProblem(_given_up(connection, turn))
        if not told and waited >= _TOLD_AFTER:
            turn.told(WAITING.format(at_most=turn.in_words))
            told = True
        time.sleep(min(_LOOK_EVERY, turn.seconds - waited))


def _begun(connection: sa.Connection) -> sa.RootTransaction | None:
    """Begin a transaction; None where another writer is at work."""
    if connection.dialect.name == "postgresql":
        transaction = connection.begin()
        if connection.execute(sa.select(sa.func.pg_try_advisory_xact_lock(_WRITER_LOCK))).scalar_one():
            return transaction
        transaction.rollback()
        return None
    try:
        return connection.begin()
    except sa.exc.OperationalError as error:
        if isinstance(error.orig, sqlite3.Error) and error.orig.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            return None
        raise


def _given_up(connection: sa.Connection, turn: Turn) -> str:
    where = connection.engine.url.render_as_string(hide_password=True)
    return (
        f"The database {where} is locked: another load is writing to it. "
        f"Nothing was changed; try again when that load is done. (Waited for {turn.in_words}.)"
    )
