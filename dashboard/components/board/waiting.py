"""Who waits, above every percentage: how many children, for how long, and the link to their cases."""

from html import escape

import streamlit as st

from dashboard.components.layout.links import cases_link
from dashboard.readings.measure_views import MeasureView
from dashboard.words.cases import waiting_cases, waiting_told


def draw_waiting(view: MeasureView, *, team: str | None, linked: bool = True) -> None:
    """Draw who waits now, whichever week is chosen, with a link where `linked`; nothing where nobody does."""
    if not view.waiting:
        return
    told = waiting_told(view.definition, view.waiting_children, view.waiting_longest)
    with st.container(key="waiting", gap=None):
        st.html(f"<p><strong>{escape(told)}.</strong></p>")
        if linked:
            cases_link(f"See {waiting_cases(view.waiting)}", view.definition.id, team=team, show="waiting")
