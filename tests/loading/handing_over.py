"""Handing extracts over to the loader as a council does, and looking at every table afterwards."""

import datetime as dt
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from data_access import audit
from data_access.coverage.as_at import as_at_of, read_coverage
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.database.schema.decisions import AUDIT_EVENTS
from data_access.database.schema.figures import CALENDAR
from data_access.database.schema.loads import REFUSED_FILES
from data_access.database.schema.metadata import METADATA
from data_access.dates.london_time import to_utc
from data_access.loading import Confirmed, Doubtful, LoadedExtract, LoadReport, load_extracts
from data_access.loading.delivery.manifest import Terms
from data_access.loading.merge.confirming import NOTHING_CONFIRMED
from data_access.measures import MEASURES
from data_access.rollup import counting
from data_access.rollup.reach import Reach
from tests.council import LOADER

CONFIRMED = Confirmed(frozenset(Doubtful))
"""Whatever a load asks to have confirmed."""

Tables = dict[str, list[tuple[Any, ...]]]


def moment(text: str) -> dt.datetime:
    """Return a moment without a zone, from its ISO form."""
    return dt.datetime.fromisoformat(text)


def terms(
    taken: str = "2010-03-29 07:00",
    covers_from: str = "2010-01-01",
    covers_to: str = "2010-03-28",
    *,
    complete: bool = False,
) -> Terms:
    """Return the terms of an extract; `taken` is London local time."""
    return Terms(
        to_utc(moment(taken)),
        dt.date.fromisoformat(covers_from),
        dt.date.fromisoformat(covers_to),
        complete=complete,
    )


def write(folder: Path, tables: Mapping[str, str]) -> Path:
    """Write each table's text, indented as it may be in a test, as a CSV file of the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(textwrap.dedent(text).strip() + "\n", encoding="utf-8")
    return folder


class Council:
    """Hands extracts over to one database, each load from a folder of its own."""

    def __init__(self, engine: sa.Engine, folder: Path) -> None:
        self.engine = engine
        self.folder = folder
        self.loads = 0

    def hand_over(
        self, held: Terms | None = None, *, confirmed: Confirmed = NOTHING_CONFIRMED, **tables: str
    ) -> LoadReport:
        """Load these tables, given as CSV text, under these terms."""
        self.loads += 1
        folder = write(self.folder / str(self.loads), tables)
        return load_extracts(self.engine, LOADER, [folder], terms=held or terms(), confirmed=confirmed)

    def rows(self, extract: str) -> dict[str, dict[str, Any]]:
        """Return what stands in a case table, by key; shipped rows left out."""
        table = CASE_TABLES[extract]
        with self.engine.connect() as connection:
            found = connection.execute(sa.select(table).where(table.c.load_id > 0)).mappings().all()
        keys = [column.name for column in table.primary_key]
        return {"|".join(str(row[key]) for key in keys): dict(row) for row in found}

    def table(self, name: str) -> list[dict[str, Any]]:
        """Return the rows of one of the program's own tables."""
        table = METADATA.tables[name]
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(sa.select(table)).mappings()]


def only(report: LoadReport) -> LoadedExtract:
    """Return what became of the load's only extract."""
    [loaded] = report.loaded
    return loaded


def fates(loaded: LoadedExtract) -> dict[str, int]:
    """Return the counts of an extract that aren't 0."""
    names = ("new", "changed", "unchanged", "older", "withdrawn", "refused", "warnings")
    return {name: getattr(loaded, name) for name in names if getattr(loaded, name)}


def everything(engine: sa.Engine, *, clock: bool = True) -> Tables:
    """Return all rows of all tables, in order; without `clock` the time of day at which loads came is left out."""
    with engine.connect() as connection:
        return all_rows(connection, clock=clock)


def all_rows(connection: sa.Connection, *, clock: bool = True) -> Tables:
    """Return all rows of all tables as this connection sees them; of the calendar their number.

    What tells of refused files is left out, in the audit trail too: to be refused is to change nothing else.
    """
    found: Tables = {"calendar": [tuple(connection.execute(sa.select(sa.func.count()).select_from(CALENDAR)).one())]}
    for name, table in METADATA.tables.items():
        if table not in (CALENDAR, REFUSED_FILES, AUDIT_EVENTS):
            columns = [column for column in table.columns if clock or column.name != "loaded_at"]
            found[name] = sorted(map(tuple, connection.execute(sa.select(*columns))), key=repr)
    found["facts"] = [fact for fact in found["facts"] if fact[0] != "audit_head"]
    told = [(event.action, event.subject) for event in audit.events(connection)]
    found["audit_events"] = [event for event in told if event[0] != audit.Action.REFUSED]
    return found


def assert_rollup_is_the_cohort(engine: sa.Engine) -> None:
    """Hold every measure's rollup to its cohort, counted again."""
    with engine.connect() as connection:
        coverage = read_coverage(connection)
        for measure in MEASURES.values():
            as_at = as_at_of(measure.definition, coverage)
            counted = counting.cells(connection, measure, as_at, Reach(everything=True))
            assert counting.kept_cells(connection, measure).equals(counted), measure.id
