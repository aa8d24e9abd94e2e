"""A change of standard breaks the line: nothing before it is compared with anything after it."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from dashboard.access import command_line_actor
from dashboard.readings.measure_views import MeasureView, measure_views
from dashboard.readings.reading import Reading
from data_access.database.opening import connect, reading
from data_access.queries.definitions import changes_of_standard
from data_access.scope import Scope
from data_access.vocabulary import TargetState
from tests.loading.handing_over import Council, terms

IN_TIME, OVERDUE = "initial_assessments_within_7_working_days", "initial_assessments_overdue"
FIRST, WEEKS = dt.date(2009, 1, 5), 70
CHANGED = dt.date(2010, 4, 1)
TARGETS = f"""
target_id,measure,from,comparison,kind,value,source,reason,author
T-01,{IN_TIME},2010-02-01,above,year_before,,plan,the plan,Board
"""


@pytest.fixture
def view(new_sqlite: Callable[[], AbstractContextManager[str]], tmp_path: Path) -> MeasureView:
    """Return the measure of a council where an assessment in each week is completed on the day of its referral."""
    days = [FIRST + dt.timedelta(weeks=number) for number in range(WEEKS)]
    referrals = [f"R{n},C{n},{day} 09:00,{day} 10:00,initial_assessment,T1" for n, day in enumerate(days)]
    assessments = [f"A{n},C{n},R{n},initial,{day},{day},,,T1" for n, day in enumerate(days)]
    with new_sqlite() as url:
        engine = connect(url)
        Council(engine, tmp_path).hand_over(
            terms("2010-05-10 07:00", "2009-01-01", "2010-05-09", complete=True),
            referrals="\n".join(["referral_id,child_id,received_at,decided_at,decision,team_id", *referrals]),
            assessments="\n".join(
                [
                    "assessment_id,child_id,referral_id,kind,started_on,completed_on,terminated_on,new_information_on,"
                    "team_id",
                    *assessments,
                ]
            ),
            targets=TARGETS,
        )
        with reading(engine) as connection:
            [told] = measure_views(Reading.on(connection, command_line_actor()), [IN_TIME])
        engine.dispose()
    return told


def test_the_lines_start_again_under_the_name_of_the_standard(view: MeasureView) -> None:
    before, after = view.judgement.segments
    assert before.begun_by is None
    assert after.begun_by is not None
    assert (after.begun_by.start, after.begun_by.reason) == (CHANGED, "new standard: 10 working days")
    assert after.start == dt.date(2010, 4, 5)
    assert "too soon to judge since the new standard of 1 April (5 of 13 weeks)" in view.sentence


def test_the_year_before_is_no_target_under_another_standard(view: MeasureView) -> None:
    assert [(step.starts, step.ends) for step in view.targets] == [
        (dt.date(2010, 2, 1), CHANGED),
        (dt.date(2010, 3, 1), CHANGED),
    ]
    by_week = {each.point.start: each.target for each in view.judgement.points}
    assert by_week[dt.date(2010, 3, 29)] is not None
    assert by_week[dt.date(2010, 4, 5)] is None
    assert view.judgement.target_state is TargetState.NO_TARGET


def test_the_measures_that_follow_a_standard_know_its_changes(
    new_sqlite: Callable[[], AbstractContextManager[str]],
) -> None:
    with new_sqlite() as url:
        engine = connect(url)
        with reading(engine) as connection:
            changed = changes_of_standard(Scope.everything(), connection)
        engine.dispose()
    days = {name: [(each.from_date, each.working_days) for each in held] for name, held in changed.items()}
    assert days[IN_TIME] == days[OVERDUE] == [(CHANGED, 10)]
