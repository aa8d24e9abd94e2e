"""The option that names the database, the same for every command."""

from collections.abc import Callable
from typing import Any

import click

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
