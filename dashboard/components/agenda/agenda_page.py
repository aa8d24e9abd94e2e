"""The agenda of the weekly meeting: decided last week, the strands in order, this week's decisions, the close."""

from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.cache import agenda, measures
from dashboard.cache.page_run import page_run
from dashboard.charts.theme import DARK
from dashboard.components.agenda.actions_due import draw_actions_due
from dashboard.components.agenda.close import draw_close
from dashboard.components.agenda.decided import draw_before, draw_decisions
from dashboard.components.agenda.drafts import draw_kept
from dashboard.components.agenda.opening import draw_opening
from dashboard.components.agenda.strands import draw_commentary_form, draw_strands
from dashboard.components.board.board import every_view
from dashboard.components.decisions.style import draw_decisions_style
from dashboard.components.decisions.taking import take_done
from dashboard.components.layout.appearance import current_look
from dashboard.components.layout.filters import Choice, chosen
from dashboard.components.layout.heading import draw_heading
from dashboard.components.layout.links import page_link
from dashboard.components.layout.messages import show_empty
from dashboard.words.agenda import signed_words

_STYLE: Final = Path(__file__).with_name("agenda.css")


def draw_agenda_page() -> None:
    """Draw the agenda of the week that the address names, the latest by default; it is of the whole service."""
    run = page_run()
    freshness = measures.freshness(run)
    week = chosen(run).week or freshness.latest_week
    if freshness.data_to is None or week is None:
        show_empty()
        return
    choice, look = Choice(None, week), current_look()
    every, held = every_view(run, choice), agenda.meeting(run, week)
    signed = next(iter(agenda.signed(run, week, week)), None)
    draw_decisions_style()
    st.html(_STYLE)
    with st.container(key="sheet_dark" if look is DARK else "sheet", gap=None):
        draw_heading("smt_agenda", "SMT agenda", choice, freshness)
        draw_kept()
        if (said := take_done()) is not None:
            st.html(f'<p class="done" role="status">{escape(said)}</p>')
        if signed is not None:
            told = f"{signed_words(signed)}. Attended: {signed.closing.attendance}."
            st.html(f'<p class="signed">{escape(told)}</p>')
            page_link("signed_weeks", "Signed weeks, and what stands otherwise now", week=week)
        draw_opening(run, week)
        draw_before(run, held)
        draw_strands(run, every, held, choice, look)
        draw_actions_due(run)
        draw_commentary_form(run, every, held)
        draw_decisions(run, every, held)
        draw_close(run, week, signed)
