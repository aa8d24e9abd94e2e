"""The index of measures: every one that is counted, under its strand, with its latest figure and its sentence."""

from collections.abc import Sequence
from datetime import date
from html import escape
from itertools import groupby
from typing import Final

import streamlit as st

from dashboard.cache import measures
from dashboard.cache.page_run import page_run
from dashboard.components.layout.filters import chosen
from dashboard.components.layout.heading import draw_heading
from dashboard.components.layout.links import cases_link, measure_link
from dashboard.components.layout.messages import show_empty
from dashboard.components.layout.phrases import counts_of, period_of_latest, told_of, value_of
from dashboard.readings.cases import why_not_listed
from dashboard.readings.measure_views import MeasureView
from dashboard.words.cases import waiting_told
from data_access.actor import Actor

_LEADS: Final = {
    "measure": "Every measure that is counted here. Choose one to see its chart, its teams and its cases.",
    "cases": "Choose a measure to see the cases behind its figure.",
}


def draw_index(page: str, title: str) -> None:
    """Draw the index of measures, each leading to `page` (measure or cases) for the team and week chosen."""
    run = page_run()
    choice, freshness = chosen(run), measures.freshness(run)
    if freshness.data_to is None:
        show_empty()
        return
    views = measures.every_measure(run, team=choice.team, up_to=choice.up_to)
    with st.container(key="sheet", gap=None):
        draw_heading(page, title, choice, freshness, measures.team_names(run))
        st.html(f'<p class="lead">{_LEADS[page]}</p>')
        _draw_entries(views, page, run.actor, team=choice.team, week=choice.week)


def _draw_entries(
    views: Sequence[MeasureView], page: str, actor: Actor, *, team: str | None, week: date | None
) -> None:
    link = measure_link if page == "measure" else cases_link
    with st.container(key="index", gap=None):
        for strand, of_strand in groupby(views, key=lambda view: view.definition.strand):
            st.html(f'<h2 class="strand"><span aria-hidden="true">{strand[0]}</span>{escape(strand)}</h2>')
            for view in of_strand:
                name, title = view.definition.id, view.definition.title
                with st.container(key=f"entry_{name}", gap=None):
                    if page == "measure" or (why := why_not_listed(actor, name)) is None:
                        link(title, name, team=team, week=week)
                    else:
                        st.html(f'<p class="unlinked">{escape(title)}<small>{escape(why)}</small></p>')
                    st.html(entry_html(view))


def entry_html(view: MeasureView) -> str:
    """Return all of an entry but its title, as HTML: the latest figure, its period, who waits, the sentence."""
    counts = counts_of(view)
    period = f"{f'{counts}, ' if counts else ''}{period_of_latest(view.judgement)}"
    waits = ""
    if view.waiting:
        told = waiting_told(view.definition, view.waiting_children, view.waiting_longest)
        waits = f"<strong>{escape(told)}.</strong> "
    return (
        f'<div class="entry"><p class="value">{escape(value_of(view.judgement))}</p>'
        f'<p class="period">{escape(period)}</p><p class="told">{waits}{escape(told_of(view))}</p></div>'
    )
