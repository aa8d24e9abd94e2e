"""Single assessments have the same figure from Annex A, from the census and from native extracts."""

import csv
import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

import pytest

from data_access.database.opening import connect, reading
from data_access.loading import load_extracts
from data_access.queries import series
from data_access.scope import Scope
from tests.council import LOADER
from tests.loading.annex_a.layouts import table, xlsx
from tests.loading.cin_census.making import census, child, element
from tests.loading.handing_over import terms

pytestmark = pytest.mark.usefixtures("workbooks_opened_here")

SINGLE: Final = (
    # child, begun, completed: 45 working days from 7 October 2024 end on 9 December
    ("C1", "2024-10-07", "2024-12-09"),
    ("C2", "2024-10-07", "2024-12-10"),
    ("C3", "2024-10-14", ""),
    ("C4", "2025-03-17", ""),
)
EXPECTED: Final = {
    dt.date(2024, 12, 9): (1, 2, 0),
    dt.date(2024, 12, 16): (0, 1, 0),
}
"""Numerator, denominator and what can't be worked out, by week: an open one is late from 17 December."""


def native(folder: Path) -> None:
    with (folder / "assessments.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["assessment_id", "child_id", "kind", "started_on", "completed_on", "team_id"])
        writer.writerows([f"A{name}", name, "single", begun, done, "T1"] for name, begun, done in SINGLE)


def annex_a(folder: Path) -> None:
    rows = [
        {
            "Child Unique ID": name,
            "Continuous Assessment Start Date": begun,
            "Continuous Assessment Date of Authorisation": done,
            "Allocated Team": "T1",
        }
        for name, begun, done in SINGLE
    ]
    xlsx(folder / "annex-a.xlsx", {"List 4": table(4, *rows)})


def cin_census(folder: Path) -> None:
    header = """<Header><CollectionDetails><Collection>CIN</Collection><Year>2025</Year>
    <ReferenceDate>2025-03-31</ReferenceDate></CollectionDetails>
    <Source><DateTime>2025-05-06T07:00:00</DateTime></Source></Header>"""
    children = [
        child(
            name,
            element("CINreferralDate", begun)
            + element(
                "Assessments",
                element("AssessmentActualStartDate", begun)
                + (element("AssessmentAuthorisationDate", done) if done else ""),
            ),
        )
        for name, begun, done in SINGLE
    ]
    (folder / "cin.xml").write_text(census(*children, header=header), encoding="utf-8")


@pytest.mark.parametrize("write", [native, annex_a, cin_census])
def test_single_assessments_are_counted_alike(
    write: Callable[[Path], None], new_sqlite: Callable[[], AbstractContextManager[str]], tmp_path: Path
) -> None:
    write(tmp_path)
    given = None if write is cin_census else terms("2025-03-31 07:00", "2024-04-01", "2025-03-30", complete=True)
    with new_sqlite() as url:
        engine = connect(url)
        load_extracts(engine, LOADER, sorted(tmp_path.iterdir()), terms=given)
        with reading(engine) as connection:
            found = series(Scope.everything(), connection, ["assessments_within_45_working_days"])
        engine.dispose()
    names = ("numerator", "denominator", "not_computable")
    weeks = {row["start"]: tuple(row[name] for name in names) for row in found.iter_rows(named=True)}
    assert {start: sums for start, sums in weeks.items() if any(sums)} == EXPECTED
