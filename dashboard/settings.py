"""The settings of the dashboard, from the environment."""

import os
from dataclasses import dataclass
from pathlib import Path

from dashboard.commands.database_option import DEFAULT


@dataclass(frozen=True)
class Settings:
    """What may be set.

    `database`: the address of the database (`SAFE_DATABASE_URL`), the same for every command. `meetings`: a file with
    a council's own meetings (`SAFE_MEETINGS`), beside those that ship.
    """

    database: str
    meetings: Path | None


def current_settings() -> Settings:
    """Return the settings of this process."""
    own = os.environ.get("SAFE_MEETINGS")
    return Settings(
        database=os.environ.get("SAFE_DATABASE_URL") or DEFAULT,
        meetings=Path(own) if own else None,
    )
