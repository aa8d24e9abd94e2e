"""Databases for the tests: a real SQLite file and a real PostgreSQL server, each ready with all that ships."""

import contextlib
import fcntl
import gc
import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from pytest_postgresql import factories

from data_access.database.opening import connect
from data_access.up_to_date import up_to_date
from tests import servers
from tests.council import make_council
from tests.servers import Server, database_url
from tests.statements import share_compiled_statements

settings.register_profile("test", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("soak", parent=settings.get_profile("test"), max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "test"))

share_compiled_statements()

ENGINES = ("sqlite", "postgresql")


Make = Callable[[Path], object]


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Make], Path]:
    """Return what gives the folder of this name, filled by the first worker of the run that asks for it."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def folder_of(name: str, fill: Make) -> Path:
        folder = shared / f"once-{name}"
        with (shared / f"once-{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.exists():
                half = shared / f"once-{name}-half"
                shutil.rmtree(half, ignore_errors=True)
                half.mkdir()
                fill(half)
                half.rename(folder)
        return folder

    return folder_of


@pytest.fixture(scope="session")
def loaded_council(made_once: Callable[[str, Make], Path]) -> str:
    """Give the address of the run's one database of the sample council. Nobody opens it: take a copy."""
    return f"sqlite:///{made_once('council', make_council) / 'safe.db'}"


@pytest.fixture(scope="session")
def embedded_server() -> Iterator[Server]:
    """Start a PostgreSQL server of our own, on a socket in a private folder."""
    with servers.postgresql_server() as server:
        yield server


def _make_template(*, host: str, port: int, dbname: str, **_: Any) -> None:
    up_to_date(database_url(host, port, dbname)).dispose()


postgresql_server = factories.postgresql_noproc(depends_on="embedded_server", dbname="safe", load=[_make_template])


def _make_sqlite_template(folder: Path) -> None:
    engine = up_to_date(f"sqlite:///{folder / 'safe.db'}")
    with contextlib.closing(engine.raw_connection()) as connection:
        connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


@pytest.fixture(scope="session")
def new_sqlite(made_once: Callable[[str, Make], Path]) -> Callable[[], contextlib.AbstractContextManager[str]]:
    """Return what makes a SQLite database ready for loading, and takes it away again."""
    template = made_once("template", _make_sqlite_template) / "safe.db"

    @contextlib.contextmanager
    def make() -> Iterator[str]:
        folder = Path(tempfile.mkdtemp(prefix="safe-db-"))
        shutil.copy(template, folder / "safe.db")
        try:
            yield f"sqlite:///{folder / 'safe.db'}"
        finally:
            shutil.rmtree(folder)

    return make


@pytest.fixture(scope="session")
def new_postgresql(request: pytest.FixtureRequest) -> Callable[[], contextlib.AbstractContextManager[str]]:
    """Return what makes a PostgreSQL database ready for loading, and takes it away again."""
    server = request.getfixturevalue("postgresql_server")

    @contextlib.contextmanager
    def make() -> Iterator[str]:
        name = f"safe_{uuid.uuid4().hex}"
        where = {"host": server.host, "port": server.port, "user": server.user, "dbname": "postgres"}
        with psycopg.connect(**where, autocommit=True) as admin:
            admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{server.template_dbname}"')
        try:
            yield database_url(server.host, server.port, name)
        finally:
            with psycopg.connect(**where, autocommit=True) as admin:
                admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    return make


@pytest.fixture(scope="session", params=ENGINES)
def new_database(request: pytest.FixtureRequest) -> Callable[[], contextlib.AbstractContextManager[str]]:
    """Return what makes a database of each engine in turn."""
    return request.getfixturevalue(f"new_{request.param}")


@pytest.fixture
def database(new_database: Callable[[], contextlib.AbstractContextManager[str]]) -> Iterator[sa.Engine]:
    """Give the engine of a fresh database."""
    with new_database() as url:
        engine = connect(url)
        yield engine
        engine.dispose()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave to soak what modules say needs no second engine each time: it costs much, or hangs on no dialect."""
    for item in items:
        if isinstance(item, pytest.Function) and getattr(item.module, "POSTGRESQL_IN_SOAK", False):
            of_a_case = getattr(item, "callspec", None)
            if of_a_case is not None and of_a_case.params.get("new_database") == "postgresql":
                item.add_marker(pytest.mark.soak)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Spare what stays until the end, modules and tests, from being looked through for garbage again and again."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI nothing may be skipped: what a test lacks there is a fault of the machine's set-up."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and exitstatus == 0 and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
