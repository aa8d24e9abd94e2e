"""Shares of a stock: spells of cases that met the rule, and spells in which they didn't, in every read."""

import datetime as dt
import math
from typing import Final

import pytest
import sqlalchemy as sa

from data_access import queries
from data_access.coverage.as_at import as_at_of, read_coverage
from data_access.dates.periods import Grain
from data_access.measures import MEASURES
from data_access.rollup import counting, upkeep
from data_access.rollup.reach import Reach
from data_access.scope import Scope
from tests.data_access.whole_state import apply
from tests.strategies import ExtractFile, Tick

OVERSEEN: Final = "management_oversight_on_open_cases"
EVERYTHING: Final = Scope.everything()
TAKEN: Final = dt.datetime.fromisoformat("2010-03-29 07:00")
MONDAY, SUNDAY = dt.date(2010, 3, 22), dt.date(2010, 3, 28)
Cells = dict[str, str | None]


def _case(number: int, team: str, closed: str | None = None) -> Cells:
    """Return a case decided on 1 February, which asks for oversight from 1 March on."""
    return {"referral_id": f"R{number}", "child_id": f"C{number}", "received_at": "2010-02-01", "team_id": team} | {
        "decided_at": "2010-02-01",
        "decision": "initial_assessment",
        "closed_on": closed,
    }


def _record(number: int, child: int, day: str) -> Cells:
    return {"oversight_id": f"O{number}", "child_id": f"C{child}", "staff_id": "M1", "recorded_on": day}


def _load(engine: sa.Engine, table: str, rows: list[Cells], *, hours: int = 0) -> None:
    taken = TAKEN + dt.timedelta(hours=hours)
    covers = dt.date(2010, 1, 4), dt.date(2010, 3, 28)
    apply(engine, ExtractFile(table, tuple(rows[0]), tuple(rows), taken, *covers, complete=False))


@pytest.fixture
def kept(database: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """Give a database of four cases, kept by difference: one never overseen, one once, one twice, one closed."""
    monkeypatch.setattr(upkeep, "WHOLE_FROM", math.inf)
    _load(database, "referrals", [_case(1, "T1"), _case(2, "T1"), _case(3, "T2"), _case(4, "T2", "2010-03-10")])
    _load(
        database, "oversight", [_record(1, 2, "2010-02-15"), _record(2, 3, "2010-02-15"), _record(3, 3, "2010-03-25")]
    )
    return database


def _figures(engine: sa.Engine, grain: Grain = Grain.WEEK, team: str | None = None) -> dict[str, tuple[float, float]]:
    """Return numerators and denominators since March, having held the rollup to the cohort."""
    with engine.connect() as connection:
        measure = MEASURES[OVERSEEN]
        as_at = as_at_of(measure.definition, read_coverage(connection))
        cells = counting.kept_cells(connection, measure)
        assert cells.equals(counting.cells(connection, measure, as_at, Reach(everything=True)))
        found = queries.series(EVERYTHING, connection, [OVERSEEN], grain=grain, first=dt.date(2010, 3, 1), team=team)
    complete = found.filter(state="complete")
    return {str(row["end"]): (row["numerator"], row["denominator"]) for row in complete.iter_rows(named=True)}


def test_each_case_stands_once_met_or_not(kept: sa.Engine) -> None:
    assert _figures(kept) == {
        "2010-03-07": (2, 4),
        "2010-03-14": (2, 3),
        "2010-03-21": (0, 3),
        "2010-03-28": (1, 3),
    }
    assert _figures(kept, team="T1") == {
        "2010-03-07": (1, 2),
        "2010-03-14": (1, 2),
        "2010-03-21": (0, 2),
        "2010-03-28": (0, 2),
    }


def test_list_and_breakdown_have_the_cases_of_the_last_day(kept: sa.Engine) -> None:
    with kept.connect() as connection:
        listed = queries.cases(EVERYTHING, connection, OVERSEEN, first=MONDAY, last=SUNDAY)
        waiting = queries.waiting(EVERYTHING, connection, OVERSEEN)
        by_team = queries.breakdown(EVERYTHING, connection, OVERSEEN, first=MONDAY, last=SUNDAY)
    shown = listed.select("case_id", "numerator", "denominator", "working_days_since").rows()
    assert shown == [("R1|2010-03-01", 0, 1, 40), ("R2|2010-03-16", 0, 1, 30), ("R3|O3", 1, 1, 2)]
    assert waiting["case_id"].to_list() == ["R1|2010-03-01", "R2|2010-03-16"]
    assert by_team.select("team", "numerator", "denominator", "value").rows() == [("T1", 0, 2, 0), ("T2", 1, 1, 1)]


def test_a_late_record_restates_the_weeks_in_which_it_counts(kept: sa.Engine) -> None:
    _load(kept, "oversight", [_record(4, 1, "2010-03-15")], hours=1)
    assert _figures(kept) == {
        "2010-03-07": (2, 4),
        "2010-03-14": (2, 3),
        "2010-03-21": (1, 3),
        "2010-03-28": (2, 3),
    }


def test_oversight_lapses_by_time_alone(kept: sa.Engine) -> None:
    apply(kept, Tick(dt.datetime.fromisoformat("2010-05-10 07:00")))
    _figures(kept)
    with kept.connect() as connection:
        waiting = queries.waiting(EVERYTHING, connection, OVERSEEN)
    assert waiting["case_id"].to_list() == ["R1|2010-03-01", "R2|2010-03-16", "R3|2010-04-27"]
