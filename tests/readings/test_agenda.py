"""What the weekly meeting has before it: earlier decisions first, and expected effects tested once and for good."""

import datetime as dt
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.readings.agenda import NOT_TOLD, RIGHT, WRONG, EffectResult, Meeting, effects_to_keep, meeting
from dashboard.readings.measure_views import measure_views
from dashboard.readings.reading import open_reading
from data_access.database.opening import connect
from data_access.decisions import Decision, decide
from data_access.signed_weeks import Closing
from tests.council import copy_of
from tests.data_access.decisions.people import ANNA
from tests.data_access.signed_weeks.weeks import DINA, sign

MEASURE = "decisions_within_24_hours"
DUTY, AFTER, REVIEW = dt.date(2009, 12, 7), dt.date(2009, 12, 14), dt.date(2010, 3, 22)
DECIDED = {"week": DUTY, "what": "Two managers on duty", "owner": "Group manager", "due_on": AFTER}
EARLIER = {"week": dt.date(2009, 8, 3), "due_on": dt.date(2009, 8, 10), "review_on": dt.date(2009, 11, 29)}
EFFECT = {"measure": MEASURE, "expected": "up", "review_on": dt.date(2010, 3, 28)}


@pytest.fixture
def engine(loaded_council: str, tmp_path: Path) -> sa.Engine:
    """Give the sample council, whose new duty system began on 14 December 2009."""
    return connect(copy_of(loaded_council, tmp_path / "safe.db"))


def held(engine: sa.Engine, week: dt.date) -> Meeting:
    with open_reading(engine, DINA) as reading:
        views = measure_views(reading, [MEASURE], up_to=week + dt.timedelta(days=6))
        return meeting(reading, week, {view.definition.id: view for view in views})


def decided(engine: sa.Engine, **changes: object) -> str:
    return decide(ANNA, engine, Decision("meeting_decision", DECIDED | changes, "agreed")).decision_id


def test_what_was_decided_comes_first_a_week_later_and_stays_until_it_is_done(engine: sa.Engine) -> None:
    first, done = decided(engine), decided(engine, done="yes", what="Write to schools")
    gone = decided(engine)
    decide(ANNA, engine, Decision("meeting_decision", {}, "Noted twice", gone, 1, withdrawn=True))
    assert [each.decided.decision_id for each in held(engine, DUTY).decisions] == [first, done, gone]
    assert [each.is_withdrawn for each in held(engine, DUTY).decisions] == [False, False, True]
    assert held(engine, DUTY).before == ()
    assert [each.decided.decision_id for each in held(engine, AFTER).before] == [first, done, gone]
    assert [each.decided.decision_id for each in held(engine, REVIEW).before] == [first]


@pytest.mark.parametrize(
    ("changes", "result"),
    [
        ({}, RIGHT),
        ({"expected": "down"}, WRONG),
        ({"expected": "none"}, WRONG),
        ({"review_on": dt.date(2009, 12, 27)}, NOT_TOLD),
        (EARLIER | {"expected": "none"}, RIGHT),
        (EARLIER, WRONG),
    ],
)
def test_an_expected_effect_is_tested_on_its_review_day(
    engine: sa.Engine, changes: dict[str, object], result: str
) -> None:
    decided(engine, **(EFFECT | changes))
    [tested] = held(engine, REVIEW).tested
    assert tested.result == result
    if not changes:
        assert (tested.moved, tested.before, tested.since) == ("better", "69%", "94%")
        assert held(engine, dt.date(2010, 3, 15)).tested == ()


def test_what_was_withdrawn_is_neither_tested_nor_kept(engine: sa.Engine) -> None:
    week = {"week": dt.date(2010, 3, 15), "due_on": REVIEW, "review_on": REVIEW}
    name = decided(engine, **(EFFECT | week))
    assert [each.decision for each in held(engine, REVIEW).tested] == [name]
    decide(ANNA, engine, Decision("meeting_decision", {}, "Not agreed", name, 1, withdrawn=True))
    later = held(engine, REVIEW)
    assert [each.tested for each in later.before] == [None]
    assert effects_to_keep(later) == ()


def test_a_result_that_was_kept_stands_whatever_the_figures_say_later(engine: sa.Engine) -> None:
    name = decided(engine, **EFFECT)
    kept = EffectResult(name, MEASURE, "up", "not_beyond_chance", "69%", "70%", WRONG)
    assert [row["result"] for row in effects_to_keep(held(engine, REVIEW))] == [RIGHT]
    sign(engine, week=dt.date(2010, 3, 15), closing=Closing("Director", "", (kept.told(),)))
    later = held(engine, REVIEW)
    assert [(each.result, each.kept) for each in later.tested] == [(WRONG, dt.date(2010, 3, 15))]
    assert effects_to_keep(later) == ()
