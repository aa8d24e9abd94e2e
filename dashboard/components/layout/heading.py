"""The head of a page: its title, the week and team chosen with links to others, and how fresh the data are."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from html import escape
from typing import Final

import streamlit as st

from dashboard.analysis.wording import short_day
from dashboard.components.layout.filters import Choice
from dashboard.components.layout.links import Parameter, page_link
from dashboard.readings.freshness import Freshness
from dashboard.words.freshness import freshness_line, week_words

_WEEKS_OFFERED: Final = 13


def draw_heading(
    page: str,
    title: str,
    choice: Choice,
    freshness: Freshness,
    names: Mapping[str, str] | None = None,
    tool: Callable[[], None] | None = None,
    /,
    **kept: Parameter,
) -> None:
    """Draw the head of a page whose measures follow the week and team chosen.

    `names` are those of the teams; None where the page is of the whole service alone. `tool` draws what stands at the
    end of its line. `kept` is what else of the address the links to other weeks and teams keep.
    """
    with st.container(key="heading", horizontal=True, gap="small", vertical_alignment="center"):
        st.html(f"<h1>{escape(title)}</h1>")
        draw_choices(page, choice, freshness, names, **kept)
        if tool is not None:
            tool()
    st.html(f'<p class="freshness">{escape(_subtitle(choice, freshness, names))}</p>')


def draw_choices(
    page: str, choice: Choice, freshness: Freshness, names: Mapping[str, str] | None, **kept: Parameter
) -> None:
    """Draw the menus of weeks and of teams, where there are any; `kept` is what else of the address links keep."""
    with st.container(key="choices", horizontal=True, gap="small", width="content"):
        _draw_weeks(page, choice, freshness, kept)
        if names is not None:
            _draw_teams(page, choice, names, kept)


def _subtitle(choice: Choice, freshness: Freshness, names: Mapping[str, str] | None) -> str:
    week = choice.week or freshness.latest_week
    parts = [] if choice.team is None or names is None else [names[choice.team]]
    if week is not None:
        parts.append(week_words(week, freshness))
    return " · ".join([*parts, freshness_line(freshness)])


def _draw_weeks(page: str, choice: Choice, freshness: Freshness, kept: Mapping[str, Parameter]) -> None:
    latest = freshness.latest_week
    if latest is None:
        return
    week = choice.week or latest

    def link(label: str, to: date) -> None:
        page_link(page, label, team=choice.team, week=None if to == latest else to, **kept)

    earlier, later = week - timedelta(weeks=1), week + timedelta(weeks=1)
    if earlier in freshness.weeks:
        link(f"‹ {short_day(earlier)}", earlier)
    menu = st.popover(f"w/c {short_day(week)} {week:%Y}", on_change="rerun", key=f"weeks_{page}_{week}_{choice.team}")
    if menu.open:
        with menu:
            for offered in _offered(week, freshness.weeks):
                link(f"w/c {short_day(offered)} {offered:%Y}", offered)
    if later in freshness.weeks:
        link(f"{short_day(later)} ›", later)
    if later < latest:
        link("Latest week", latest)


def _offered(week: date, weeks: tuple[date, ...]) -> list[date]:
    """Return the weeks around one, and the same week a year before, the latest first."""
    place = weeks.index(week)
    first = max(0, min(place - _WEEKS_OFFERED // 2, len(weeks) - _WEEKS_OFFERED))
    a_year_before = week - timedelta(weeks=52)
    around = list(weeks[first : first + _WEEKS_OFFERED])
    return [*around, *([a_year_before] if a_year_before in weeks and a_year_before not in around else [])]


def _draw_teams(page: str, choice: Choice, names: Mapping[str, str], kept: Mapping[str, Parameter]) -> None:
    shown = "All teams" if choice.team is None else names[choice.team]
    menu = st.popover(shown, on_change="rerun", key=f"teams_{page}_{choice.week}_{choice.team}")
    if menu.open:
        with menu:
            page_link(page, "All teams", week=choice.week, **kept)
            for team, name in names.items():
                page_link(page, name, team=team, week=choice.week, **kept)
