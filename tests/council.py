"""The sample council in a database, ready for pages to show."""

import shutil
from pathlib import Path

import sqlalchemy as sa

from data_access.account import this_account
from data_access.actor import Actor
from data_access.database.opening import connect
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.loading import load_extracts
from data_access.up_to_date import up_to_date

ROOT = Path(__file__).resolve().parents[1]

LOADER = Actor.of_this_machine(this_account())
"""Who loads in the tests: the account under which they run, as for commands."""


def make_council(folder: Path) -> str:
    """Load the sample council into a new database in the folder and return its address."""
    url = f"sqlite:///{folder / 'safe.db'}"
    engine = up_to_date(url)
    load_extracts(engine, LOADER, [ROOT / "sample_data" / "council"])
    engine.dispose()
    return url


def copy_of(url: str, file: Path) -> str:
    """Copy a database that nobody has open and return the copy's address."""
    shutil.copy(url.removeprefix("sqlite:///"), file)
    return f"sqlite:///{file}"


def with_findings(url: str, *references: str) -> str:
    """Leave only these findings in a database, and return its address: evidence of all takes long to draw."""
    engine, table = connect(url), CASE_TABLES["findings"]
    with engine.begin() as connection:
        connection.execute(sa.delete(table).where(table.c.finding_id.not_in(references)))
    engine.dispose()
    return url
