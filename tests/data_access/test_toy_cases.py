"""Every measure's own toy cases, loaded by the real loader and read from both engines."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from data_access.measures import MEASURES, Measure
from data_access.measures.contract import COUNTED
from tests.loading.toy_files import cohort_rows, load_toys

POSTGRESQL_IN_SOAK = True


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES.keys())
def test_toy_cases_come_out_as_written(measure: Measure, database: sa.Engine, tmp_path: Path) -> None:
    toy = measure.toy
    report = load_toys(database, measure, tmp_path)
    assert sum(loaded.refused for loaded in report.loaded) == 0
    rows = cohort_rows(database, measure).values()
    found = {row["case_id"].replace("|", "~"): _result(dict(row)) for row in rows}
    assert {case: found.get(case, "left out") for case in toy.answers} == toy.answers
    assert set(found) <= set(toy.answers)


def _result(row: dict[str, object]) -> str:
    if "numerator" in row and row["result"] == COUNTED:
        return f"{row['numerator']} of {row['denominator']}"
    return str(row["result"]).split(":")[0]
