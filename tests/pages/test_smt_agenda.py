"""The agenda: a whole meeting, the week after, what somebody else wrote meanwhile, and the year's signed weeks."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.cache import agenda
from dashboard.readings.signed_weeks import definition_of
from data_access.database.opening import connect
from data_access.decisions import Decision, decide
from data_access.signed_weeks import ReportedMeasure
from tests.data_access.signed_weeks.weeks import sign
from tests.pages.reading_pages import links_of, text_of
from tests.reader import READER, now

Open = Callable[..., AppTest]
MEASURE, DECISIONS = "cafs_started", "decisions_within_24_hours"
SAID = "What is said about CAFs started"
WEEK, NEXT, REVIEWED = dt.date(2009, 12, 7), dt.date(2009, 12, 14), dt.date(2010, 3, 22)


def widget(at: AppTest, kind: str, label: str) -> Any:
    return next(element for element in getattr(at, kind) if element.label == label)


def press(at: AppTest, label: str) -> str:
    widget(at, "button", label).click()
    at.run()
    assert not at.exception
    return text_of(at)


def taken(database: str, *decisions: Decision) -> None:
    engine = connect(database)
    for decision in decisions:
        decide(READER, engine, decision)
    engine.dispose()


def comment(at: AppTest, text: str) -> str:
    widget(at, "selectbox", "Measure").set_value(MEASURE).run()
    widget(at, "text_area", SAID).set_value(text)
    return press(at, "Keep the comment")


def test_strands_stand_in_order_with_exceptions_first(open_page: Open) -> None:
    said = text_of(open_page("smt_agenda"))
    headings = ["Decided before", "Systems", "Accountability", "Family focus", "Effective actions"]
    headings += ["Actions due", "Comment on a measure", "Decisions of this meeting", "Close the meeting"]
    places = [said.index(f"{heading}</h2>") for heading in headings]
    assert places == sorted(places)
    front = text_of(open_page("this_week"))
    attention = front.split("What needs attention")[1].split("</ul>")[0]
    for line in attention.split("<li>")[1:]:
        words = line.split("</a>")[1].split("</li>")[0]
        assert words in said


def test_a_meeting_and_the_week_after(open_page: Open, council_copy: str) -> None:
    at = open_page("smt_agenda", database=council_copy, week=str(WEEK))
    assert "Nothing is open from earlier meetings." in text_of(at)
    said = comment(at, "<b>Schools</b> were closed\nfor a day")
    assert "&lt;b&gt;Schools&lt;/b&gt; were closed for a day" in said
    assert "The comment is kept." in said

    widget(at, "text_input", "What is to be done").set_value("Two managers on duty")
    widget(at, "text_input", "Who does it, by role").set_value("Group manager")
    said = press(at, "Note the decision")
    assert "Fill this in: the day by which it is to be done." in said
    assert widget(at, "text_input", "What is to be done").value == "Two managers on duty"
    widget(at, "date_input", "Until when").set_value(dt.date(2009, 12, 14))
    widget(at, "selectbox", "Which measure should move").set_value(DECISIONS)
    widget(at, "selectbox", "What should it do").set_value("up")
    widget(at, "date_input", "Tested on").set_value(dt.date(2010, 3, 28))
    said = press(at, "Note the decision")
    assert "<b>Two managers on duty</b> Group manager: Nothing said yet, due 14 December 2009." in said
    assert "Referral decisions within 24 hours should rise; tested on 28 March 2010." in said
    assert widget(at, "text_input", "What is to be done").value == ""

    widget(at, "text_input", "Who attended, by role").set_value("Director, heads of service")
    assert "Tick the box above the button first" in press(at, "Sign w/c 7 December 2009 off")
    widget(at, "checkbox", "These are the figures that the meeting saw").check()
    said = press(at, "Sign w/c 7 December 2009 off")
    assert "w/c 7 December 2009 is signed off." in said
    assert "Attended: Director, heads of service." in said

    at = open_page("smt_agenda", database=council_copy, week=str(NEXT))
    said = text_of(at)
    assert said.index("<b>Two managers on duty</b>") < said.index("Systems</h2>")
    assert "Group manager: Done." in press(at, "Done")

    at = open_page("smt_agenda", database=council_copy, week=str(REVIEWED))
    right = "Right: Referral decisions within 24 hours should rise; better since, 69% before, 94% since"
    assert f"{right}." in text_of(at)
    widget(at, "text_input", "Who attended, by role").set_value("Director")
    widget(at, "checkbox", "These are the figures that the meeting saw").check()
    press(at, "Sign w/c 22 March 2010 off")
    assert f"{right}; kept with w/c 22 March 2010." in text_of(at)
    [signed] = agenda.signed(now(), REVIEWED, REVIEWED)
    assert [tested["result"] for tested in signed.closing.tested] == ["right"]

    said = text_of(open_page("signed_weeks", database=council_copy))
    assert said.index("w/c 22 March 2010") < said.index("w/c 7 December 2009")
    assert "Every figure stands as it was reported." in said


def test_a_proposal_of_the_figures_fills_in_the_form(open_page: Open, council_copy: str) -> None:
    at = open_page("smt_agenda", database=council_copy)
    proposed = widget(at, "selectbox", "Proposed by the figures")
    proposed.set_value(proposed.options[0]).run()
    assert not at.exception
    assert widget(at, "text_input", "What is to be done").value.endswith("?")
    assert widget(at, "text_input", "Who does it, by role").value


def test_what_somebody_else_wrote_is_told_and_nothing_typed_is_lost(open_page: Open, council_copy: str) -> None:
    at = open_page("smt_agenda", database=council_copy, week=str(WEEK))
    widget(at, "selectbox", "Measure").set_value(MEASURE).run()
    theirs = {"measure": MEASURE, "week": WEEK, "text": "Theirs"}
    taken(council_copy, Decision("commentary", theirs, "x"))
    widget(at, "text_area", SAID).set_value("Mine")
    said = press(at, "Keep the comment")
    assert "Somebody else wrote about this measure after your draft was begun." in said
    assert "It says now: Theirs <small>a reader" in said
    assert widget(at, "text_area", SAID).value == "Mine"
    assert "Mine <small>" in press(at, "Keep the comment")

    taken(council_copy, Decision("commentary", theirs | {"text": "Theirs again"}, "x", "commentary-1", 2))
    at.run()
    assert "Written meanwhile: Theirs again" in text_of(at)
    widget(at, "text_area", SAID).set_value("Mine again")
    assert "after your draft was begun" in press(at, "Keep the comment")
    assert "Mine again <small>" in press(at, "Keep the comment")


@pytest.mark.soak
def test_a_week_signed_off_meanwhile_is_told_and_asks_why_again(open_page: Open, council_copy: str) -> None:
    first, second = (open_page("smt_agenda", database=council_copy, week=str(WEEK)) for _ in range(2))
    for at in (first, second):
        widget(at, "text_input", "Who attended, by role").set_value("Director")
        widget(at, "checkbox", "These are the figures that the meeting saw").check()
    press(first, "Sign w/c 7 December 2009 off")
    said = press(second, "Sign w/c 7 December 2009 off")
    assert "signed the week of 2009-12-07 off meanwhile" in said
    assert widget(second, "text_input", "Who attended, by role").value == "Director"
    assert "Fill this in: why the week is signed off again." in press(second, "Sign w/c 7 December 2009 off again")


def test_a_year_without_a_signed_week_says_so(open_page: Open) -> None:
    at = open_page("smt_agenda", week=str(REVIEWED))
    link = next(link for link in links_of(at) if link.page == "signed_weeks" and link.label == "Signed weeks")
    assert "No week of this year has been signed off." in text_of(open_page("signed_weeks", **link.parameters))


def signed_otherwise(database: str) -> None:
    """Sign a week off in which another figure of decisions was reported than stands."""
    figures = {"numerator": 50.0, "denominator": 62.0, "value": 50 / 62, "state": "complete", "shown": "81%"}
    reported = {"title": "Decided", "start": str(REVIEWED), "definition": definition_of(DECISIONS), **figures}
    engine = connect(database)
    sign(engine, week=REVIEWED, measures=[ReportedMeasure(DECISIONS, reported, {})])
    engine.dispose()


def test_a_figure_that_was_reported_otherwise_is_told_on_its_chart_and_among_the_weeks(
    open_page: Open, council_copy: str
) -> None:
    signed_otherwise(council_copy)
    told = "reported 81% (50 of 62), now 92% (57 of 62): no load says why"
    at = open_page("measure", database=council_copy, measure=DECISIONS)
    assert f"w/c 22 March 2010: {told}." in text_of(at)
    [chart] = at.get("vega_lite_chart")[:1]
    assert told in chart.proto.spec
    assert told in text_of(open_page("measure", database=council_copy, measure=DECISIONS, form="table"))
    assert told not in text_of(open_page("measure", database=council_copy, measure=DECISIONS, team="AT1"))
    said = text_of(open_page("signed_weeks", database=council_copy))
    for cell in ("81% (50 of 62)", "92% (57 of 62)", "no load says why"):
        assert f">{cell}</td>" in said
