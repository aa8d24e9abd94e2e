"""The page Inspection evidence: every finding with the sentences of its measures, as the other pages say them."""

import csv
from collections.abc import Callable
from dataclasses import replace
from html import escape

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.cache import measures
from dashboard.cache.inspection_evidence import inspection_evidence
from dashboard.readings.inspection_evidence import Stands, is_not_good
from dashboard.words.inspection_evidence import KINDS
from data_access.measures import MEASURES
from tests.council import ROOT
from tests.pages.reading_pages import Link, links_of, text_of
from tests.reader import now

Open = Callable[..., AppTest]

PAGE = "inspection_evidence"
SHIPPED = list(csv.DictReader((ROOT / "sample_data" / "findings.csv").read_text(encoding="utf-8").splitlines()))


def test_what_ships_names_measures_and_findings_that_there_are() -> None:
    by_reference = {row["finding_id"]: row for row in SHIPPED}
    assert len(by_reference) == len(SHIPPED)
    for row in SHIPPED:
        assert set(row["measures"].split()) <= set(MEASURES)
        assert bool(row["measures"]) is not bool(row["out_of_scope"])
        assert row["kind"] in KINDS
        if row["disagrees_with"]:
            assert by_reference[row["disagrees_with"]]["source"] != row["source"]


def test_every_finding_stands_there_with_the_sentences_of_its_measures(open_page: Open) -> None:
    at = open_page(PAGE)
    text, links = text_of(at), links_of(at)
    views = {view.definition.id: view for view in measures.every_measure(now())}
    for row in SHIPPED:
        assert f"<h4>{escape(row['finding'])}</h4>" in text
        for name in row["measures"].split():
            assert Link(f"{views[name].sentence}.", "measure", {"measure": name}) in links
    named = {name for row in SHIPPED for name in row["measures"].split()}
    assert f"Ofsted: 23 findings; Independent auditor: {len(SHIPPED) - 23} findings." in text
    assert text.count("Still not good</span>") == sum(
        is_not_good(views[name]) for row in SHIPPED for name in row["measures"].split()
    )
    assert any(not is_not_good(views[name]) for name in named)


def test_the_actions_for_a_finding_lead_to_their_lines(open_page: Open) -> None:
    text = text_of(open_page(PAGE, show="priority_action"))
    first = text[text.index("OF-01.") : text.index("OF-02.")]
    told = [
        link.parameters["line"]
        for link in links_of(open_page(PAGE))
        if link.page == "action_plan" and link.parameters
    ]
    assert "Actions of the plan." in first
    assert first.count("(overdue)") == 2
    assert told[:2] == ["9a", "9b"]


def test_the_way_leads_to_cases_and_to_a_sample_of_them(open_page: Open) -> None:
    links = links_of(open_page(PAGE))
    decisions = {"measure": "decisions_within_24_hours"}
    assert Link("Cases", "cases", decisions) in links
    assert Link("Sample of 5", "cases", {**decisions, "sample": "5"}) in links
    assert not [
        link for link in links if link.page == "cases" and link.parameters.get("measure") == "sickness_absence"
    ]


def test_an_earlier_week_and_a_team_hold_for_every_measure(open_page: Open) -> None:
    at = open_page(PAGE, week="2010-01-04", team="AT2")
    evidence = inspection_evidence(now(), team="AT2", up_to=measures.freshness(now()).weeks[0].replace(2010, 1, 10))
    view = evidence[0].views[0]
    at_then = {"measure": view.definition.id, "team": "AT2", "week": "2010-01-04"}
    assert Link(f"{view.sentence}.", "measure", at_then) in links_of(at)


@pytest.mark.parametrize(
    ("show", "wanted"),
    [
        ("priority_action", lambda row: row["kind"] == "priority_action"),
        ("strength", lambda row: row["kind"] == "strength"),
        ("out_of_scope", lambda row: bool(row["out_of_scope"])),
        (
            "disagreed",
            lambda row: row["disagrees_with"] or row["finding_id"] in {each["disagrees_with"] for each in SHIPPED},
        ),
    ],
)
def test_the_list_is_narrowed(open_page: Open, show: str, wanted: Callable[[dict[str, str]], bool]) -> None:
    text = text_of(open_page(PAGE, show=show))
    for row in SHIPPED:
        assert (f"<h4>{escape(row['finding'])}</h4>" in text) is bool(wanted(row))


def test_what_is_still_not_good_is_narrowed_to(open_page: Open) -> None:
    text = text_of(open_page(PAGE, show="open"))
    for each in inspection_evidence(now(), team=None, up_to=None):
        assert (f"<h4>{escape(each.finding.words)}</h4>" in text) is each.is_open


def test_findings_that_disagree_stand_side_by_side_once(open_page: Open) -> None:
    text = text_of(open_page(PAGE))
    assert text.count('<div class="disagreement">') == 2
    assert "<b>Ofsted says otherwise</b> (OF-14)" in text
    assert "<b>Independent auditor says otherwise</b> (AU-31)" in text


def test_the_pack_is_offered_in_each_of_its_formats(open_page: Open) -> None:
    at = open_page(PAGE, week="2010-01-04", team="AT2")
    assert [button.proto.label for button in at.get("download_button")] == ["PDF", "Word", "Excel"]


def test_a_finding_stands_as_its_measures_and_its_words_say(open_page: Open) -> None:
    open_page(PAGE)
    every = inspection_evidence(now(), team=None, up_to=None)
    good = next(each for each in every if each.stands is Stands.GOOD)
    for each in every:
        if any(is_not_good(view) for view in each.views) or each.finding.still_not_good:
            assert each.stands is Stands.NOT_GOOD
        elif not each.views:
            assert each.stands is Stands.OUT_OF_SCOPE
    unknown = replace(good.views[0], judgement=replace(good.views[0].judgement, latest=None))
    assert replace(good, views=(*good.views, unknown)).stands is Stands.NOT_TOLD
    more = replace(good.finding, still_not_good="Few are graded twice.")
    assert replace(good, finding=more).stands is Stands.NOT_GOOD
    assert {each.stands for each in every} >= {Stands.GOOD, Stands.NOT_GOOD, Stands.OUT_OF_SCOPE}


def test_without_findings_the_page_says_what_to_load(open_page: Open, empty_database: str) -> None:
    assert "Nothing is loaded yet" in text_of(open_page(PAGE, database=empty_database))
    assert "There is no kind of finding “wish” here" in text_of(open_page(PAGE, show="wish")).replace("\\", "")
