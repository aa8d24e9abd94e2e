"""The database: opened from a URL, SQLite by default and PostgreSQL by setting."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from data_access.database.turns import Turn, begin_in_turn
from data_access.problems import DatabaseProblem

BUSY_SECONDS = 5
"""How long a statement waits for a lock on a table or row; for how long a writer awaits its turn, `turns` says."""

_LOOK_MILLISECONDS = 100
_STATEMENTS_KEPT = 1_500
"""How many compiled statements an engine keeps: more than the measures, rules and extracts have together, since with
one more than it keeps, each load would compile all of them again."""
_VERSION = sa.table("alembic_version", sa.column("version_num", sa.String))
MIGRATIONS = Path(__file__).parent / "migrations"
"""The steps from one schema version to the next, which `data_access.database.upgrading` takes."""


def connect(url: str) -> sa.Engine:
    """Return an engine for the URL without opening the database. Raise DatabaseProblem where the URL is no use."""
    try:
        parsed = sa.make_url(url)
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() == "sqlite":
            engine = sa.create_engine(
                parsed, connect_args={"timeout": BUSY_SECONDS}, query_cache_size=_STATEMENTS_KEPT
            )
            _tune_sqlite(engine)
        elif parsed.get_backend_name() == "postgresql":
            given = parsed.query.get("options", "")
            options = " ".join([*([given] if isinstance(given, str) else given), "-c timezone=UTC"])
            engine = sa.create_engine(
                parsed,
                pool_pre_ping=True,
                connect_args={"options": options},
                query_cache_size=_STATEMENTS_KEPT,
            )
        else:
            msg = (
                f"The database {shown(url)} is of a kind that is not supported. "
                "Give sqlite:///FILE or postgresql://USER@HOST/NAME."
            )
            raise DatabaseProblem(msg)
    except (ArgumentError, NoSuchModuleError, ValueError):
        msg = f"{url!r} is not a database address. Give sqlite:///FILE or postgresql://USER@HOST/NAME."
        raise DatabaseProblem(msg) from None
    return engine


def open_database(url: str) -> sa.Engine:
    """Return an engine for an existing database of this program's version.

    Raise DatabaseProblem where there is none, or where its schema is older or newer than this program.
    """
    engine = connect(url)
    file = sqlite_file(engine)
    if file is not None and not file.exists():
        raise _nothing_there(engine)
    version, wanted = schema_version(engine), newest_version()
    if version is None:
        raise _nothing_there(engine)
    if version == wanted:
        return engine
    where = shown(engine.url)
    if version in known_versions():
        msg = (
            f"The database {where} has schema {version}, this program needs {wanted}. "
            "Run `safe-dashboard upgrade` to bring it up to date; its data are kept."
        )
    else:
        msg = (
            f"The database {where} has schema {version}, which is newer than this program ({wanted}). "
            "Install the program's newer version."
        )
    raise DatabaseProblem(msg)


def schema_version(engine: sa.Engine) -> str | None:
    """Return the version of the database's schema, or None where it holds none."""
    with saying_what_is_wrong(engine), engine.connect() as connection:
        if not sa.inspect(connection).has_table(_VERSION.name):
            return None
        return connection.execute(sa.select(_VERSION.c.version_num)).scalar_one_or_none()


def known_versions() -> set[str]:
    """Return every schema version that this program knows: what the files of its migrations begin with."""
    return {file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py")}


def newest_version() -> str:
    """Return the schema version of this program."""
    return max(known_versions())


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Yield a connection whose reads all see one state of the data."""
    with saying_what_is_wrong(engine), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: sa.Engine, turn: Turn | None = None) -> Iterator[sa.Connection]:
    """Yield a connection in one transaction that no other writer shares; all of it is kept, or nothing.

    Where another writer is at work, wait as `turn` says; raise BusyProblem, a DatabaseProblem, when that was in vain.
    """
    with saying_what_is_wrong(engine), engine.connect() as connection:
        connection.execution_options(one_writer=True)
        with begin_in_turn(connection, turn or Turn()):
            if engine.dialect.name == "postgresql":
                connection.execute(sa.text(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'"))
            yield connection


def gather_statistics(connection: sa.Connection, *tables: sa.Table) -> None:
    """Let PostgreSQL see how large the tables have become within this transaction.

    Its own statistics come later, from outside; until then a table filled by a large load counts as all but empty,
    and a query that takes a second takes hours.
    """
    if connection.dialect.name == "postgresql":
        for table in tables:
            connection.exec_driver_sql(f'ANALYZE "{table.name}"')


@contextmanager
def saying_what_is_wrong(engine: sa.Engine) -> Iterator[None]:
    """Turn the failures of a database that people can put right into a DatabaseProblem."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        if problem := _problem(engine, error.orig):
            raise problem from error
        raise
    except (sqlite3.Error, psycopg.Error) as error:
        if problem := _problem(engine, error):
            raise problem from error
        raise


def sqlite_file(engine: sa.Engine) -> Path | None:
    """Return the file of a SQLite database, or None where it is in memory or another kind."""
    if engine.dialect.name != "sqlite" or engine.url.database in (None, "", ":memory:"):
        return None
    return Path(str(engine.url.database))


def _nothing_there(engine: sa.Engine) -> DatabaseProblem:
    return DatabaseProblem(
        f"There is no SAFE database at {shown(engine.url)}. Load extracts to make one "
        "(`safe-dashboard load FOLDER`), or name another with --database or SAFE_DATABASE_URL."
    )


def _problem(engine: sa.Engine, error: BaseException | None) -> DatabaseProblem | None:
    """Return the problem that a driver's error tells of, or None where the fault is ours."""
    where, said = shown(engine.url), next(iter(str(error).strip().splitlines()), "")
    if "file is not a database" in said:
        return DatabaseProblem(f"{where} is not a database of this program. Name another file with --database.")
    if "disk image is malformed" in said:
        return DatabaseProblem(f"The database {where} is damaged ({said}). Restore it from a backup.")
    if "readonly" in said or "read-only" in said or isinstance(error, psycopg.errors.InsufficientPrivilege):
        return DatabaseProblem(
            f"The database {where} can't be written ({said}). "
            "Check that the file and its folder, or the database user, may write. Nothing was changed."
        )
    if isinstance(error, psycopg.errors.UndefinedTable) or "no such table" in said:
        return _nothing_there(engine)
    if not isinstance(error, (sqlite3.OperationalError, psycopg.OperationalError)):
        return None
    if "locked" in said or "lock timeout" in said:
        return DatabaseProblem(
            f"The database {where} is locked: another load is writing to it. "
            "Nothing was changed; try again when that load is done."
        )
    if "unable to open" in said:
        return DatabaseProblem(
            f"The database {where} can't be opened ({said}). Check that the file and its folder may be written."
        )
    if "full" in said or "No space" in said:
        return DatabaseProblem(
            f"The disk of the database {where} is full. Nothing was changed; free some space and try again."
        )
    if "disk I/O error" in said:
        return DatabaseProblem(
            f"The disk of the database {where} can't be written or read ({said}). Nothing was changed; see that it "
            "has space and is sound, and try again."
        )
    return DatabaseProblem(
        f"The database {where} can't be reached ({said}). Check that it runs and that the address is right."
    )


def shown(url: str | sa.URL) -> str:
    """Return an address as people may see it, without its password."""
    return sa.make_url(url).render_as_string(hide_password=True)


def _tune_sqlite(engine: sa.Engine) -> None:
    """Keep a write-ahead log, and begin transactions ourselves, so that a writer holds its lock from the start."""

    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        # in files, since the temporary tables of a large load would take more memory than all else
        connection.execute("PRAGMA temp_store = FILE")
        connection.execute("PRAGMA temp.cache_size = -16384")
        connection.execute("PRAGMA cache_size = -65536")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: sa.Connection) -> None:
        if not connection.get_execution_options().get("one_writer", False):
            connection.exec_driver_sql("BEGIN")
            return
        driver: Any = connection.connection.driver_connection
        # a writer looks again and again by itself, so that it can tell that it waits, and be interrupted
        driver.execute(f"PRAGMA busy_timeout = {_LOOK_MILLISECONDS}")
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        finally:
            driver.execute(f"PRAGMA busy_timeout = {1000 * BUSY_SECONDS}")
