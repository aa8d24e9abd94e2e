"""The box of what needs attention: at most five lines, each with whom to ask and one click to where it shows."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Final

import streamlit as st

from dashboard.components.layout.links import html_link
from dashboard.readings.measure_views import MeasureView
from dashboard.words.attention_lines import NOTHING_STANDS_OUT, Line, attention_lines, left_out_words

MOST_LINES: Final = 5


def draw_attention(
    views: Sequence[MeasureView], every: Mapping[str, MeasureView], *, team: str | None, week: date | None
) -> None:
    """Draw what needs attention among some measures; `every` are all of them by id. Say so where nothing does.

    What is left out is counted, and leads to the index of the measures that need attention.
    """
    lines = attention_lines(views, every)
    told = "".join(f"<li>{line_html(line, team, week)}</li>" for line in lines[:MOST_LINES])
    body = f"<ul>{told}</ul>" if lines else f"<p>{NOTHING_STANDS_OUT}</p>"
    more = ""
    if len(lines) > MOST_LINES:
        left_out = html_link("measure", left_out_words(lines[MOST_LINES:]), team=team, week=week, show="attention")
        more = f'<p class="more">{left_out}</p>'
    with st.container(key="attention", gap=None):
        st.html(f"<h2>What needs attention</h2>{body}{more}")


def line_html(line: Line, team: str | None, week: date | None) -> str:
    """Return a line as HTML, with its link and whom to ask."""
    definition = line.view.definition
    link = (
        html_link("cases", line.subject, measure=definition.id, team=team, show="waiting")
        if line.tells_who_waits
        else html_link("measure", line.subject, measure=definition.id, team=team, week=week)
    )
    return f"{link}{escape(line.rest)}"
