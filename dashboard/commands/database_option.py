"""The option that names the database, the same for every command, and its use for the time of one command."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
import sqlalchemy as sa

DEFAULT = "sqlite:///safe.db"

Command = Callable[..., Any]


def database_option(command: Command) -> Command:
    """Add `--database URL`, which `SAFE_DATABASE_URL` stands in for."""
    return click.option(
        "--database",
        "database",
        envvar="SAFE_DATABASE_URL",
        default=DEFAULT,
        show_default=True,
        show_envvar=True,
        metavar="URL",
        help="sqlite:///FILE or postgresql://USER@HOST/NAME.",
    )(command)


@contextmanager
def using(engine: sa.Engine) -> Iterator[sa.Engine]:
    """Yield the engine and close its connections at the end, so that a SQLite file stands complete by itself."""
    try:
        yield engine
    finally:
        engine.dispose()
