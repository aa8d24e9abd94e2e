"""Decisions of the meeting on the agenda: changed and withdrawn with their history; and the agenda presented."""

import datetime as dt
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components.agenda.parts import PARTS, SCREENS
from data_access.decisions import Decision
from tests.pages.reading_pages import text_of
from tests.pages.test_smt_agenda import DECISIONS, NEXT, WEEK, press, taken, widget

Open = Callable[..., AppTest]
DUTY = {"week": WEEK, "what": "Two managers <i>on duty</i>", "owner": "Group manager", "due_on": NEXT}
ID = "meeting_decision-1"


def test_a_decision_is_changed_and_withdrawn_with_its_history(open_page: Open, council_copy: str) -> None:
    taken(council_copy, Decision("meeting_decision", DUTY, "Decided at the meeting"))
    at = open_page("smt_agenda", database=council_copy, week=str(WEEK), change=ID)
    owner = next(each for each in at.text_input if each.key == f"draft0_change_{ID}-_owner")
    owner.set_value("Divisional Director")
    assert "Fill this in: why it is decided so." in press(at, "Keep the change")
    due = next(each for each in at.date_input if each.key == f"draft0_change_{ID}-_due_on")
    due.set_value(dt.date(2009, 12, 21))
    widget(at, "text_input", "Why it is changed or withdrawn").set_value("The manager is away")
    said = press(at, "Keep the change")
    assert "Two managers &lt;i&gt;on duty&lt;/i&gt;: changed." in said
    assert "Divisional Director: Nothing said yet, due 21 December 2009." in said
    changes = (
        "Who does it, by role: Group manager → Divisional Director; Until when: 14 December 2009 → 21 December 2009"
    )
    assert f"{changes} – The manager is away</li>" in said
    assert "change" not in at.query_params

    at = open_page("smt_agenda", database=council_copy, week=str(NEXT), change=ID)
    widget(at, "text_input", "Why it is changed or withdrawn").set_value("Agreed <b>twice</b>")
    said = press(at, "Withdraw it")
    assert (
        "<s><b>Two managers &lt;i&gt;on duty&lt;/i&gt;</b></s> Divisional Director: Withdrawn: Agreed &lt;b&gt;"
        in said
    )
    assert "3 entries" in said
    assert not [button for button in at.button if button.label == "Done"]
    later = text_of(open_page("smt_agenda", database=council_copy, week="2009-12-21"))
    assert "Nothing is open from earlier meetings." in later


@pytest.mark.soak
def test_a_change_of_what_somebody_else_changed_is_refused_once(open_page: Open, council_copy: str) -> None:
    taken(council_copy, Decision("meeting_decision", DUTY, "Decided at the meeting"))
    at = open_page("smt_agenda", database=council_copy, week=str(WEEK), change=ID)
    widget(at, "text_input", "Why it is changed or withdrawn").set_value("Mine")
    theirs = DUTY | {"owner": "Director", "measure": DECISIONS}
    taken(council_copy, Decision("meeting_decision", theirs, "Theirs", ID, 1))
    said = press(at, "Keep the change")
    assert "it is at revision 2, you saw revision 1. Their reason: Theirs." in said
    assert "Director: Nothing said yet" in said
    assert "Group manager: Nothing said yet" in press(at, "Keep the change")


def test_a_part_is_presented_alone_with_its_place_and_the_way_on(open_page: Open) -> None:
    first, last = SCREENS[0], SCREENS[-1]
    said = text_of(open_page("smt_agenda", week=str(WEEK), screen="accountability"))
    place = [part.name for part in SCREENS].index("accountability") + 1
    assert 'data-screen="accountability" tabindex="-1">Accountability</h1>' in said
    assert f"<p>{place} of {len(SCREENS)} · w/c 7 December 2009</p>" in said
    assert "screen=systems" in said
    assert "screen=family_focus" in said
    assert f"{last.title}</h2>" not in said
    assert f"{first.title}</h2>" not in said


def test_screens_are_parts_of_the_agenda_in_its_order() -> None:
    names = [part.name for part in PARTS]
    assert len(set(names)) == len(names)
    assert [names.index(part.name) for part in SCREENS] == sorted(names.index(part.name) for part in SCREENS)


@pytest.mark.parametrize("parameter", [{"screen": "x"}, {"change": "meeting_decision-99"}])
def test_an_address_of_no_screen_or_decision_says_so(open_page: Open, parameter: dict[str, str]) -> None:
    assert "There is no " in text_of(open_page("smt_agenda", **parameter))
