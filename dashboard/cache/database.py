"""The database that pages read: opened once, and told from every other state of it by its version."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from dashboard.cache.results import kept_results
from dashboard.settings import current_settings
from data_access.database.current_version import CurrentVersion
from data_access.database.opening import connect, open_database, sqlite_file
from data_access.problems import Problem

_MARK_LENGTH: Final = 16


@dataclass(frozen=True)
class Version:
    """One state of one database.

    `identity` tells a file from another that has taken its name.
    """

    url: str
    identity: tuple[int, int] | None
    number: int

    @property
    def engine(self) -> sa.Engine:
        """Return the engine of its database; raise DatabaseProblem where that can't be read."""
        return _opened(self.url, self.identity)[0]

    @property
    def stands(self) -> bool:
        """Return whether its file is still the one of that name; True for a database that is no file."""
        return _identity(self.url) == self.identity


def current_version() -> Version:
    """Return the state of the database as it is now; raise DatabaseProblem where it can't be read."""
    url = current_settings().database
    identity = _identity(url)
    return Version(url, identity, _opened(url, identity)[1].read())


def mark_of(version: Version | None) -> str:
    """Return letters and digits that tell this state of a server's database from its others; None: unreadable."""
    state = None if version is None else (version.identity, version.number)
    return hashlib.sha256(repr(state).encode()).hexdigest()[:_MARK_LENGTH]


def version_or_none() -> Version | None:
    """Return the state of the database as it is now; None where it can't be read."""
    try:
        return current_version()
    except Problem:
        return None


def _identity(url: str) -> tuple[int, int] | None:
    """Return what tells a file from another of the same name; None where the database is no file."""
    try:
        file = _file(url)
        status = None if file is None else file.stat()
    except OSError:
        return None
    return None if status is None else (status.st_dev, status.st_ino)


@lru_cache(maxsize=4)
def _file(url: str) -> Path | None:
    return sqlite_file(connect(url))


def _close(opened: tuple[sa.Engine, CurrentVersion]) -> None:
    engine, current = opened
    current.close()
    engine.dispose()


@kept_results(4, let_go=_close)
def _opened(url: str, identity: tuple[int, int] | None) -> tuple[sa.Engine, CurrentVersion]:  # noqa: ARG001 - the key
    engine = open_database(url)
    return engine, CurrentVersion(engine)
