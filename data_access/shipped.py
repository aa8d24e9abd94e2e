"""What ships with the program: code lists, their spellings, national standards."""

import csv
import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.dates.working_calendar import calendar
from data_access.extracts import Kind, extract_named

SHIPPED: Final = ("codes", "spellings", "standards")
"""The extracts of which rows ship; a council's own rows of the same key take their place."""

_FOLDER: Final = Path(__file__).parent / "extracts"
_BEFORE_EVERYTHING: Final = datetime(1990, 1, 1)  # noqa: DTZ001 - UTC, as the database keeps it
SHIPPED_HASH: Final = "shipped_hash"
"""The fact that says by which of these files, and which calendar, the database was filled."""


def put_what_ships(connection: sa.Connection) -> None:
    """Write the rows that ship, but for those whose place a council's own rows have taken."""
    for name in SHIPPED:
        _put(connection, name)


def shipped_hash() -> str:
    """Return a hash of all that ships, to be held against the fact SHIPPED_HASH."""
    files = [(_FOLDER / f"{name}.csv").read_bytes() for name in SHIPPED]
    return hashlib.sha256(b"".join([*files, calendar().write_csv().encode()])).hexdigest()


def _put(connection: sa.Connection, name: str) -> None:
    extract, table = extract_named(name), CASE_TABLES[name]
    connection.execute(sa.delete(table).where(table.c.load_id == 0))
    taken = {tuple(row) for row in connection.execute(sa.select(*(table.c[key] for key in extract.stored_key)))}
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = [_values(name, row) for row in csv.DictReader(file)]
    fresh = [row for row in rows if tuple(row[key] for key in extract.stored_key) not in taken]
    connection.execute(sa.insert(table), fresh)


def _values(name: str, row: dict[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {"extracted_at": _BEFORE_EVERYTHING, "load_id": 0}
    for column in extract_named(name).columns:
        cell = row.get(column.name) or None
        if cell is not None and column.kind is Kind.YES_NO:
            values[column.stored_as] = cell == "yes"
        elif cell is not None and column.kind is Kind.DATE:
            values[column.stored_as] = datetime.strptime(cell, "%Y-%m-%d").date()  # noqa: DTZ007 - a date
        elif cell is not None and column.kind is Kind.WHOLE:
            values[column.stored_as] = int(cell)
        else:
            values[column.stored_as] = cell
    return values
