"""One child's path on pages: reached from any list, and as the opening of the SMT agenda."""

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from data_access.actor import Role
from data_access.scope import Scope
from tests.pages.reading_pages import links_of, text_of
from tests.reader import reader_of

Open = Callable[..., AppTest]
ASSESSMENTS, BEFORE_ITS_REFERRAL = "initial_assessments_within_7_working_days", "K-302421"
DRAWN = re.compile(r"Child (K-\d+)")


def path_of(at: AppTest) -> str:
    """Return the steps of the path that the page shows; empty where it shows none."""
    return next((str(each.value) for each in at.get("html") if 'class="path"' in str(each.value)), "")


@pytest.mark.parametrize("page", ["cases", "measure"])
def test_each_row_of_a_list_leads_to_its_childs_path_and_back(open_page: Open, page: str) -> None:
    listed = open_page(page, measure=ASSESSMENTS)
    [link] = [link for link in links_of(listed) if "child" in link.parameters][:1]
    assert link.page == "cases"
    at = open_page("cases", **link.parameters)
    assert f'The path of child <span class="reference">{link.parameters["child"]}</span>' in text_of(at)
    assert "Initial assessment completed" in path_of(at)
    [back] = [each for each in links_of(at) if each.label == "Back to the list"]
    assert back.parameters == {name: value for name, value in link.parameters.items() if name != "child"}


def test_what_is_out_of_order_stands_above_the_steps_and_at_the_step(open_page: Open) -> None:
    shown = path_of(open_page("cases", child=BEFORE_ITS_REFERRAL))
    assert shown.index("The initial assessment was begun 2 working days before the referral was received.") < (
        shown.index("<ol")
    )
    [odd] = [step for step in shown.split("<li") if "flagged" in step]
    assert "Initial assessment begun" in odd
    assert '<span class="flag">Out of order</span>' in odd


def test_a_child_that_is_not_there_is_said_plainly(open_page: Open) -> None:
    assert "There is no child “<b>K”" in text_of(open_page("cases", child="<b>K")).replace("\\", "")
    said = text_of(open_page("smt_agenda", child="<b>K"))
    assert "There is no child “&lt;b&gt;K” among those whose cases you may see." in said
    assert "Actions due" in said


def test_who_may_list_no_cases_sees_no_path(read_as: Open) -> None:
    board = reader_of(Scope.figures_only(), Role.BOARD_MEMBER)
    at = read_as("cases", board, child=BEFORE_ITS_REFERRAL)
    assert "You may not see the cases of any child." in text_of(at)
    assert not path_of(at)


def test_the_agenda_opens_with_a_child_by_its_seed_and_the_same_again(open_page: Open) -> None:
    assert not path_of(open_page("smt_agenda"))
    [draw] = [link for link in links_of(open_page("smt_agenda")) if link.label == "Draw a child at random"]
    at, again = open_page("smt_agenda", **draw.parameters), open_page("smt_agenda", **draw.parameters)
    assert path_of(at) == path_of(again) != ""
    said = text_of(at)
    assert "Seed “2010-03-22” draws the same from them again." in said
    [other] = [link for link in links_of(at) if link.label == "Draw another child"]
    assert other.parameters["seed"] == "2010-03-22, draw 2"
    assert said.index("The steps, in order of time") < said.index("Decided before</h2>")
    [child] = DRAWN.findall(said)
    assert path_of(open_page("smt_agenda", child=child)) == path_of(at)


def test_the_room_may_choose_a_child_by_its_reference(open_page: Open) -> None:
    at = open_page("smt_agenda", week="2009-12-07")
    box = next(each for each in at.text_input if each.label == "Or the reference of a child")
    box.set_value(f"  {BEFORE_ITS_REFERRAL} ").run()
    assert not at.exception
    assert f"Child {BEFORE_ITS_REFERRAL}" in text_of(at)
    assert "Out of order" in path_of(at)
    [close] = [link for link in links_of(at) if link.label == "Close the path"]
    assert close.parameters == {"week": "2009-12-07"}
