"""The data version of an open database as it is now, for those who ask many times a second."""

from threading import Lock

import sqlalchemy as sa
from sqlalchemy import PoolProxiedConnection

from data_access.database.facts import data_version
from data_access.database.opening import reading, saying_what_is_wrong


class CurrentVersion:
    """Reads the data version again only where somebody has written since the last time.

    SQLite tells that to a connection that is kept, in microseconds; PostgreSQL is asked each time. Threads may share
    it; `close` it before the engine is disposed of.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._kept: PoolProxiedConnection | None = None
        self._writes: int | None = None
        self._number = 0

    def read(self) -> int:
        """Return the data version; raise DatabaseProblem where the database can't be read."""
        if self._engine.dialect.name != "sqlite":
            return self._read()
        with self._lock:
            writes = self._count_writes()
            if writes != self._writes:
                self._number, self._writes = self._read(), writes
            return self._number

    def close(self) -> None:
        """Let go of the connection."""
        with self._lock:
            if self._kept is not None:
                self._kept.close()
            self._kept, self._writes = None, None

    def _read(self) -> int:
        with reading(self._engine) as connection:
            return data_version(connection)

    def _count_writes(self) -> int:
        """Return a number that is another one after every commit of anybody else's."""
        with saying_what_is_wrong(self._engine):
            if self._kept is None:
                self._kept = self._engine.raw_connection()
            return int(self._kept.cursor().execute("PRAGMA data_version").fetchone()[0])
