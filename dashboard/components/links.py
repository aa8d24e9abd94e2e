"""Links between pages. The state of a view is its address, so that any view can be sent and opened anew."""

import re
from datetime import date

import streamlit as st

from dashboard.navigation import page_named

Parameter = str | int | date | None

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$:])")


def plain(text: str) -> str:
    """Return text so that Markdown shows it as it stands."""
    return _MARKDOWN.sub(r"\\\1", text)


def page_link(page: str, label: str, /, **parameters: Parameter) -> None:
    """Draw a link to a page by its name; parameters that are None stay out of the address."""
    given = {name: str(value) for name, value in parameters.items() if value is not None}
    st.page_link(page_named(page).registered(), label=plain(label), query_params=given)


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
