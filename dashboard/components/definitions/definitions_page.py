"""The Definitions page: every measure in words, how the charts are read, and what to hand over."""

from collections.abc import Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.cache import measures
from dashboard.cache.page_run import page_run
from dashboard.components.definitions.entry import entry_html
from dashboard.components.layout.address import ALL, chosen_measure, chosen_of
from dashboard.components.layout.links import measure_link, page_link
from dashboard.components.layout.stylesheet import draw_stylesheet
from dashboard.components.measure.how_counted import HOW_TO_READ, PLAIN, WOBBLY
from dashboard.readings.definitions import Entry
from data_access.extracts.format_page import page as format_page
from data_access.measures.definition import Definition

_STYLE: Final = Path(__file__).with_name("definitions.css")
PARTS: Final = {"measures": "Measures", "charts": "How to read the charts", "format": "What to hand over"}
_LEAD: Final = (
    "The rule behind every figure: what is counted and what is left out, by which standard and target, and what can "
    "mislead. Printed, this page is the data dictionary."
)


def draw_definitions_page() -> None:
    """Draw the part that the address names: the measures (one of them open, or all), the charts or the format."""
    part = chosen_of("part", tuple(PARTS), "measures", "part of this page")
    definition, shown = chosen_measure(), chosen_of("show", ("", ALL), "", "way to show this page")
    draw_stylesheet()
    st.html(_STYLE)
    with st.container(key="heading"):
        st.html("<h1>Definitions</h1>")
    with st.container(key="definition_parts", horizontal=True, gap="medium"):
        for name, title in PARTS.items():
            if name == part:
                st.html(f'<p class="current-form" aria-current="page">{title}</p>')
            else:
                page_link("definitions", title, part=None if name == "measures" else name)
    match part:
        case "charts":
            _draw_charts()
        case "format":
            st.markdown(format_page())
        case _:
            _draw_measures(definition, is_whole=shown == ALL)


def _draw_measures(chosen: Definition | None, *, is_whole: bool) -> None:
    entries = measures.definitions(page_run())
    if chosen is not None:
        [entry] = [entry for entry in entries if entry.measure.id == chosen.id]
        with st.container(key="definition_links", horizontal=True, gap="medium"):
            page_link("definitions", "All definitions")
            measure_link("To its chart and cases", chosen.id)
        st.html(entry_html(entry, measures.team_names(page_run()), is_open=True, has_examples=True))
        return
    st.html(f'<p class="lead">{_LEAD}</p>')
    with st.container(key="definition_links", horizontal=True, gap="medium"):
        if is_whole:
            page_link("definitions", "Close all")
        else:
            page_link("definitions", "Open all, with worked examples", show=ALL)
    _draw_entries(entries, is_whole=is_whole)


def _draw_entries(entries: Sequence[Entry], *, is_whole: bool) -> None:
    teams = measures.team_names(page_run())
    with st.container(key="definitions", gap=None):
        for strand, of_strand in groupby(entries, key=lambda entry: entry.section.strand):
            st.html(f'<h2 class="strand"><span aria-hidden="true">{strand[0]}</span>{escape(strand)}</h2>')
            for section, of_section in groupby(of_strand, key=lambda entry: entry.section):
                drawn = "".join(
                    entry_html(entry, teams, is_open=is_whole, has_examples=is_whole) for entry in of_section
                )
                st.html(f'<h3 class="section">{escape(section.title)}</h3>{drawn}')


def _draw_charts() -> None:
    limits = (HOW_TO_READ[0], WOBBLY, *HOW_TO_READ[1:])
    for title, texts in (("Charts with limits", limits), ("Plain lines: stocks and yearly figures", PLAIN)):
        st.html(f'<h2 class="part">{title}</h2>')
        for text in texts:
            st.markdown(text.format(period="week"))
