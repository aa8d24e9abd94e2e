"""Every measure's own toy cases, loaded by the real loader and read from both engines."""

import csv
from datetime import date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from data_access.as_at import as_at_of, read_coverage
from data_access.extracts import extract_named
from data_access.loading import load_extracts
from data_access.loading.manifest import Terms
from data_access.london_time import to_utc
from data_access.measures import MEASURES, Measure
from data_access.measures.contract import COUNTED
from data_access.measures.toy import Toy


def write(toy: Toy, measure: Measure, folder: Path) -> None:
    for extract in {*toy.tables, *measure.definition.extracts}:
        rows = toy.rows(extract) if extract in toy.tables else []
        headings = list(rows[0]) if rows else list(extract_named(extract).required)
        with (folder / f"{extract}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, headings)
            writer.writeheader()
            writer.writerows(rows)


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES.keys())
def test_toy_cases_come_out_as_written(measure: Measure, database: sa.Engine, tmp_path: Path) -> None:
    toy = measure.toy
    write(toy, measure, tmp_path)
    terms = Terms(
        to_utc(datetime.fromisoformat(toy.as_at)),
        date.fromisoformat(toy.covers_from),
        date.fromisoformat(toy.covers_to),
        complete=True,
    )
    report = load_extracts(database, [tmp_path], terms=terms)
    assert sum(loaded.refused for loaded in report.loaded) == 0

    with database.connect() as connection:
        as_at = as_at_of(measure.definition, read_coverage(connection))
        assert as_at is not None
        rows = connection.execute(measure.cohort, as_at.parameters()).mappings().all()
    found = {row["case_id"].replace("|", "~"): _result(dict(row)) for row in rows}
    assert {case: found.get(case, "left out") for case in toy.answers} == toy.answers
    assert set(found) <= set(toy.answers)


def _result(row: dict[str, object]) -> str:
    if "numerator" in row and row["result"] == COUNTED:
        return f"{row['numerator']} of {row['denominator']}"
    return str(row["result"]).split(":")[0]
