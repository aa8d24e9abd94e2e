"""The Measure page: every measure whole, whatever the address asks for and however little there is to show."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from dashboard.analysis.sentences import alternative_text
from dashboard.cache import measures
from dashboard.cache.team_comparison import team_comparison
from dashboard.charts.by_team import TOO_FEW, target_told
from dashboard.components.measure.comparisons import compared_rows
from dashboard.readings.team_comparison import window
from dashboard.words.cases import longest_wait
from data_access.actor import Role
from data_access.database.facts import raise_data_version
from data_access.database.opening import connect, writing
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.database.schema.figures import COVERAGE, MEASURE_PERIOD
from data_access.measures import MEASURES, measure_named
from data_access.measures.definition import About
from data_access.queries import breakdown
from data_access.queries.definitions import Standard
from data_access.scope import Scope
from data_access.vocabulary import Chart
from tests.pages.reading_pages import Link, links_of, text_of
from tests.reader import now, reader_of
from tests.representatives import of_each_kind

Open = Callable[..., AppTest]

DECISIONS = "decisions_within_24_hours"
CAFS = "cafs_started"


def charts(at: AppTest) -> list[Any]:
    return [element.proto for element in at.get("vega_lite_chart")]


def labelled(at: AppTest, label: str) -> Link:
    return next(link for link in links_of(at) if link.label == label)


def teams_counts(measure: str, team: str) -> str:
    """Return the numbers of a team over the window, as they are to be shown."""
    definition = MEASURES[measure].definition
    first, last = window(definition, measures.measure_view(now(), measure).headline["start"])
    with now().reading() as reading:
        amounts = breakdown(reading.scope, reading.connection, measure, first=first, last=last)
    row = amounts.filter(team=team)
    return f"{row['numerator'].item():,.0f} of {row['denominator'].item():,.0f}"


def escaped(text: str) -> str:
    return text.replace("'", "&#x27;")


SINCE_2013 = "assessments_within_45_working_days"
"""Its standard is younger than the sample council, which has no case of it."""


@pytest.mark.parametrize("measure", of_each_kind(name for name in MEASURES if name != SINCE_2013))
def test_every_measure_shows_its_message_chart_teams_and_how_it_is_counted(open_page: Open, measure: str) -> None:
    at = open_page("measure", measure=measure)
    view = measures.measure_view(now(), measure)
    said = text_of(at)
    assert f'<h1 class="message">{escaped(view.judgement.sentence)}</h1>' in said
    assert charts(at)[0].alt == alternative_text(view.judgement)
    assert json.loads(charts(at)[0].spec)["layer"]
    assert len(charts(at)) == 2
    for part in ("What to do", "Compared", "By team", "The cases behind it"):
        assert part in said
    assert [expander.label for expander in at.expander] == [
        "Targets and notes",
        "How to read this",
        "How it is counted",
        "What can mislead",
    ]


def test_a_measure_whose_standard_is_still_to_come_says_that_it_has_no_cases(open_page: Open) -> None:
    at = open_page("measure", measure=SINCE_2013)
    said = text_of(at)
    assert "Assessments within 45 working days: no cases in w/c 22 March" in said
    assert "on 15 April 2013" in said
    assert charts(at) == []


@pytest.mark.parametrize("measure", [name for name in MEASURES if MEASURES[name].definition.chart is Chart.LINE])
def test_where_limits_say_nothing_the_reader_is_told_what_to_look_at(open_page: Open, measure: str) -> None:
    said = text_of(open_page("measure", measure=measure))
    may_list = MEASURES[measure].definition.about is About.CHILDREN
    assert ("Look at the cases one by one" in said) is may_list
    assert ("ask its manager what lies behind its figure" in said) is not may_list


def test_a_stock_tells_the_days_of_both_its_numbers(open_page: Open) -> None:
    at = open_page("measure", measure="initial_assessments_overdue")
    waits = measures.waiting(now(), "initial_assessments_overdue", team=None).height
    message = next(text for text in text_of(at).split("</h1>") if '<h1 class="message">' in text)
    assert re.search(rf"overdue \d+ on 28 March; {waits} still waiting on 29 March$", message), message


def test_the_table_behind_the_chart_holds_every_week_shown(open_page: Open) -> None:
    at = open_page("measure", measure=DECISIONS, form="table", units="table")
    said = text_of(at)
    assert not charts(at)
    assert said.count('<th scope="row" role="rowheader">w/c ') == 65
    assert "w/c 22 March 2010" in said
    assert teams_counts(DECISIONS, "AT1") in said
    everything = text_of(open_page("measure", measure=DECISIONS, form="table", span="all"))
    view = measures.measure_view(now(), DECISIONS)
    assert everything.count('<th scope="row" role="rowheader">w/c ') == len(view.judgement.points)


def test_waiting_children_come_first_with_what_to_do(open_page: Open) -> None:
    at = open_page("measure", measure=DECISIONS)
    said = text_of(at)
    assert "<strong>Act on each of these children today.</strong>" in said
    waits = measures.waiting(now(), DECISIONS, team=None)
    longest = f"the longest has waited {longest_wait(waits, measure_named(DECISIONS).definition)}"
    told = f"{waits.height} children have waited over 24 hours for a decision; {longest}"
    assert said.count(told) == 2
    assert said.index(told) < said.index('<h1 class="message">')
    table = next(str(one.value) for one in at.get("html") if "Cases behind" in str(one.value))
    results = [row.split("</td>")[0] for row in table.split('class="short">Waiting')]
    assert len(results) == waits.height + 1
    assert labelled(at, f"See the {waits.height} cases that wait").parameters == {
        "measure": DECISIONS,
        "show": "waiting",
    }


def test_cases_that_could_not_be_worked_out_are_told_and_lead_to_their_list(open_page: Open) -> None:
    at = open_page("measure", measure=DECISIONS, week="2010-03-08", units="table", form="table")
    said = text_of(at)
    assert "1 could not be worked out" in said
    assert labelled(at, "See the case that could not be worked out").parameters == {
        "measure": DECISIONS, "week": "2010-03-08", "show": "not_computable"
    }  # fmt: skip
    over = labelled(at, "Those that could not be worked out").parameters
    assert over == {"measure": DECISIONS, "week": "2010-03-08", "show": "not_computable", "over": "window"}
    listed = text_of(open_page("cases", **over))
    assert "6 cases, could not be worked out, 13 weeks" in listed
    assert "6 could not be worked out" in said
    assert "These 13 weeks<small>6 could not be worked out</small>" in said


def test_what_it_is_compared_with(open_page: Open) -> None:
    said = text_of(open_page("measure", measure="re_referrals_within_12_months"))
    assert "Same 13 weeks a year before" in said
    assert "England, 2007/08" in said
    assert "2024/25" not in said
    published = measures.background(now(), "re_referrals_within_12_months", up_to=date(2010, 3, 28))
    england = published.comparators.filter(area="England")
    assert escaped(england["source"].item()) in said
    assert f"{england['value'].item():.0%}" in said
    assert "The plan asks that the rate keeps falling." in said


def test_nothing_is_compared_across_a_change_of_standard(council: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFE_DATABASE_URL", council)
    view = measures.measure_view(now(), "initial_assessments_within_7_working_days")
    around = measures.background(now(), view.definition.id, up_to=date(2010, 3, 28))
    told = {name: value for name, value, _ in compared_rows(view, around)}
    assert told["England, 2008/09"] == "72%"
    assert told["Same 13 weeks a year before"].endswith("%")
    changed = (Standard(date(2000, 4, 1), date(2009, 12, 31), 7, "A"), Standard(date(2010, 1, 1), None, 10, "B"))
    rows = {name: (value, note) for name, value, note in compared_rows(view, replace(around, standards=changed))}
    for name in ("England, 2008/09", "Same 13 weeks a year before"):
        value, note = rows[name]
        assert value == "not comparable"
        assert note.startswith("Another standard held then: 7 working days, not 10")


def test_a_questioned_line_is_told_with_the_years_figure_and_englands(
    council: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above the local 15% may be far below England."""
    monkeypatch.setenv("SAFE_DATABASE_URL", council)
    view = measures.measure_view(now(), "initial_assessments_per_referral")
    around = measures.background(now(), view.definition.id, up_to=date(2010, 3, 28))
    year = f"{view.headline['ytd_value']:.0%}"
    note = {name: note for name, _, note in compared_rows(view, around)}["Reference, not a target"]
    assert note.startswith(f"This year's {year} is above this line, far below England's 59% (2007/08). Since 1 April")
    alone = replace(around, comparators=around.comparators.clear())
    note = {name: note for name, _, note in compared_rows(view, alone)}["Reference, not a target"]
    assert note.startswith("Since 1 April 2009. ")


def test_neighbours_are_named_with_their_figure_or_that_none_is_published(
    council: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAFE_DATABASE_URL", council)
    view = measures.measure_view(now(), "re_referrals_within_12_months")
    around = measures.background(now(), view.definition.id, up_to=date(2022, 1, 1))
    name, members = "Statistical neighbours of April 2021", "Used since 1 April 2021: Birmingham, Coventry, Enfield"
    rows = {name: (value, note) for name, value, note in compared_rows(view, around)}
    assert rows[name][0] == "not published"
    assert rows[name][1].startswith(members)
    figures = around.comparators.with_columns(pl.lit(name).alias("area"), pl.lit("median").alias("average")).head(1)
    told = {name: (value, note) for name, value, note in compared_rows(view, replace(around, comparators=figures))}
    assert name not in told
    value, note = next(row for area, row in told.items() if area.startswith(name) and area.endswith(", median"))
    assert value.endswith("%")
    assert note.startswith(members)


def test_the_partner_stands_beside_with_its_figure(open_page: Open) -> None:
    at = open_page("measure", measure="initial_assessments_per_referral", week="2010-02-08")
    said = text_of(at)
    partner = "referrals_leading_to_initial_assessment"
    view = measures.measure_view(now(), partner, up_to=date(2010, 2, 14))
    assert "Read it with" in said
    assert escaped(view.sentence.removeprefix(view.definition.title).strip()) in said
    assert labelled(at, view.definition.title).parameters == {"measure": partner, "week": "2010-02-08"}


def test_nothing_is_estimated_where_nothing_is_published(open_page: Open) -> None:
    assert "not published" in text_of(open_page("measure", measure=DECISIONS))


def test_events_and_rebases_are_told_below_the_chart(open_page: Open) -> None:
    said = text_of(open_page("measure", measure=DECISIONS))
    assert "<b>1</b> Ofsted visit, 18 November 2009" in said
    assert "<b>|</b> New duty system, 14 December 2009: the lines start again." in said
    assert said.count("New duty system") == 1


def test_sickness_is_never_listed_person_by_person(open_page: Open) -> None:
    at = open_page("measure", measure="sickness_absence")
    assert "Sickness absence is never listed person by person." in text_of(at)
    assert not [link for link in links_of(at) if link.page == "cases" and link.label != "Cases"]


def test_another_dimension_stands_in_place_of_the_teams(open_page: Open) -> None:
    at = open_page("measure", measure=DECISIONS, dimension="source")
    assert "By source, 13 weeks" in text_of(at)
    assert labelled(at, "Police").parameters == {
        "measure": DECISIONS, "dimension": "source", "value": "police", "over": "window"
    }  # fmt: skip


def test_what_is_recorded_of_children_is_shown_from_six_of_them(open_page: Open) -> None:
    at = open_page("measure", measure="children_without_social_worker", dimension="ethnicity", units="table")
    compared = team_comparison(now(), "children_without_social_worker", by="ethnicity", team=None, up_to=None)
    assert compared is not None
    small = [row.name for row in compared.rows if row.hidden]
    told = [row for row in compared.rows if not row.hidden]
    assert small
    assert all(row.numerator >= 6 for row in told)
    assert f"{len(small)} of {len(compared.rows)} groups not shown: too few children" in text_of(at)
    assert text_of(at).count(TOO_FEW) == len(small)
    for name in small:
        assert f">{name}<" in text_of(at)
        assert name not in [link.label for link in links_of(at)]
    for row in told:
        assert labelled(at, row.name).parameters["value"] == row.key


def test_who_may_not_list_the_cases_sees_no_number_that_gives_few_away(open_page: Open) -> None:
    open_page("measure", measure=DECISIONS)
    manager = now(reader_of(Scope.of_team("AT2"), Role.TEAM_MANAGER))
    director = now()
    for by in ("source", "ethnicity"):
        own = team_comparison(manager, DECISIONS, by=by, team="AT2", up_to=None)
        assert own == team_comparison(director, DECISIONS, by=by, team="AT2", up_to=None)
        whole = team_comparison(manager, DECISIONS, by=by, team=None, up_to=None)
        assert whole is not None
        assert any(row.hidden for row in whole.rows)
        for row in whole.rows:
            if not row.hidden:
                assert row.numerator not in range(1, 6)
                assert row.denominator - row.numerator not in range(1, 6)
                assert not row.not_computable


def test_targets_of_some_of_the_cases_are_told_and_drawn(open_page: Open) -> None:
    at = open_page("measure", measure=CAFS, dimension="agency", units="table")
    compared = team_comparison(now(), CAFS, by="agency", team=None, up_to=None)
    assert compared is not None
    held = {row.key: row for row in compared.rows if row.target is not None}
    assert held.keys() == {"adult_services", "school"}
    for row in held.values():
        assert row.target is not None
        assert row.target.figure == row.numerator / 13
        assert row.target.amount == row.target.target.value * 13
    told = target_told(held["school"].target, measures.measure_view(now(), CAFS).judgement.subject)
    assert re.fullmatch(r"target above [\d.]+ a week \(plan 3\): met at [\d.]+", told)
    # in the panel and in the table
    assert text_of(at).count(told) == 2
    assert "Targets by agency" in text_of(open_page("measure", measure=CAFS))
    drawn = json.loads(charts(open_page("measure", measure=CAFS, dimension="agency"))[1].spec)
    ticks = [layer for layer in drawn["layer"] if layer["mark"]["type"] == "tick"]
    assert [sorted(row["target"] for row in layer["data"]["values"]) for layer in ticks] == 2 * [
        sorted(row.target.amount for row in held.values() if row.target is not None)
    ]


def test_who_may_not_list_the_cases_is_told_no_earlier_figure_as_a_target(open_page: Open) -> None:
    open_page("measure", measure=CAFS)
    board = now(reader_of(Scope.figures_only(), Role.BOARD_MEMBER))
    compared = team_comparison(board, CAFS, by="agency", team=None, up_to=None)
    assert compared is not None
    assert any(not row.hidden for row in compared.rows)
    assert all(row.target is None for row in compared.rows)


def test_one_team_of_an_older_week_stays_chosen(open_page: Open) -> None:
    at = open_page("measure", measure=DECISIONS, team="AT1", week="2010-02-08")
    assert "Assessment Team 1" in text_of(at)
    assert "w/c 8 February 2010" in text_of(at)
    for label in ("All weeks", "Table"):
        kept = labelled(at, label).parameters
        assert (kept["team"], kept["week"], kept["measure"]) == ("AT1", "2010-02-08", DECISIONS)
    view = measures.measure_view(now(), DECISIONS, team="AT1", up_to=date(2010, 2, 14))
    assert escaped(view.judgement.sentence) in text_of(at)


def test_teams_lead_to_their_cases(open_page: Open) -> None:
    at = open_page("measure", measure=DECISIONS)
    assert labelled(at, "Assessment Team 2").parameters == {"measure": DECISIONS, "team": "AT2", "over": "window"}


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ({"measure": "nonsense"}, "There is no measure “nonsense” here"),
        ({"team": "<b>x</b>"}, "There is no team"),
        ({"week": "2010-03-23"}, "There is no week “2010\\-03\\-23” here"),
        ({"dimension": "shoe_size"}, "There is no dimension of this measure"),
        ({"form": "pie"}, "There is no form"),
        ({"span": "century"}, "There is no span"),
    ],
)
def test_what_is_not_there_is_said_plainly_with_a_way_back(
    open_page: Open, address: dict[str, str], told: str
) -> None:
    at = open_page("measure", **{"measure": DECISIONS, **address})
    assert told in text_of(at)
    assert labelled(at, "Back to This week").page == "this_week"


def test_no_data_at_all(open_page: Open, empty_database: str) -> None:
    at = open_page("measure", database=empty_database, measure=DECISIONS)
    assert "Nothing is loaded yet" in text_of(at)


def test_a_measure_whose_extract_was_never_loaded(open_page: Open, council_copy: str) -> None:
    engine = connect(council_copy)
    with writing(engine) as connection:
        connection.execute(sa.delete(COVERAGE).where(COVERAGE.c.extract == "cafs"))
        raise_data_version(connection)
    engine.dispose()
    at = open_page("measure", database=council_copy, measure="cafs_started")
    assert "CAFs started: no data" in text_of(at)
    assert "No data for CAFs started" in text_of(at)
    assert not charts(at)


def test_one_team_alone(open_page: Open, council_copy: str) -> None:
    engine = connect(council_copy)
    with writing(engine) as connection:
        teams = CASE_TABLES["teams"]
        connection.execute(sa.delete(teams).where(teams.c.team_id != "AT1"))
        connection.execute(sa.delete(MEASURE_PERIOD).where(MEASURE_PERIOD.c.team_id.not_in(["AT1", "(every team)"])))
        raise_data_version(connection)
    engine.dispose()
    at = open_page("measure", database=council_copy, measure=DECISIONS, units="table")
    assert "none differs by more than chance" in text_of(at)
    assert teams_counts(DECISIONS, "AT1") in text_of(at)


def test_words_from_the_extracts_never_become_a_page_of_their_own(open_page: Open, council_copy: str) -> None:
    engine = connect(council_copy)
    with writing(engine) as connection:
        events = CASE_TABLES["events"]
        connection.execute(
            sa.update(events).where(events.c.event_id == "EV-02").values(label="<script>alert(1)</script>")
        )
        raise_data_version(connection)
    engine.dispose()
    said = text_of(open_page("measure", database=council_copy, measure=DECISIONS))
    assert "&lt;script&gt;alert(1)" in said
    assert "<script>" not in said


def test_an_older_week_knows_nothing_of_a_later_rebase_or_event(open_page: Open) -> None:
    said = text_of(open_page("measure", measure=DECISIONS, week="2009-11-16"))
    assert "Ofsted visit" in said
    assert "New duty system" not in said
    assert "SAFE launched" not in said
