"""The settings of the dashboard, from the environment."""

import os
from dataclasses import dataclass

from dashboard.commands.database_option import DEFAULT


@dataclass(frozen=True)
class Settings:
    """What may be set.

    `database`: the address of the database (`SAFE_DATABASE_URL`), the same for every command.
    """

    database: str


def current_settings() -> Settings:
    """Return the settings of this process."""
    return Settings(database=os.environ.get("SAFE_DATABASE_URL") or DEFAULT)
