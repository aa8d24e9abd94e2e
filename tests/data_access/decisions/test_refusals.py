"""What can't be decided is refused in words that name field, value and what was expected."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from data_access.database.opening import connect
from data_access.dates.periods import period_of
from data_access.decisions import Decision, decide
from data_access.decisions.decision import InvalidDecisionProblem
from data_access.decisions.kinds.rebase import points_between
from data_access.vocabulary import Period
from tests.data_access.decisions.people import ANNA, decision, put, put_teams, stored, target_row

NewDatabase = Callable[[], contextlib.AbstractContextManager[str]]
TODAY = dt.datetime.now(dt.UTC).date()
LATER = TODAY + dt.timedelta(days=2)


@pytest.fixture(scope="module")
def teams(new_sqlite: NewDatabase) -> Iterator[sa.Engine]:
    """Give a database with two teams, a target and a rebase that stand."""
    with new_sqlite() as url:
        engine = connect(url)
        put_teams(engine)
        put(engine, "targets", target_row("T-01"))
        decide(ANNA, engine, decision("rebase"))
        yield engine
        engine.dispose()


REFUSED = [
    ("target", {"measure": "decisions_in_24_hours"}, "measure", "such as decisions_within_24_hours"),
    ("target", {"measure": ""}, "measure", "a value: the measure's id"),
    ("target", {"value": "120%"}, "value", "at most 100%"),
    ("target", {"value": "95"}, "value", "at most 100%"),
    ("target", {"value": "-1"}, "value", "0 or more"),
    ("target", {"value": "lots"}, "value", "a number, such as"),
    ("target", {"value": "nan"}, "value", "a number, such as"),
    ("target", {"value": None}, "value", "a percentage, such as 85%"),
    ("target", {"measure": "cafs_started", "value": "12%"}, "value", "a number without a percent sign"),
    ("target", {"comparison": "below"}, "comparison", "at_least or above, since of this measure higher is better"),
    ("target", {"comparison": "around"}, "comparison", "one of at_least, above, at_most, below"),
    ("target", {"measure": "re_referrals_within_12_months"}, "comparison", "at_most or below"),
    ("target", {"kind": "wish"}, "kind", "one of fixed, trajectory, baseline, year_before"),
    ("target", {"source": "me"}, "source", "one of plan, national, ours"),
    ("target", {"team_id": "T9"}, "team_id", "There is no team 'T9'. There are: T1, T2"),
    ("target", {"service": "Nowhere"}, "service", "a service that teams belong to: Assessment"),
    ("target", {"team_id": "T1", "service": "Assessment"}, "service", "a team or a service, not both"),
    ("target", {"from_date": "01/04/2010"}, "from", "written like 2010-03-22"),
    ("target", {"from_date": "1850-01-01"}, "from", "a day from 1990-01-01 to 2049-12-31"),
    ("target", {"from_date": None}, "from", "a value: first day on which it holds"),
    ("target", {"due_on": "2010-03-31"}, "due_on", "no day before it holds, 2010-04-01"),
    ("target", {"from_date": "2010-01-01"}, "from", "no other target of the same begins: T-01 begins on 2010-01-01"),
    ("target", {"kind": "year_before"}, "value", "a blank, since the kind is year_before"),
    ("target", {"kind": "baseline", "value": None}, "baseline_from", "a day, since the kind is baseline"),
    ("target", {"baseline_from": "2009-12-01"}, "baseline_from", "a blank, since the kind is fixed"),
    (
        "target",
        {"kind": "baseline", "value": None, "baseline_from": "2009-12-31", "baseline_to": "2009-12-01"},
        "baseline_to",
        "no day before the baseline begins",
    ),
    (
        "target",
        {"kind": "baseline", "value": None, "baseline_from": "2009-12-31", "baseline_to": str(LATER)},
        "baseline_to",
        "a day that has come",
    ),
    ("target", {"dimension": "shoe", "dimension_value": "42"}, "dimension", "a dimension of the measure"),
    ("target", {"dimension_value": "42"}, "dimension_value", "a dimension and its value, or neither"),
    ("target", {"dimension": "source", "dimension_value": "moon"}, "dimension_value", "a value of source"),
    ("target", {"colour": "blue"}, "colour", "one of the fields measure, team_id"),
    ("target", {"plan_item": "x" * 201}, "plan_item", "at most 200 characters; these are 201"),
    ("commentary", {"week": "2010-03-24"}, "week", "a Monday, such as 2010-03-22"),
    ("commentary", {"text": ""}, "text", "a value: what is said about it"),
    ("commentary", {"measure": "decisions_in_24_hours"}, "measure", "such as decisions_within_24_hours"),
    ("meeting_decision", {"week": "2010-03-24"}, "week", "a Monday, such as 2010-03-22"),
    ("meeting_decision", {"owner": None}, "owner", "a value: the role that does it"),
    ("meeting_decision", {"due_on": "2010-03-21"}, "due_on", "no day before the week of the meeting, 2010-03-22"),
    ("meeting_decision", {"expected": "more"}, "expected", "one of up, down, none"),
    ("meeting_decision", {"review_on": None}, "review_on", "a value: the day to test it"),
    ("meeting_decision", {"measure": None}, "measure", "a value: the measure that it should move"),
    ("meeting_decision", {"expected": None}, "review_on", "a blank, since no effect is expected"),
    ("meeting_decision", {"measure": "initial_assessments_overdue"}, "measure", "a measure with limits"),
    ("meeting_decision", {"done": "perhaps"}, "done", "one of yes, no"),
    ("event", {"happened_on": str(LATER)}, "happened_on", f"a day that has come: today is {TODAY}"),
    ("event", {"label": " "}, "label", "a value: a few words for the chart"),
    ("event", {"label": "x" * 61}, "label", "at most 60 characters; these are 61"),
    ("event", {"label": "a\nb"}, "label", "plain text on one line"),
    ("event", {"label": "a\x00b"}, "label", "plain text on one line"),
    ("event", {"measure": "nonsense"}, "measure", "the id of a measure, such as"),
    ("rebase", {"from_date": str(LATER)}, "from", "a day that has come"),
    ("rebase", {"from_date": "2009-03-01", "approver": " anna"}, "approver", "another person than the author, Anna"),
    ("rebase", {"from_date": "2009-03-01", "approver": ""}, "approver", "a value: the role that agreed"),
    ("rebase", {"from_date": "2010-03-08"}, "from", "13 points or more from every other rebase: rebase-1 starts on"),
    ("rebase", {"from_date": "2009-09-15"}, "from", "2009-12-14, 12 weeks from it"),
    ("rebase", {"from_date": "2009-12-14", "team_id": "T1"}, "from", "0 weeks from it"),
    ("rebase", {"measure": "initial_assessments_overdue"}, "measure", "a measure with limits"),
    ("left_out_period", {"measure": "initial_assessments_overdue"}, "measure", "a measure with limits"),
    ("left_out_period", {"starts": "2010-01-06"}, "starts", "the first day of a week, since the measure has a point"),
    ("left_out_period", {"starts": str(LATER)}, "starts", "a day that has come"),
    ("left_out_period", {"team_id": "T9"}, "team_id", "There is no team 'T9'"),
    (
        "left_out_period",
        {"measure": "sickness_absence", "starts": "2010-01-04"},
        "starts",
        "the first day of a month, since the measure has a point for each: 2010-01-01",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "changes", "field", "expected"), REFUSED)
def test_what_can_t_be_is_refused_in_words(
    teams: sa.Engine, kind: str, changes: dict[str, object], field: str, expected: str
) -> None:
    before, wanted = stored(teams), decision(kind, **changes)
    with pytest.raises(InvalidDecisionProblem) as told:
        decide(ANNA, teams, wanted)
    [fault] = [fault for fault in told.value.faults if fault.field == field and expected in fault.expected]
    assert str(fault) in str(told.value)
    assert str(told.value).endswith("Nothing was changed.")
    assert told.value.decision is wanted
    assert stored(teams) == before


@pytest.mark.parametrize(
    ("reason", "expected"),
    [("", "a value: why it is decided so"), ("  ", "a value"), ("x" * 1001, "at most 1000"), ("a\nb", "plain text")],
)
def test_every_decision_needs_a_reason(teams: sa.Engine, reason: str, expected: str) -> None:
    with pytest.raises(InvalidDecisionProblem, match=f"reason .*; expected {expected}"):
        decide(ANNA, teams, decision("event", reason))
    gone = Decision("target", {}, reason, "T-01", withdrawn=True)
    with pytest.raises(InvalidDecisionProblem, match=f"reason .*; expected {expected}"):
        decide(ANNA, teams, gone)


def test_every_fault_is_told_at_once(teams: sa.Engine) -> None:
    with pytest.raises(InvalidDecisionProblem) as told:
        decide(ANNA, teams, decision("target", "", from_date="x", value="y", source="z"))
    assert [fault.field for fault in told.value.faults] == ["reason", "from", "value", "source"]


ALLOWED = [
    ("target", {"measure": "cafs_started", "value": "12", "comparison": "above"}),
    ("target", {"measure": "cafs_started", "value": 250, "team_id": "T1"}),
    ("target", {"value": "100%", "from_date": "2010-05-01"}),
    ("target", {"kind": "year_before", "value": None, "from_date": "2010-06-01"}),
    ("target", {"from_date": "2010-01-01", "team_id": "T1"}),
    ("event", {"happened_on": str(TODAY)}),
    ("rebase", {"from_date": "2010-03-15"}),
    ("rebase", {"from_date": "2009-09-14"}),
    ("rebase", {"measure": "cafs_started"}),
    ("left_out_period", {"measure": "sickness_absence", "starts": "2010-01-01"}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "changes"), ALLOWED)
def test_what_can_be_is_taken(new_sqlite: NewDatabase, kind: str, changes: dict[str, object]) -> None:
    with new_sqlite() as url:
        engine = connect(url)
        put_teams(engine)
        put(engine, "targets", target_row("T-01"))
        decide(ANNA, engine, decision("rebase"))
        assert decide(ANNA, engine, decision(kind, **changes)).kind == kind
        engine.dispose()


def test_a_rebase_or_target_may_be_changed_where_it_stands(new_sqlite: NewDatabase) -> None:
    """What is changed is not held against itself."""
    with new_sqlite() as url:
        engine = connect(url)
        for kind in ("rebase", "target", "left_out_period"):
            made = decide(ANNA, engine, decision(kind))
            again = Decision(kind, decision(kind).content, "again", made.decision_id, expected=1)
            assert decide(ANNA, engine, again).revision == 2
        engine.dispose()


DAYS = st.dates(dt.date(2008, 1, 1), dt.date(2012, 12, 31))


@given(first=DAYS, last=DAYS, period=st.sampled_from([Period.WEEK, Period.MONTH, Period.QUARTER, Period.YEAR]))
def test_points_between_two_days_are_the_periods_that_begin_there(
    first: dt.date, last: dt.date, period: Period
) -> None:
    early, late = min(first, last), max(first, last)
    days = [early + dt.timedelta(days=number) for number in range((late - early).days)]
    assert points_between(period, first, last) == sum(period_of(day, period)[0] == day for day in days)
