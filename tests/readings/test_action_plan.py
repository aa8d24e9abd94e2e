"""The action plan on the day of the data: what is due, who is to be named, which measures moved; and in words."""

import datetime as dt
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from dashboard.analysis.movement import Moved
from dashboard.readings.action_plan import Due, Plan, plan, plan_history
from dashboard.readings.measure_detail import background
from dashboard.readings.reading import open_reading
from dashboard.words.action_plan import (
    FIELD_WORDS,
    count_words,
    deadline_words,
    due_words,
    history_of_line,
    lead_words,
    movement_short,
    movement_words,
    short_due,
    summary_words,
)
from data_access.database.opening import connect
from data_access.decisions import Decision, decide
from data_access.extracts.action_plan import ACTIONS
from data_access.measures import MEASURES
from data_access.measures.definition import Strand
from tests.data_access.decisions.people import ANNA, put, stands
from tests.data_access.decisions.test_action_plan import row
from tests.reader import READER

POSTGRESQL_IN_SOAK = True

DAY = dt.date(2010, 3, 29)


def read(engine: sa.Engine, on: dt.date | None = DAY) -> Plan:
    with open_reading(engine, READER) as reading:
        return plan(reading, on=on, views={})


@pytest.fixture(scope="module")
def shipped(loaded_council: str) -> Iterator[Plan]:
    """Give the plan that the sample council ships, with its measures."""
    engine = connect(loaded_council)
    with open_reading(engine, READER) as reading:
        yield plan(reading, on=DAY)
    engine.dispose()


DUE = [
    ({"due_on": dt.date(2010, 3, 28)}, Due.OVERDUE, "Overdue since 28 March 2010", "Overdue"),
    ({"due_on": dt.date(2010, 3, 29)}, Due.SOON, "Due today, 29 March 2010", "Due 29 Mar"),
    ({"due_on": dt.date(2010, 3, 30)}, Due.SOON, "Due on 30 March 2010, in 1 day", "Due 30 Mar"),
    ({"due_on": dt.date(2010, 4, 26)}, Due.SOON, "Due on 26 April 2010, in 28 days", "Due 26 Apr"),
    ({"due_on": dt.date(2010, 4, 27)}, Due.LATER, "Due on 27 April 2010", "Due 27 Apr 2010"),
    ({}, Due.NO_DEADLINE, "No deadline", "No deadline"),
    ({"due_on": dt.date(2010, 3, 28), "status": "done"}, Due.DONE, "Done", "Done"),
    ({"due_on": dt.date(2010, 3, 28), "status": "stopped"}, Due.STOPPED, "Stopped", "Stopped"),
]


@pytest.mark.parametrize(("changes", "due", "words", "short"), DUE)
def test_a_line_is_held_against_the_day_of_the_data(
    database: sa.Engine, changes: dict[str, object], due: Due, words: str, short: str
) -> None:
    put(database, "actions", row("9a", **changes))
    [line] = read(database).lines
    assert (line.due, due_words(line), short_due(line)) == (due, words, short)


def test_without_a_day_nothing_is_overdue(database: sa.Engine) -> None:
    put(database, "actions", row("9a", due_on=dt.date(2010, 3, 1)))
    assert read(database, None).lines[0].due is Due.NO_DEADLINE


def test_a_lead_to_be_named_is_told_of_what_is_still_to_be_done(database: sa.Engine) -> None:
    put(
        database,
        "actions",
        row("1", lead="IT board", lead_to_be_named=True),
        row("2", lead=None),
        row("3", lead="IT board", lead_to_be_named=True, status="done"),
    )
    lines = read(database).lines
    assert [line.lacks_lead for line in lines] == [True, True, False]
    assert [lead_words(line.action) for line in lines[:2]] == [
        "IT board; a lead still to be named",
        "Still to be named",
    ]


def test_the_history_of_a_line_names_every_field_that_changed(database: sa.Engine) -> None:
    put(database, "actions", row("9a", due_on=dt.date(2010, 1, 31)))
    content = dict(stands(database, "action")["9a"].content)
    decide(ANNA, database, Decision("action", {**content, "due_on": "2010-02-28"}, "Put off", "9a", 0))
    content |= {"due_on": "2010-02-28", "status": "done", "evidence": "Audit", "lead_to_be_named": True}
    decide(ANNA, database, Decision("action", content, "Seen", "9a", 1))
    with open_reading(database, READER) as reading:
        [line], _ = plan_history(reading, "9a")
    assert [words for _, words in history_of_line(line)] == [
        "Lead still to be named: nothing → yes; Status: In progress → Done; Evidence: nothing → Audit",
        "Due on: 31 January 2010 → 28 February 2010",
        "Loaded with the plan",
    ]
    assert FIELD_WORDS.keys() == {column.stored_as for column in ACTIONS.columns} - {"action_id", "author"}


def test_the_council_s_plan_has_its_22_lines(shipped: Plan) -> None:
    assert count_words(shipped) == "22 lines under 15 numbers"
    assert [len(shipped.of_strand(strand)) for strand in Strand] == [11, 7, 1, 3]
    assert summary_words(shipped.lines) == (
        "9 overdue, 6 due within four weeks, 1 done, 1 with a lead still to be named"
    )
    printed = [line.action.deadline_printed for line in shipped.lines]
    assert printed == [
        *(None, None, None, "Mar-10", "Mar-10", "Dec-09", "Feb-10", "Jun-10", "Feb-10", "Feb-10", "Feb-10"),
        *("Dec-10", "Jan-10", "Dec-10", "Jan-10", "Mar-10", "Jun-10", "Jun-10", "Mar-10", "Mar-10", "Mar-10"),
        "Jan-10",
    ]
    assumed = shipped.named("9a")
    assert assumed is not None
    assert deadline_words(assumed.action) == (
        "31 December 2009; printed: Dec-10. The plan prints December 2010 for its immediate solution; December 2009 "
        "is meant"
    )


def test_its_first_report_is_that_of_15_december_where_the_plan_has_any(shipped: Plan) -> None:
    first = {line.action.action_id: line.action.updates[-1].dated_on for line in shipped.lines if line.action.updates}
    assert set(first.values()) == {dt.date(2009, 12, 15), dt.date(2010, 3, 18)}
    assert [name for name, day in first.items() if day.year == 2010] == ["1a"]
    assert {line.action.action_id for line in shipped.lines} - set(first) == {"1b"}


def test_measures_and_lines_name_one_another(shipped: Plan) -> None:
    of_measures = {(item, name) for name, measure in MEASURES.items() for item in measure.definition.plan_items}
    of_lines = {(line.action.action_id, name) for line in shipped.lines for name in line.action.measures}
    assert of_lines == of_measures


def test_whether_measures_moved_is_told_in_words(shipped: Plan) -> None:
    told = {
        linked.view.definition.id: (movement_short(linked.movement), movement_words(linked))
        for line in shipped.lines
        for linked in line.measures
    }
    assert told["decisions_within_24_hours"] == (
        "better since",
        "Better since: 69% before, 94% in the 15 weeks since",
    )
    assert told["re_referrals_within_12_months"][0] == "no change beyond chance"
    assert told["cafs_started"][0] == "moving before already"
    assert told["cases_held_by_practice_managers"][1].startswith("Not judged: ")
    assert "just before" in told["cases_held_by_practice_managers"][1]
    assert told["complaints"][1] == "Too soon to say: 2 months settled since"
    moved = {linked.movement.moved for line in shipped.lines for linked in line.measures if linked.movement}
    assert {Moved.BETTER, Moved.WORSE, Moved.NOT_BEYOND_CHANCE, Moved.ALREADY, Moved.TOO_FEW} <= moved


def test_the_chart_marks_the_day_on_which_its_lines_began(loaded_council: str) -> None:
    engine = connect(loaded_council)
    with open_reading(engine, READER) as reading:
        around = background(reading, "decisions_within_24_hours", up_to=DAY)
        before = background(reading, "decisions_within_24_hours", up_to=dt.date(2009, 12, 9))
    engine.dispose()
    began = [event for event in around.happened if event.label.startswith("Plan ")]
    assert [(event.on, event.label) for event in began] == [(dt.date(2009, 12, 10), "Plan 9a, 9b began")]
    assert [event.on for event in around.happened] == sorted(event.on for event in around.happened)
    assert not any(event.label.startswith("Plan ") for event in before.happened)
