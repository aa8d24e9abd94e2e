"""Links between pages. The state of a view is its address, so that any view can be sent and opened again."""

import re
from collections.abc import Mapping
from datetime import date
from html import escape
from urllib.parse import urlencode

import streamlit as st

from dashboard.navigation import PAGES, page_named

Parameter = str | int | date | None

_DRAWN = "page_drawn"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$:])")


def plain(text: str) -> str:
    """Return text so that Markdown shows it as it stands."""
    return _MARKDOWN.sub(r"\\\1", text)


def remember_page(path: str) -> None:
    """Remember the path of the page that this run draws; empty for the front page without a path."""
    st.session_state[_DRAWN] = path


def page_link(page: str, label: str, /, **parameters: Parameter) -> None:
    """Draw a link to a page by its name; parameters that are None stay out of the address."""
    # From the address without a path the front page links to itself there: a step to another path that shows the
    # same page would stand twice in the browser's history.
    stays = page == PAGES[0].name and not st.session_state.get(_DRAWN, page)
    st.page_link(page_named(page).registered(front=stays), label=plain(label), query_params=_given(parameters))


def html_link(page: str, label: str, said: str | None = None, /, **parameters: Parameter) -> str:
    """Return a link to a page by its name as HTML, for a block with many of them: `page_link` is an element each.

    `said` is its name for those who hear it, where the label alone says too little. `assets/links.js` follows it
    without loading the page again; without that script it is a plain link.
    """
    given = _given(parameters)
    address = f"{page_named(page).name}{'?' if given else ''}{urlencode(given)}"
    name = "" if said is None else f' aria-label="{escape(said)}"'
    return f'<a class="go" href="{escape(address)}"{name}>{escape(label)}</a>'


def _given(parameters: Mapping[str, Parameter]) -> dict[str, str]:
    return {name: str(value) for name, value in parameters.items() if value is not None}


def measure_link(
    label: str,
    measure: str,
    /,
    *,
    team: str | None = None,
    week: date | None = None,
    dimension: str | None = None,
    **more: Parameter,
) -> None:
    """Draw a link to one measure, of a team or the whole, as of a week (its Monday), by a dimension."""
    page_link("measure", label, measure=measure, team=team, week=week, dimension=dimension, **more)


def cases_link(
    label: str,
    measure: str,
    /,
    *,
    team: str | None = None,
    week: date | None = None,
    dimension: str | None = None,
    **more: Parameter,
) -> None:
    """Draw a link to the cases behind a measure's figure; `more` narrows and sorts the list."""
    page_link("cases", label, measure=measure, team=team, week=week, dimension=dimension, **more)
