"""Rows put straight into the case tables: the loader would refuse some that rules must find."""

import csv
import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import data_access.extracts
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.database.schema.figures import COVERAGE
from data_access.dates.london_time import to_utc
from data_access.extracts import Column, Extract, Kind, extract_named
from data_access.extracts.formats import NATIVE

AS_AT = dt.datetime.fromisoformat("2010-03-29 07:00")
"""London time at which every extract was taken."""
BEGINS, ENDS = dt.date(2008, 1, 1), dt.date(2010, 3, 28)

Row = dict[str, Any]

_EVERY_DAY = {Kind.DATE: "2010-03-01", Kind.TIME: "2010-03-01 09:00", Kind.WEEK: "2010-03-01"}
_USUAL = {
    "team_id": "T1",
    "staff_id": "S1",
    "auditor_staff_id": "S1",
    "plan_id": "P1",
    "source": "school",
    "age_band": "5_to_9",
    "sex": "female",
    "ethnicity": "white",
    "disability": "no",
}


def codes_shipped() -> dict[str, list[str]]:
    """Return the codes of every list."""
    found: dict[str, list[str]] = {}
    shipped = Path(data_access.extracts.__file__).parent / "codes.csv"
    with shipped.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["list"], []).append(row["code"])
    return found


CODES = codes_shipped()


def stored_row(extract: Extract, cells: Mapping[str, str | None]) -> Row:
    """Return a row as the case table keeps it, with something harmless in what is not said."""
    said = {name: cell or None for name, cell in cells.items()}
    key = str(said[extract.key[0]])
    row: Row = {"extracted_at": to_utc(AS_AT), "load_id": 1}
    for column in extract.columns:
        cell = said[column.name] if column.name in said else _harmless(column, key)
        row |= _stored(column, cell)
    if extract.has("child_id"):
        row["child_key"] = said.get("child_key", row["child_id"])
    return row


def _harmless(column: Column, key: str) -> str | None:
    if column.name == "child_id":
        return f"child of {key}" if column.required else None
    if column.name in _USUAL and (column.required or column.kind is Kind.CODE or column.name == "team_id"):
        return _USUAL[column.name]
    if not column.required:
        return None
    if column.kind is Kind.CODE:
        return CODES[str(column.codes)][0]
    return _EVERY_DAY.get(column.kind, "1")


def _stored(column: Column, cell: str | None) -> Row:
    if cell is None:
        return dict.fromkeys(column.stored)
    match column.kind:
        case Kind.TIME:
            local = dt.datetime.fromisoformat(cell)
            return dict(zip(column.stored, (to_utc(local), local.date(), ":" in cell), strict=True))
        case Kind.DATE | Kind.WEEK:
            return {column.stored_as: dt.date.fromisoformat(cell)}
        case Kind.WHOLE:
            return {column.stored_as: int(cell)}
        case Kind.FTE:
            return {column.stored_as: round(float(cell) * 100)}
        case Kind.NUMBER:
            return {column.stored_as: float(cell)}
        case Kind.YES_NO:
            return {column.stored_as: cell == "yes"}
        case _:
            return {column.stored_as: cell}


def put(
    connection: sa.Connection, world: Mapping[str, Iterable[Row]], *, covered: Iterable[str] | None = None
) -> None:
    """Put rows into their tables; every extract of the world counts as loaded, or those named."""
    for name, rows in world.items():
        if rows := list(rows):
            connection.execute(sa.insert(CASE_TABLES[name]), rows)
    loaded = [
        {"extract": name, "format": NATIVE, "as_at": to_utc(AS_AT), "begins": BEGINS, "ends": ENDS}
        for name in (world if covered is None else covered)
    ]
    if loaded:
        connection.execute(sa.insert(COVERAGE), loaded)


def key_text(extract: str, row: Row) -> str:
    """Return the key of a row as text."""
    return "|".join(str(row[name]) for name in extract_named(extract).stored_key)
