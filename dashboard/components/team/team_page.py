"""The Team page: a team's own report on one screen and one printed page; the index of teams where none is named."""

from collections.abc import Mapping
from datetime import date
from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.analysis.wording import short_day
from dashboard.cache import measures
from dashboard.cache.page_run import PageRun, page_run
from dashboard.cache.team_report import team_report, waits_by_team
from dashboard.components.layout.filters import Choice, chosen
from dashboard.components.layout.heading import draw_choices
from dashboard.components.layout.links import html_link, page_link
from dashboard.components.layout.messages import show_empty
from dashboard.components.team.against_service import draw_against_service
from dashboard.components.team.index import draw_teams
from dashboard.readings.cases import may_list_rows
from dashboard.readings.freshness import Freshness
from dashboard.readings.quality import sees_quality
from dashboard.readings.team_report import TeamReport, TeamWaits, Waiting
from dashboard.words.cases import waiting_told
from dashboard.words.freshness import freshness_line
from dashboard.words.loads import counted
from dashboard.words.teams import Facts, caseload_facts, records_facts, staff_facts
from data_access.actor import Actor

PAGE: Final = "team"
_STYLE: Final = Path(__file__).with_name("team.css")
_OLDER: Final = "Measures as of w/c {week}, all else as it is now"
_CASELOAD: Final = "cases_per_social_worker"


def draw_team_page() -> None:
    """Draw the report of the team that the address names; of the reader's own, where there is only that."""
    run = page_run()
    choice, freshness = chosen(run), measures.freshness(run)
    if freshness.data_to is None:
        show_empty()
        return
    names = measures.team_names(run)
    team = choice.team or _own_team(run, names)
    st.html(_STYLE)
    if team is None:
        draw_teams(run, choice, freshness, names)
        return
    _draw_report(run, team, Choice(team, choice.week), freshness, names)


def _own_team(run: PageRun, names: Mapping[str, str]) -> str | None:
    """Return the team of a reader who may see no other."""
    return next(iter(names)) if run.actor.scope.teams is not None and len(names) == 1 else None


def _draw_report(run: PageRun, team: str, choice: Choice, freshness: Freshness, names: Mapping[str, str]) -> None:
    report = team_report(run, team, up_to=choice.up_to)
    with st.container(key="sheet", gap=None):
        _draw_head(choice, freshness, names)
        with st.container(key="team_top"):
            _draw_waiting(run.actor, team, waits_by_team(run).get(team))
            held = next((each for each in report.measures if each.definition.id == _CASELOAD), None)
            _draw_facts("caseload", _on("Caseload", report.caseload.mix_on), caseload_facts(report.caseload, held))
            _draw_facts("staff", "Staff", staff_facts(report.staff))
            _draw_records(run.actor, report)
        draw_against_service(report, choice.week)


def _draw_head(choice: Choice, freshness: Freshness, names: Mapping[str, str]) -> None:
    with st.container(key="heading", horizontal=True, gap="small", vertical_alignment="center"):
        st.html(f"<h1>{escape(names[str(choice.team)])}</h1>")
        draw_choices(PAGE, choice, freshness, names)
    older = "" if choice.week is None else f"{_OLDER.format(week=f'{short_day(choice.week)} {choice.week.year}')} · "
    st.html(f'<p class="freshness">{escape(f"{older}{freshness_line(freshness)}")}</p>')


def _on(title: str, day: date | None) -> str:
    return title if day is None else f"{title} on {day:%a} {short_day(day)} {day.year}"


def _draw_waiting(actor: Actor, team: str, waits: TeamWaits | None) -> None:
    scope = actor.scope
    if not may_list_rows(actor) or (scope.case_teams is not None and team not in scope.case_teams):
        _draw_calm("You may not list the cases of this team.")
        return
    if waits is None:
        _draw_calm("No child of this team waits past a limit.")
        return
    lines = "".join(f"<li>{_wait_html(wait, team)}</li>" for wait in waits.waits)
    with st.container(key="attention", gap=None):
        st.html(f'<h2>{escape(_children_told(waits))}</h2><ul class="waits">{lines}</ul>')


def _wait_html(wait: Waiting, team: str) -> str:
    who, _, longest = waiting_told(wait.definition, wait.children, wait.longest).partition(";")
    link = html_link("cases", who, measure=wait.definition.id, team=team, show="waiting")
    return f"{link}{f';{escape(longest)}.' if longest else '.'}"


def _draw_calm(told: str) -> None:
    with st.container(key="team_calm", gap=None):
        st.html(f'<h2 class="block">Children who wait</h2><p>{told}</p>')


def _children_told(waits: TeamWaits) -> str:
    """Return how many children wait: "1 child waits now", "7 children wait now"."""
    told = f"{counted(waits.children, 'child', 'children')} {'waits' if waits.children == 1 else 'wait'} now"
    counts_again = sum(wait.children for wait in waits.waits) > waits.children
    return f"{told}; who waits for several things is counted once" if counts_again else told


def _draw_facts(key: str, title: str, facts: Facts) -> None:
    with st.container(key=f"team_{key}", gap=None):
        st.html(_facts_html(title, facts))


def _facts_html(title: str, facts: Facts) -> str:
    body = "".join(f"<dt>{escape(name)}</dt><dd>{escape(words)}</dd>" for name, words in facts)
    return f'<h2 class="block">{escape(title)}</h2><dl class="facts">{body}</dl>'


def _draw_records(actor: Actor, report: TeamReport) -> None:
    with st.container(key="team_records", gap=None):
        st.html(_facts_html("Records", records_facts(report.records)))
        if report.records.broken and sees_quality(actor):
            page_link("loads_and_quality", "See the rows to correct", part="quality", team=report.team)
