"""The Team page: who waits, each measure against the service, caseload, staff and records, and who may see what."""

import re
from collections.abc import Callable
from html import escape

from streamlit.testing.v1 import AppTest

from dashboard.cache import measures
from dashboard.cache import team_report as reports
from dashboard.words.cases import waiting_told
from dashboard.words.teams import counts_words, service_words, value_words
from data_access.actor import Role
from data_access.measures import MEASURES
from data_access.measures.definition import About
from data_access.scope import Scope
from tests.pages.reading_pages import Link, links_of, text_of
from tests.reader import now, reader_of

Open = Callable[..., AppTest]

TEAM = "AT2"


def rows_of(at: AppTest) -> list[dict[str, str]]:
    """Return what each measure's cells say, by their labels."""
    cells = [str(element.value) for element in at.get("html") if 'class="team-cells' in str(element.value)]
    return [dict(re.findall(r"<b>([^<]*): </b>([^<]*)<", html)) for html in cells]


def test_who_waits_stands_first_with_clock_and_link(open_page: Open) -> None:
    at = open_page("team", team=TEAM)
    waits = reports.waits_by_team(now())[TEAM]
    text = text_of(at)
    assert f"{waits.children} children wait now" in text
    for wait in waits.waits:
        view = measures.measure_view(now(), wait.definition.id, team=TEAM)
        assert (wait.cases, wait.children, wait.longest) == (
            view.waiting,
            view.waiting_children,
            view.waiting_longest,
        )
        who, _, longest = waiting_told(wait.definition, wait.children, wait.longest).partition(";")
        assert f">{escape(who)}</a>;{escape(longest)}." in text
        to_list = {"measure": wait.definition.id, "team": TEAM, "show": "waiting"}
        assert Link(who, "cases", to_list) in links_of(at)
    assert text.index(f"{waits.children} children wait now") < text.index("Caseload")


def test_every_measure_stands_there_with_the_figure_of_the_team_comparison(open_page: Open) -> None:
    at = open_page("team", team=TEAM)
    report = reports.team_report(now(), TEAM, up_to=None)
    linked = [
        link.parameters["measure"] for link in links_of(at) if "measure" in link.parameters and link.page == "measure"
    ]
    assert linked == [measure.definition.id for measure in report.measures]
    rows = rows_of(at)
    assert [row["Team"] for row in rows] == [value_words(measure) for measure in report.measures]
    assert [row.get("Cases", "") for row in rows] == [counts_words(measure) for measure in report.measures]
    assert [row["Service"] for row in rows] == [service_words(measure) for measure in report.measures]
    shown = {measure.definition.id for measure in (*report.measures, *report.without_cases)}
    settled = {view.definition.id for view in measures.every_measure(now()) if view.judgement.latest is not None}
    assert shown == settled


def test_a_sickness_figure_of_a_small_team_is_not_shown(open_page: Open) -> None:
    report = reports.team_report
    at = open_page("team", team="EDT")
    [sickness] = [each for each in report(now(), "EDT", up_to=None).measures if each.hidden]
    assert sickness.definition.about is About.STAFF_HEALTH
    row = rows_of(at)[report(now(), "EDT", up_to=None).measures.index(sickness)]
    assert (row["Team"], row["Cases"]) == ("–", "not shown, fewer than ten staff")


def test_a_week_moves_the_measures_alone(open_page: Open) -> None:
    open_page("team", team=TEAM)
    at = open_page("team", team=TEAM, week="2010-01-04")
    assert "Measures as of w/c 4 Jan 2010, all else as it is now" in text_of(at)
    assert f"{reports.waits_by_team(now())[TEAM].children} children wait now" in text_of(at)
    assert {row["Up to"] for row in rows_of(at)} >= {"10 Jan", "Dec 2009"}


def test_the_index_counts_the_children_who_wait_in_each_team(open_page: Open) -> None:
    at = open_page("team")
    teams = [link.parameters["team"] for link in links_of(at) if link.page == "team" and "team" in link.parameters]
    listed = reports.teams(now())
    assert teams == [team["team"] for team in listed]
    waits = reports.waits_by_team(now())
    numbers = re.findall(r'<p class="value">(\d+)</p><p class="period">child', text_of(at))
    assert numbers == [str(waits[team].children if team in waits else 0) for team in teams]
    assert "Closed on 30 Sep 2008." in text_of(at)


def test_a_manager_of_a_single_team_sees_it_at_once_and_no_other(
    read_as: Open,
) -> None:
    manager = reader_of(Scope.of_team(TEAM), Role.TEAM_MANAGER)
    own = read_as("team", manager)
    assert "<h1>Assessment Team 2</h1>" in text_of(own)
    alone = reports.team_report(now(manager), TEAM, up_to=None)
    every = reports.team_report(now(), TEAM, up_to=None)
    of_children = [m.definition.id for m in every.measures if m.definition.about is About.CHILDREN]
    for mine, same in zip(alone.measures, every.measures, strict=True):
        if same.definition.id in of_children:
            assert (mine.service, mine.row) == (same.service, same.row)
    assert reports.waits_by_team(now(manager)).keys() == {TEAM}
    assert "There is no team" in text_of(read_as("team", manager, team="AT1"))


def test_a_board_member_sees_no_team(read_as: Open) -> None:
    assert "and of no team by itself" in text_of(read_as("team", reader_of(Scope.figures_only(), Role.BOARD_MEMBER)))


def test_who_may_list_no_cases_reads_of_no_waiting_child(read_as: Open) -> None:
    reader = reader_of(Scope.everything(), Role.BOARD_MEMBER)
    text = text_of(read_as("team", reader, team=TEAM))
    assert "You may not list the cases of this team." in text
    assert " wait now" not in text
    assert "You may not list its cases." in text_of(read_as("team", reader))


def test_a_team_that_is_closed_has_a_report_all_the_same(open_page: Open) -> None:
    text = text_of(open_page("team", team="AT4"))
    assert "No child of this team waits past a limit." in text
    assert "the team holds no case" in text


def test_the_measure_page_leads_to_the_team(open_page: Open) -> None:
    name = next(iter(MEASURES))
    [link] = [link for link in links_of(open_page("measure", measure=name, team=TEAM)) if link.label == "Team report"]
    assert (link.page, link.parameters) == ("team", {"team": TEAM})


def test_no_data_at_all(open_page: Open, empty_database: str) -> None:
    assert "Nothing is loaded yet" in text_of(open_page("team", database=empty_database))
