"""Drafts of the agenda in a session that does not know them, as after a refresh: what the browser hands back."""

import datetime as dt
import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from data_access.decisions import Decision
from tests.pages.reading_pages import text_of
from tests.pages.test_smt_agenda import DECISIONS, MEASURE, SAID, WEEK, press, taken, widget

Open = Callable[..., AppTest]
COMMENT = f"draft0_commentary_{WEEK}_{MEASURE}-"
ABOUT = f"draft0_commentary_about_{WEEK}-_measure"
DECISION = f"draft0_decision_{WEEK}-_own"
THEIRS = {"measure": MEASURE, "week": WEEK, "text": "Theirs"}


def hand_back(at: AppTest, drafts: object) -> str:
    """Do what the browser's script does once fields stand there without their drafts."""
    told = drafts if isinstance(drafts, str) else json.dumps(drafts)
    widget(at, "text_input", "Drafts of this tab").set_value(told)
    return press(at, "Put the drafts back")


def test_a_draft_over_a_comment_that_came_after_it_is_refused_once_and_then_kept(
    open_page: Open, council_copy: str
) -> None:
    taken(council_copy, Decision("commentary", THEIRS, "x"))
    at = open_page("smt_agenda", database=council_copy, week=str(WEEK))
    said = hand_back(at, {ABOUT: "CAFs started", f"{COMMENT}_text": "Mine", f"{COMMENT}_begun_on": " 0"})
    assert "Written meanwhile: Theirs" in said
    assert widget(at, "text_area", SAID).value == "Mine"
    assert "after your draft was begun" in press(at, "Keep the comment")
    assert "It says now: Theirs" in text_of(at)

    # what is told once is no leave to write over what comes after it
    taken(council_copy, Decision("commentary", THEIRS | {"text": "Theirs again"}, "x", "commentary-1", 1))
    assert "after your draft was begun" in press(at, "Keep the comment")
    assert "It says now: Theirs again" in text_of(at)
    assert "Mine <small>" in press(at, "Keep the comment")
    assert "Theirs" not in text_of(at)


def test_a_draft_on_what_stands_is_kept_at_once(open_page: Open, council_copy: str) -> None:
    taken(council_copy, Decision("commentary", THEIRS, "x"))
    at = open_page("smt_agenda", database=council_copy, week=str(WEEK))
    begun = {f"{COMMENT}_text": "Mine", f"{COMMENT}_begun_on": "commentary-1 1"}
    assert "It says now: Theirs" in hand_back(at, {ABOUT: "CAFs started", **begun})
    assert "Mine <small>" in press(at, "Keep the comment")


def test_days_and_choices_come_back_too(open_page: Open) -> None:
    at = open_page("smt_agenda", week=str(WEEK))
    drafts = {
        f"{DECISION}_what": "Two managers on duty",
        f"{DECISION}_due_on": "2009-12-14",
        f"{DECISION}_measure": "Referral decisions within 24 hours",
        f"{DECISION}_expected": "should rise",
        f"draft0_close_{WEEK}-_attendance": "Director",
    }
    hand_back(at, drafts)
    assert widget(at, "text_input", "What is to be done").value == "Two managers on duty"
    assert widget(at, "date_input", "Until when").value == dt.date(2009, 12, 14)
    assert widget(at, "selectbox", "Which measure should move").value == DECISIONS
    assert widget(at, "selectbox", "What should it do").value == "up"
    assert widget(at, "text_input", "Who attended, by role").value == "Director"


@pytest.mark.parametrize(
    "drafts",
    [
        "no json",
        ["a list"],
        {f"{DECISION}_due_on": "14/12/2009", f"{DECISION}_expected": "should stop", f"{DECISION}_what": 7},
        {f"{DECISION}_review_on": "9999-01-01", "page_run": "x", f"{COMMENT}_begun_on": "x"},
    ],
)
def test_what_no_field_can_hold_leaves_the_fields_as_they_are(open_page: Open, drafts: object) -> None:
    at = open_page("smt_agenda", week=str(WEEK))
    hand_back(at, drafts)
    assert widget(at, "text_input", "What is to be done").value == ""
    assert widget(at, "date_input", "Until when").value is None
    assert widget(at, "selectbox", "What should it do").value == "nothing"
