"""The Cases page draws a random sample of the list that it shows: size and seed stand in the address."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.cache import measures
from dashboard.readings.case_sample import sample_of
from data_access.measures import measure_named
from tests.pages.reading_pages import links_of, text_of
from tests.pages.test_cases import references
from tests.reader import now

Open = Callable[..., AppTest]

DECISIONS = "decisions_within_24_hours"


def options(at: AppTest, label: str) -> dict[str, dict[str, str]]:
    """Return the links that a menu opens, by their words."""
    before = {link.label for link in links_of(at)}
    key = f"samples_cases_{label}"
    at.session_state[key] = True
    at.run()
    return {link.label: link.parameters for link in links_of(at) if link.label not in before}


def test_a_sample_is_drawn_from_the_list_and_told(open_page: Open) -> None:
    at = open_page("cases", measure=DECISIONS, sample="5", seed="board of March")
    headline = measures.measure_view(now(), DECISIONS).headline
    listed = measures.listed(now(), DECISIONS, first=headline["start"], last=headline["end"], team=None).to_dicts()
    expected = sample_of(listed, measure_named(DECISIONS).definition, 5, "board of March")
    assert sorted(references(at)) == sorted(case["case_id"] for case in expected.cases)
    assert "5 cases, w/c 22 March 2010" in text_of(at)
    assert f"Drawn at random from {expected.out_of:,}" in text_of(at)
    assert "Seed “board of March” draws the same from this list again." in text_of(at)


def test_narrowing_the_list_narrows_what_is_drawn_from(open_page: Open) -> None:
    at = open_page("cases", measure=DECISIONS, sample="3", show="late", team="AT2", over="window")
    assert "Seed “2009-12-28” draws" in text_of(at)
    whole = open_page("cases", measure=DECISIONS, show="late", team="AT2", over="window")
    assert len(references(at)) == 3
    assert set(references(at)) < set(references(whole))


def test_the_menu_leads_to_samples_a_further_draw_and_back(open_page: Open) -> None:
    offered = options(open_page("cases", measure=DECISIONS), "Draw a random sample")
    assert offered["10 cases"]["sample"] == "10"
    again = options(open_page("cases", measure=DECISIONS, sample="10"), "Random sample of 10")
    assert again["Another 10"]["seed"] == "2010-03-22, draw 2"
    assert "10 cases" not in again
    assert "sample" not in again["The whole list"]
    assert "seed" not in again["The whole list"]
    third = options(open_page("cases", measure=DECISIONS, sample="10", seed="x, draw 2"), "Random sample of 10")
    assert third["Another 10"]["seed"] == "x, draw 3"


@pytest.mark.parametrize("size", ["0", "-1", "many", "1.5"])
def test_a_size_that_cannot_be_is_told(open_page: Open, size: str) -> None:
    assert f"There is no sample of “{size}” cases here" in text_of(
        open_page("cases", measure=DECISIONS, sample=size)
    ).replace("\\", "")


def test_a_seed_shows_as_text(open_page: Open) -> None:
    at = open_page("cases", measure=DECISIONS, sample="2", seed="<img src=x>")
    assert "&lt;img src=x&gt;" in text_of(at)
    assert "<img" not in text_of(at)
