"""The pages of strands: sections, what is steady, the grid, what changed; and what attention says of partners."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.cache import measures
from dashboard.charts.theme import LIGHT
from dashboard.components.board.grid import CHANGES, TARGETS, cell_of
from dashboard.components.board.row import Place, row_html
from dashboard.readings.measure_views import EVERY_MEASURE, MeasureView, measure_views
from dashboard.readings.reading import open_reading
from dashboard.words.attention_lines import attention_lines, left_out_words
from dashboard.words.partner import looks_good, partner_words, told_with_partner
from dashboard.words.steady import is_steady
from data_access import queries
from data_access.coverage.as_at import Lacking
from data_access.database.opening import connect
from data_access.measures.sections import SECTIONS
from data_access.vocabulary import Assurance, Variation
from tests.pages.reading_pages import html_links, links_of, text_of
from tests.reader import READER, now

Open = Callable[..., AppTest]
Views = MappingProxyType[str, MeasureView]

PAGES = {
    "systems": "Systems",
    "accountability": "Accountability",
    "family_focus": "Family focus",
    "effective_actions": "Effective actions",
}
DECISIONS = "decisions_within_24_hours"
STANDARD = "initial_assessments_within_7_working_days"
OVERDUE = "initial_assessments_overdue"
PLACE = Place(team=None, week=None, look=LIGHT)


@pytest.fixture(scope="module")
def views(council: str) -> Views:
    """Give every measure of the sample council by its id."""
    engine = connect(council)
    with open_reading(engine, READER) as reading:
        known = {view.definition.id: view for view in measure_views(reading, EVERY_MEASURE)}
    engine.dispose()
    return MappingProxyType(known)


def blocks_of(at: AppTest) -> list[str]:
    return [block for block in (str(each.value) for each in at.get("html")) if 'class="row ' in block]


def rows_of(at: AppTest) -> list[str]:
    """Return the ids of the measures whose rows a page shows."""
    return re.findall(r'<div class="row row_(\w+)', "".join(blocks_of(at)))


@pytest.mark.parametrize("page", PAGES)
def test_a_strand_shows_all_its_measures_by_section_the_steady_ones_closed(
    open_page: Open, page: str, views: Views
) -> None:
    at = open_page(page)
    sections = [section for section in SECTIONS if section.strand == PAGES[page]]
    rows = rows_of(at)
    assert Counter(rows) == Counter(name for section in sections for name in section.measures if name in views)
    headings = re.findall(r'<h2 class="section">(.*?) ?(?:<small>|</h2>)', text_of(at))
    assert headings == [section.title for section in sections if views.keys() & {*section.measures}]
    folded = "".join(re.findall(r'<details class="steady">.*?</details>', "".join(blocks_of(at)), re.DOTALL))
    closed = set(re.findall(r'<div class="row row_(\w+)', folded))
    assert closed == {name for name in rows if is_steady(views[name], partner_words(views[name], views))}
    assert all(views[name].definition.title in folded for name in closed)


def ordinary(view: MeasureView, **changes: object) -> MeasureView:
    """Return a measure as if it were no headline and nobody waited, with other changes."""
    definition = replace(view.definition, headline=False)
    return replace(view, **{"definition": definition, "waiting": 0, "waiting_cases": (), **changes})


def test_a_met_target_without_a_real_change_is_steady(views: Views) -> None:
    calm = ordinary(views[STANDARD])
    assert is_steady(calm, "")
    assert not is_steady(views[STANDARD], ""), "a headline measure stays open"
    assert not is_steady(calm, "Its partner: …")
    assert not is_steady(replace(calm, waiting=1), "")
    assert not is_steady(replace(calm, lacking=Lacking("Annex A", ("What was decided",))), "")


@pytest.mark.parametrize(
    "name",
    [
        "cafs_started",
        "below_threshold_supported_to_caf",
        "staff_using_ics",
        DECISIONS,
        "referrals_leading_to_initial_assessment",
        OVERDUE,
        "views_of_child_and_parents_recorded",
    ],
)
def test_what_has_something_to_say_is_not_steady(views: Views, name: str) -> None:
    """An improvement, a missed target, a target due, one that can't be met, a concern, a stock, too few points."""
    assert not is_steady(ordinary(views[name]), "")


def test_a_measure_that_never_had_a_case_asks_for_nothing(views: Views) -> None:
    """One assessment within 45 working days is the standard from 2013."""
    later = views["assessments_within_45_working_days"]
    assert is_steady(later, "")
    assert attention_lines([later]) == []
    assert not is_steady(replace(later, waiting=1), "")


def test_the_grid_counts_every_measure_and_leads_to_those_of_a_cell(open_page: Open, views: Views) -> None:
    [grid] = [
        str(each.value) for each in open_page("accountability").get("html") if 'class="grid"' in str(each.value)
    ]
    mine = [view for view in views.values() if view.definition.strand == "Accountability"]
    cells = Counter(cell_of(view) for view in mine)
    links = [link for link in html_links(grid) if "change" in link.parameters]
    assert {(link.parameters["change"], link.parameters["target"]): int(link.label) for link in links} == cells
    link = links[0]
    narrowed = open_page(link.page, **link.parameters)
    assert rows_of(narrowed) == [
        view.definition.id for view in mine if cell_of(view) == (link.parameters["change"], link.parameters["target"])
    ]
    assert f"{link.label} of {len(mine)} measures:" in text_of(narrowed)
    assert "<details" not in "".join(blocks_of(narrowed))
    assert any(link.label == f"Show all {len(mine)}" and not link.parameters for link in links_of(narrowed))
    kept = [link for link in links_of(narrowed) if link.label == "‹ 15 Mar"]
    assert kept[0].parameters == {**links[0].parameters, "week": "2010-03-15"}


def test_every_judgement_has_a_cell() -> None:
    assert set(CHANGES) == set(Variation)
    assert set(TARGETS) == set(Assurance)


@pytest.mark.parametrize("parameters", [{"change": "worse"}, {"target": "maybe"}, {"since": "year"}])
def test_an_unknown_cell_is_told_with_a_way_back(open_page: Open, parameters: dict[str, str]) -> None:
    at = open_page("systems", **parameters)
    assert [header.value for header in at.header] == ["Not found"]


def test_only_what_changed_since_the_week_before_is_shown_with_what_it_was(open_page: Open, views: Views) -> None:
    at = open_page("accountability", since="week")
    shown = rows_of(at)
    assert DECISIONS in shown
    said = text_of(at)
    assert "of those waiting did not wait a week before." in said
    assert "changed since the week before" in said
    assert len(shown) < len([view for view in views.values() if view.definition.strand == "Accountability"])
    older = open_page("accountability", since="week", week="2010-03-15")
    assert "did not wait" not in text_of(older)


def test_who_waited_a_week_ago_already_waits_no_shorter(council: str) -> None:
    engine = connect(council)
    with open_reading(engine, READER) as reading:
        counts = [
            queries.waiting(reading.scope, reading.connection, DECISIONS, days_ago=days).height
            for days in (0, 1, 7, 4000)
        ]
    engine.dispose()
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == 5
    assert counts[-1] == 0


def test_of_cases_that_wait_for_the_same_in_two_measures_only_the_most_are_told(views: Views) -> None:
    view = views[DECISIONS]
    other = replace(
        view,
        definition=replace(view.definition, id="within_a_working_day", headline=False),
        waiting=3,
        waiting_cases=view.waiting_cases[:3],
    )
    told = [line for line in attention_lines([other, view]) if line.tells_who_waits]
    assert [line.view.definition.id for line in told] == [DECISIONS]
    longer = replace(other, waiting=4, waiting_cases=(*view.waiting_cases[:3], "another"))
    assert len([line for line in attention_lines([view, longer]) if line.tells_who_waits]) == 2
    elsewhere = replace(other, definition=replace(other.definition, blank_while_open="answered_by"))
    assert len([line for line in attention_lines([view, elsewhere]) if line.tells_who_waits]) == 2


def test_partners_that_wait_for_the_same_are_told_once(views: Views) -> None:
    unseen = [views["children_seen_in_initial_assessment"], views["children_not_yet_seen"]]
    assert [line.view.definition.id for line in attention_lines(unseen)][:1] == ["children_not_yet_seen"]
    assert len([line for line in attention_lines(unseen) if line.tells_who_waits]) == 1


def test_children_of_headline_measures_come_before_other_children_and_those_before_all_else(views: Views) -> None:
    waits = [replace(view, waiting=1, waiting_cases=()) for view in views.values() if view.definition.waiting_words]
    order = [line.view.definition for line in attention_lines(waits) if line.tells_who_waits]
    assert len(order) == len(waits)
    assert {definition.key for definition in order} > {"child_key"}
    ranks = [(not definition.headline, definition.key != "child_key") for definition in order]
    assert all(before <= after for before, after in pairwise(ranks))


def test_a_partner_in_concern_is_named_with_good_news_and_in_the_line_of_bad(views: Views) -> None:
    ratio, standard = views["initial_assessments_per_referral"], views[STANDARD]
    [line] = attention_lines([ratio], views)
    assert line.words.endswith("Its partner: Referrals leading to an initial assessment 6.1%, a concern.")
    assert partner_words(ratio, {}) == ""
    assert partner_words(views[OVERDUE], views) == "", "its partner shows no concern"
    came_back = views["closed_and_came_back"]
    [line] = attention_lines([replace(views[DECISIONS], waiting=0, waiting_cases=())], views)
    assert "Its partner" not in line.words
    assert partner_words(came_back, views).startswith("Its partner: 5 children have waited over 24 hours")
    partnered = replace(standard, definition=replace(standard.definition, partner=OVERDUE))
    words = partner_words(partnered, views)
    assert words.startswith("Its partner: 9 children wait for an initial assessment past the standard; the longest")
    assert looks_good(partnered)
    told = told_with_partner(partnered, views)
    assert told.endswith(words)
    assert words in row_html(partnered, PLACE, told=told, lists_cases=True)
    assert not is_steady(replace(partnered, waiting=0), words)


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (1, "1 more: {}"),
        (2, "2 more: {} and {}"),
        (4, "4 more: {}, {}, {} and {}"),
        (7, "7 more: {}, {}, {} and 4 others"),
    ],
)
def test_what_there_is_no_line_for_is_counted_and_named(views: Views, number: int, told: str) -> None:
    [line, *_] = attention_lines([views[DECISIONS]])
    some = list(views.values())[:number]
    titles = [view.definition.title for view in some]
    assert left_out_words([replace(line, view=view) for view in some]) == told.format(*titles)


def test_what_is_left_out_of_attention_stands_in_the_index(open_page: Open) -> None:
    [more] = [link for link in links_of(open_page()) if " more: " in link.label]
    at = open_page(more.page, **more.parameters)
    listed = {link.parameters["measure"] for link in links_of(at) if "measure" in link.parameters}
    every = {view.definition.id: view for view in measures.every_measure(now())}
    assert listed == {line.view.definition.id for line in attention_lines(list(every.values()), every)}


def test_stocks_and_yearly_figures_say_how_they_stood_before(views: Views) -> None:
    stock = row_html(views[OVERDUE], PLACE, told="", lists_cases=True)
    assert re.search(r'<div class="change">.*?\d+ the week before</div>', stock)
    yearly = row_html(views["staff_aware_of_service_plan"], PLACE, told="", lists_cases=True)
    [cell] = re.findall(r'<div class="spark">(.*?)</div>', yearly)
    assert cell == "<span>2008/09 48%</span><span>2009/10 56% so far</span>"
    assert "20.7<small> cases</small>" in row_html(views["cases_per_social_worker"], PLACE, told="", lists_cases=True)


def test_words_find_measures_by_title_question_and_plan_item(open_page: Open, views: Views) -> None:
    def found(at: AppTest) -> list[str]:
        return [link.parameters["measure"] for link in links_of(at) if "measure" in link.parameters]

    at = open_page("measure", find="INITIAL item 13")
    assert {STANDARD, OVERDUE} <= {*found(at)}
    assert all("13" in views[name].definition.plan_items for name in found(at))
    assert at.text_input[0].value == "INITIAL item 13"
    assert f"{len(found(at))} of {len(views)} measures" in text_of(at)
    at.text_input[0].set_value("supported caf").run()
    assert found(at) == ["below_threshold_supported_to_caf"]
    assert at.query_params["find"] == "supported caf"
    at.text_input[0].set_value("no such words").run()
    assert found(at) == []
    assert "No measure says these words." in text_of(at)
    at.text_input[0].set_value("  ").run()
    assert len(found(at)) == len(views)
    assert "find" not in at.query_params
