"""The index of teams: how many children wait in each, and for what; in the order of their names, never ranked."""

from collections.abc import Mapping
from html import escape
from itertools import groupby
from typing import Any, Final

import streamlit as st

from dashboard.analysis.wording import short_day
from dashboard.cache.page_run import PageRun
from dashboard.cache.team_report import teams, waits_by_team
from dashboard.components.layout.filters import Choice
from dashboard.components.layout.heading import draw_heading
from dashboard.components.layout.links import html_link
from dashboard.readings.cases import may_list_rows
from dashboard.readings.freshness import Freshness
from dashboard.readings.team_report import TeamWaits
from dashboard.words.cases import waiting_told
from dashboard.words.loads import counted
from data_access.actor import Actor

_LEAD: Final = (
    "Choose a team for its report: who waits, its measures against the service, its caseload, staff and records."
)
_TOLD: Final = 2
"""How many of the things that children wait for are told of a team: its report tells all."""
_NONE: Final = "You may see the figures of the service, and of no team by itself."


def draw_teams(run: PageRun, choice: Choice, freshness: Freshness, names: Mapping[str, str]) -> None:
    """Draw the teams whose figures the reader may see, service by service."""
    with st.container(key="sheet", gap=None):
        draw_heading("team", "Teams", choice, freshness, names)
        st.html(f'<p class="lead">{_LEAD if names else _NONE}</p>')
        waits = waits_by_team(run)
        with st.container(key="index", gap=None):
            for service, of_service in groupby(teams(run), key=lambda team: team["service"]):
                st.html(f'<h2 class="strand">{escape(service)}</h2>')
                entries = (_entry_html(run.actor, team, waits.get(team["team"]), choice) for team in of_service)
                st.html("".join(entries))


def _entry_html(actor: Actor, team: Mapping[str, Any], waits: TeamWaits | None, choice: Choice) -> str:
    """Return the entry of a team: its name with its link, how many children wait, and what the first wait for."""
    scope, title = actor.scope, html_link("team", team["name"], team=team["team"], week=choice.week)
    closed = "" if team["closed"] is None else f"Closed on {short_day(team['closed'])} {team['closed'].year}. "
    if not may_list_rows(actor) or (scope.case_teams is not None and team["team"] not in scope.case_teams):
        return _entry(title, "–", "", f"{closed}You may not list its cases.")
    if waits is None:
        return _entry(title, "0", "children wait", closed)
    told = [waiting_told(wait.definition, wait.children, wait.longest) for wait in waits.waits[:_TOLD]]
    more = len(waits.waits) - len(told)
    rest = f" {counted(more, 'more line', 'more lines')} in its report." if more else ""
    return _entry(title, str(waits.children), _who(waits), f"{closed}{'. '.join(told)}.{rest}")


def _who(waits: TeamWaits) -> str:
    return "child waits" if waits.children == 1 else "children wait"


def _entry(title: str, number: str, who: str, told: str) -> str:
    return (
        f'<div class="entry"><p class="title">{title}</p><p class="value">{number}</p><p class="period">{who}</p>'
        f'<p class="told">{escape(told)}</p></div>'
    )
