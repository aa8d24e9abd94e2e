"""Targets and notes on the Measure page: set, refused at the field, changed, withdrawn, from a file, proposed."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

from dashboard.cache import measures
from data_access.database.opening import connect
from data_access.decisions import Decision, decide
from tests.pages.reading_pages import links_of, text_of
from tests.reader import READER, now

Open = Callable[..., AppTest]
DECISIONS = "decisions_within_24_hours"
LATER = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=2)


def opened(open_page: Open, database: str, what: str | None = None, /) -> AppTest:
    """Open the page of a measure with its panel open and, where named, a form."""
    at = open_page("measure", database=database, measure=DECISIONS)
    at.session_state["decisions_open"] = True
    if what is not None:
        at.session_state[f"decide_what_{DECISIONS}"] = what
    at.run()
    assert not at.exception
    return at


def widget(at: AppTest, kind: str, label: str) -> Any:
    return next(element for element in getattr(at, kind) if element.label == label)


def fill(at: AppTest, kind: str, **values: object) -> None:
    for label, value in values.items():
        widget(at, kind, label.replace("_", " ")).set_value(value)


def press(at: AppTest, label: str) -> str:
    """Press a button and return what the page says then."""
    widget(at, "button", label).click()
    at.run()
    assert not at.exception
    return text_of(at)


def taken(database: str, *decisions: Decision) -> None:
    engine = connect(database)
    for decision in decisions:
        decide(READER, engine, decision)
    engine.dispose()


def test_a_target_is_refused_at_its_field_set_changed_and_withdrawn(open_page: Open, council_copy: str) -> None:
    at = opened(open_page, council_copy, "target")
    assert "Because: Every referral decided within 24 hours." in text_of(at)
    fill(at, "text_input", The_figure="120%", Why="Agreed by the board")
    fill(at, "date_input", Holds_from=dt.date(2010, 1, 4))
    said = press(at, "Keep it")
    assert "“120%” can’t be. Expected: at most 100%, since the measure is a share of a whole" in said
    assert "Nothing was changed. What you typed stands below." in said
    assert widget(at, "text_input", "The figure").value == "120%"
    assert widget(at, "text_input", "Why").value == "Agreed by the board"
    assert not [each for each in measures.decided(now(), DECISIONS) if each.decision_id == "target-1"]

    fill(at, "text_input", The_figure="90%")
    said = press(at, "Keep it")
    assert "Target target-1 is kept." in said
    assert "at least 90% from 4 January 2010; of the plan. <span>Because: Agreed by the board." in said
    assert measures.measure_view(now(), DECISIONS).judgement.target.value == 0.9  # type: ignore[union-attr]

    at = opened(open_page, council_copy, "change")
    which = widget(at, "selectbox", "Which")
    which.set_value("target target-1").run()
    assert widget(at, "text_input", "The figure").value == "90%"
    fill(at, "text_input", The_figure="85%", Why="Too high for now")
    said = press(at, "Keep the change")
    assert "at least 85% from 4 January 2010; of the plan" in said
    assert "at least 90% from 4 January 2010; of the plan – Agreed by the board" in said

    widget(at, "selectbox", "Which").set_value("target target-1").run()
    fill(at, "text_input", Why="Set by mistake")
    said = press(at, "Withdraw it")
    assert "Target target-1 is withdrawn." in said
    assert measures.measure_view(now(), DECISIONS).judgement.target.value == 1  # type: ignore[union-attr]


def test_a_target_may_be_for_some_of_the_cases(open_page: Open, council_copy: str) -> None:
    at = opened(open_page, council_copy, "target")
    widget(at, "selectbox", "Of").set_value("source=police")
    fill(at, "text_input", The_figure="90%", Why="Agreed with the police")
    fill(at, "date_input", Holds_from=dt.date(2010, 1, 4))
    said = press(at, "Keep it")
    assert "at least 90% from 4 January 2010, source police alone; of the plan" in said
    assert "Targets by source" in said
    assert measures.measure_view(now(), DECISIONS).judgement.target.value == 1  # type: ignore[union-attr]
    at = opened(open_page, council_copy, "change")
    widget(at, "selectbox", "Which").set_value("target target-1").run()
    assert widget(at, "selectbox", "Of").value == "source=police"


def test_what_somebody_decided_meanwhile_is_told_and_nothing_typed_is_lost(
    open_page: Open, council_copy: str
) -> None:
    content = {"happened_on": "2010-01-06", "label": "Snow"}
    taken(council_copy, Decision("event", content, "Roads were closed"))
    at = opened(open_page, council_copy, "change")
    widget(at, "selectbox", "Which").set_value("event event-1").run()
    taken(council_copy, Decision("event", content | {"label": "Ice"}, "It was ice", "event-1", 1))
    fill(at, "text_input", A_few_words_for_the_chart="Snow and ice", Why="It was both")
    said = press(at, "Keep the change")
    assert "it is at revision 2, you saw revision 1. Their reason: It was ice." in said
    assert widget(at, "text_input", "A few words for the chart").value == "Snow and ice"
    said = press(at, "Keep the change")
    assert "Event event-1 is kept." in said
    assert "<b>Event event-1</b> Snow and ice, 6 January 2010 (every measure)." in said


def test_events_rebases_and_weeks_left_out_are_held_against_what_stands(open_page: Open, council_copy: str) -> None:
    at = opened(open_page, council_copy, "event")
    fill(at, "date_input", Day=LATER)
    fill(at, "text_input", A_few_words_for_the_chart="Snow", Why="Roads")
    assert f"“{LATER}” can’t be. Expected: a day that has come" in press(at, "Keep it")

    widget(at, "radio", "What do you want to do?").set_value("rebase").run()
    fill(at, "date_input", The_work_changed_on=dt.date(2010, 1, 11))
    fill(at, "text_input", A_few_words_for_the_chart="New rota", Why="It has held")
    said = press(at, "Keep it")
    assert "Fill this in: the role that agreed." in said
    fill(at, "text_input", Approved_by="Divisional Director")
    said = press(at, "Keep it")
    assert "Expected: a day 13 points or more from every other rebase: RB-01 starts on 2009-12-14" in said
    assert widget(at, "text_input", "A few words for the chart").value == "New rota"

    widget(at, "radio", "What do you want to do?").set_value("left_out_period").run()
    fill(at, "date_input", A_day_of_the_week=dt.date(2010, 1, 6))
    fill(at, "text_input", Why="Snow: offices were closed")
    said = press(at, "Keep it")
    assert "Week left out left_out_period-1 is kept." in said
    ghosted = [each.point for each in measures.measure_view(now(), DECISIONS).judgement.points if each.point.ghost]
    assert [(point.start, point.ghost) for point in ghosted] == [(dt.date(2010, 1, 4), "Snow: offices were closed")]


def test_a_file_is_taken_whole_or_told_row_by_row(open_page: Open, council_copy: str) -> None:
    at = opened(open_page, council_copy, "file")
    headings = "decision,happened_on,label,reason\n"
    at.file_uploader[0].set_value(
        ("agreed.csv", f"{headings}event,2049-01-01,Snow,Roads\n".encode(), "text/csv")
    ).run()
    said = press(at, "Take all of them")
    assert "agreed.csv: 1 of its 1 rows can&#x27;t be decided, so none was.\nrow 2: happened_on is" in said
    at.file_uploader[0].set_value(
        ("agreed.csv", f"{headings}event,2010-01-06,Snow,Roads\n".encode(), "text/csv")
    ).run()
    assert "1 decision of agreed.csv kept." in press(at, "Take all of them")
    assert "event-1" in [each.decision_id for each in measures.decided(now(), DECISIONS)]


def test_a_rebase_is_proposed_with_its_reason_and_fills_in_its_form(open_page: Open, council_copy: str) -> None:
    taken(council_copy, Decision("rebase", {}, "Shall be decided again", "RB-01", 0, withdrawn=True))
    at = open_page("measure", database=council_copy, measure=DECISIONS)
    said = text_of(at)
    assert "Since 14 December 2009 all 15 weeks stand above the mean of the" in said
    assert "it begins with “New duty system”" in said
    press(at, "Fill in the form")
    assert widget(at, "date_input", "The work changed on").value == dt.date(2009, 12, 14)
    assert widget(at, "text_input", "A few words for the chart").value == "New duty system"
    fill(at, "text_input", Approved_by="Divisional Director")
    assert "Rebase rebase-1 is kept." in press(at, "Keep it")
    assert "Start the limits again?" not in text_of(at)


def test_the_page_can_be_seen_without_its_rebases(open_page: Open) -> None:
    with_them = open_page("measure", measure=DECISIONS)
    link = next(link for link in links_of(with_them) if link.label == "Without rebases")
    assert link.parameters == {"measure": DECISIONS, "rebases": "without"}
    at = open_page("measure", **link.parameters)
    view = measures.measure_view(now(), DECISIONS, rebased=False)
    assert len(view.judgement.segments) == 1
    assert f'<h1 class="message">{view.sentence}</h1>' in text_of(at)
    assert "New duty system, 14 December 2009: shown here as if the lines had not started again." in text_of(at)
    back = next(link for link in links_of(at) if link.label == "With rebases")
    assert back.parameters == {"measure": DECISIONS}
