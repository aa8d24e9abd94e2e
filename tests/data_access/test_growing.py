"""Cohorts that grow with the calendar: whatever comes later reaches the rows that it can change, by difference."""

import csv
import datetime as dt
import math
from pathlib import Path
from typing import Final

import pytest
import sqlalchemy as sa

from data_access.coverage.as_at import as_at_of, read_coverage
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.dates.london_time import to_utc
from data_access.loading import load_extracts
from data_access.loading.delivery.manifest import Terms
from data_access.measures import MEASURES
from data_access.rollup import counting, upkeep
from data_access.rollup.reach import Reach
from tests.council import LOADER

_BEGINS: Final = dt.date(2009, 12, 1)
Rows = tuple[dict[str, str], ...]

STAFF: Final = {"staff_id": "S1", "from": "2009-01-01", "role": "smt", "fte": "1"}
SESSION: Final = {"supervision_id": "V1", "staff_id": "S1", "kind": "personal", "due_on": "2010-02-08"}
OUTAGE: Final = {"incident_id": "I1", "system": "ics", "started_at": "2010-01-11 09:00"}
AUDIT: Final = {"audit_id": "Q1", "question": "child_views_recorded", "answer": "yes", "team_id": "T1"}

STEPS: Final[dict[str, tuple[str, Rows, Rows, tuple[int, int], tuple[int, int]]]] = {
    "a session of last month runs out of time": (
        "staff_supervised_and_recorded",
        ({**SESSION, "held_on": "2010-01-29"},),
        (),
        (0, 1),
        (0, 2),
    ),
    "a session due next month was held in this one": (
        "staff_supervised_and_recorded",
        (),
        ({**SESSION, "held_on": "2010-01-15", "recorded_on": "2010-01-15"},),
        (0, 2),
        (1, 2),
    ),
    "an outage is over": (
        "ics_available",
        (OUTAGE,),
        ({**OUTAGE, "ended_at": "2010-01-11 10:00"},),
        (29 * 600 + 60, 44 * 600),
        (49 * 600 - 60, 49 * 600),
    ),
    "a case audited last month": (
        "cases_sampled_by_senior_managers",
        (),
        ({**AUDIT, "auditor_staff_id": "S1", "audited_on": "2010-01-29"},),
        (0, 4),
        (1, 4),
    ),
}
"""A measure; the rows of its own extract at the end of January, and what comes a week later; its sums both times."""


def _load(engine: sa.Engine, folder: Path, extract: str, rows: Rows, until: dt.date) -> None:
    headings = list(dict.fromkeys(name for row in (*rows, _EXAMPLES[extract]) for name in row))
    with (folder / f"{extract}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, headings)
        writer.writeheader()
        writer.writerows(rows)
    taken = to_utc(dt.datetime.combine(until + dt.timedelta(days=1), dt.time(7)))
    report = load_extracts(engine, LOADER, [folder], terms=Terms(taken, _BEGINS, until, complete=False))
    assert sum(loaded.refused for loaded in report.loaded) == 0


_EXAMPLES: Final = {
    "staff": STAFF,
    "supervisions": {**SESSION, "held_on": "", "recorded_on": ""},
    "system_incidents": {**OUTAGE, "ended_at": ""},
    "audits": {**AUDIT, "auditor_staff_id": "", "audited_on": ""},
}
"""A row of each extract, for its headings."""


def _sums(engine: sa.Engine, name: str) -> tuple[int, int]:
    """Return numerator and denominator of the whole service, having held the rollup to the cohort counted now."""
    measure = MEASURES[name]
    with engine.connect() as connection:
        kept = counting.kept_cells(connection, measure)
        as_at = as_at_of(measure.definition, read_coverage(connection))
        assert kept.equals(counting.cells(connection, measure, as_at, Reach(everything=True)))
    whole = kept.filter(team_id=EVERY_TEAM)
    return whole["numerator"].sum(), whole["denominator"].sum()


@pytest.mark.parametrize(("name", "first", "then", "before", "after"), STEPS.values(), ids=STEPS.keys())
def test_what_comes_a_week_later_is_counted(
    database: sa.Engine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    first: Rows,
    then: Rows,
    before: tuple[int, int],
    after: tuple[int, int],
) -> None:
    monkeypatch.setattr(upkeep, "WHOLE_FROM", math.inf)
    own = next(extract for extract in MEASURES[name].definition.requires if extract != "staff")
    for step, (rows, until) in enumerate(((first, dt.date(2010, 1, 31)), (then, dt.date(2010, 2, 5)))):
        for extract, given in (("staff", (STAFF,)), (own, rows)):
            folder = tmp_path / f"{step} {extract}"
            folder.mkdir()
            _load(database, folder, extract, given, until)
        assert _sums(database, name) == (before, after)[step]
