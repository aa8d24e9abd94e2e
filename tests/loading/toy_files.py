"""A measure's toy cases as files of extracts, a column left out or its cells replaced, loaded as councils do."""

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from data_access.coverage.as_at import as_at_of, read_coverage
from data_access.database.opening import reading
from data_access.dates.london_time import to_utc
from data_access.extracts import extract_named
from data_access.loading import LoadReport, load_extracts
from data_access.loading.delivery.manifest import Terms
from data_access.measures import Measure
from tests.council import LOADER
from tests.loading.handing_over import CONFIRMED


def load_toys(
    engine: sa.Engine, measure: Measure, folder: Path, *, left_out: str = "", replaced: str = "", cell: str = ""
) -> LoadReport:
    """Load the toy cases. `left_out` and `replaced` are columns (`extract.column`): one that is not sent, and one in
    which each cell that isn't blank becomes `cell`.
    """
    toy = measure.toy
    folder.mkdir(exist_ok=True)
    for extract in {*toy.tables, *measure.definition.extracts}:
        rows = toy.rows(extract) if extract in toy.tables else []
        headings = list(rows[0]) if rows else list(extract_named(extract).required)
        with (folder / f"{extract}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            kept = [heading for heading in headings if f"{extract}.{heading}" != left_out]
            writer.writerow(kept)
            for row in rows:
                writer.writerow(
                    cell if f"{extract}.{heading}" == replaced and row[heading] else row[heading] for heading in kept
                )
    days = dt.date.fromisoformat(toy.covers_from), dt.date.fromisoformat(toy.covers_to)
    held = Terms(to_utc(dt.datetime.fromisoformat(toy.as_at)), *days, complete=True)
    return load_extracts(engine, LOADER, [folder], terms=held, confirmed=CONFIRMED)


def cohort_rows(engine: sa.Engine, measure: Measure) -> dict[str, dict[str, Any]]:
    """Return the rows of a measure's cohort by case."""
    with reading(engine) as connection:
        as_at = as_at_of(measure.definition, read_coverage(connection))
        assert as_at is not None
        rows = connection.execute(measure.cohort, as_at.parameters()).mappings().all()
    return {row["case_id"]: dict(row) for row in rows}
