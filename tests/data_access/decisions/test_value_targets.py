"""Targets for the cases of one value of a dimension: which hold at the end of a window, and what they are worth."""

import datetime as dt
from typing import Final

import pytest
import sqlalchemy as sa

from data_access.database.opening import reading
from data_access.decisions import decide
from data_access.decisions.reads.targets import target_steps
from data_access.decisions.reads.value_targets import targeted_dimensions, value_targets
from data_access.scope import Scope
from tests.data_access.decisions.people import ANNA, EVERYTHING, decision, put_teams
from tests.data_access.whole_state import apply
from tests.strategies import ExtractFile

CAFS: Final = "cafs_started"
WINDOW: Final = (dt.date(2010, 1, 4), dt.date(2010, 1, 31))
"""Four weeks; those of the year before are 5 January to 1 February 2009."""
STARTED: Final = {
    "school": ("2009-01-04", "2009-01-05", "2009-02-01", "2009-02-02", "2010-01-04", "2010-01-12", "2010-01-31"),
    # the weeks that begin in December 2009 end on 3 January 2010
    "adult_services": ("2009-12-06", "2009-12-07", "2009-12-30", "2010-01-03", "2010-01-05"),
}


@pytest.fixture
def council(database: sa.Engine) -> sa.Engine:
    """Give a database of CAFs, dated by hand, from December 2008 to February 2010."""
    days = [(agency, day) for agency, days in STARTED.items() for day in days]
    rows = tuple(
        {"caf_id": f"F{place}", "child_id": f"C{place}", "started_on": day, "agency": agency}
        for place, (agency, day) in enumerate(days)
    )
    covers = dt.date(2008, 12, 1), dt.date(2010, 2, 7)
    taken = dt.datetime.fromisoformat("2010-02-08 07:00")
    apply(database, ExtractFile("cafs", tuple(rows[0]), rows, taken, *covers, complete=False))
    put_teams(database)
    return database


def set_target(engine: sa.Engine, value: str | None, kind: str, of: str, **more: str) -> None:
    content = {"measure": CAFS, "comparison": "above", "kind": kind, "value": value, "from_date": "2010-01-01"}
    decide(ANNA, engine, decision("target", **content, dimension="agency", dimension_value=of, **more))


def holding(
    engine: sa.Engine, *, team: str | None = None, window: tuple[dt.date, dt.date] = WINDOW, scope: Scope = EVERYTHING
) -> dict[str, float]:
    first, last = window
    with reading(engine) as connection:
        targets = value_targets(scope, connection, CAFS, by="agency", team=team, first=first, last=last)
    return {target.dimension_value: target.value for target in targets}


def test_the_year_before_is_that_of_the_same_weeks(council: sa.Engine) -> None:
    set_target(council, None, "year_before", "school")
    assert holding(council) == {"school": 2 / 4}


def test_a_baseline_is_that_of_the_weeks_that_begin_in_it(council: sa.Engine) -> None:
    set_target(council, None, "baseline", "adult_services", baseline_from="2009-12-01", baseline_to="2009-12-31")
    assert holding(council) == {"adult_services": 3 / 4}


def test_nothing_counted_is_a_baseline_of_nothing_and_what_is_not_covered_is_none(council: sa.Engine) -> None:
    set_target(council, None, "baseline", "voluntary", baseline_from="2009-12-01", baseline_to="2009-12-31")
    set_target(council, None, "baseline", "school", baseline_from="2008-11-01", baseline_to="2008-12-31")
    assert holding(council) == {"voluntary": 0}


def test_the_latest_to_have_begun_holds(council: sa.Engine) -> None:
    set_target(council, "2", "fixed", "school")
    set_target(council, "3", "trajectory", "school", due_on="2010-01-31")
    set_target(council, "4", "trajectory", "school", due_on="2010-02-01")
    assert holding(council) == {"school": 3}
    assert holding(council, window=(dt.date(2009, 12, 28), dt.date(2010, 1, 3))) == {"school": 2}
    assert holding(council, window=(dt.date(2009, 12, 7), dt.date(2009, 12, 13))) == {}


def test_a_teams_own_goes_before_that_for_all(council: sa.Engine) -> None:
    set_target(council, "2", "fixed", "school")
    set_target(council, "1", "fixed", "school", team_id="T1")
    set_target(council, "5", "fixed", "health_visiting")
    assert holding(council) == {"school": 2, "health_visiting": 5}
    assert holding(council, team="T1") == {"school": 1, "health_visiting": 5}


def test_no_such_target_is_one_for_all_cases_nor_hides_one(council: sa.Engine) -> None:
    set_target(council, "2", "fixed", "school")
    decide(ANNA, council, decision("target", measure=CAFS, comparison="above", value="9"))
    with reading(council) as connection:
        steps = target_steps(EVERYTHING, connection, [CAFS])[CAFS]
        assert [step.value for step in steps] == [9]
        assert targeted_dimensions(connection, CAFS, team=None) == ("agency",)
    assert holding(council) == {"school": 2}
