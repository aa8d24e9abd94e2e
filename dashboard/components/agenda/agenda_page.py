"""The agenda of the weekly meeting: all its parts on a page, or a part a screen."""

from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.cache import agenda as kept
from dashboard.cache import measures
from dashboard.cache.page_run import page_run
from dashboard.charts.theme import DARK
from dashboard.components.agenda.drafts import draw_handing_back, draw_kept
from dashboard.components.agenda.part import Agenda
from dashboard.components.agenda.parts import PARTS
from dashboard.components.agenda.presenter import draw_screen, present_link, presented_part
from dashboard.components.agenda.shown import PAGE
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
    choice, look, part = Choice(None, week), current_look(), presented_part()
    signed = next(iter(kept.signed(run, week, week)), None)
    agenda = Agenda(run, week, every_view(run, choice), kept.meeting(run, week), signed, look, part is not None)
    name = "sheet" if part is None else "presenter"
    draw_decisions_style()
    st.html(_STYLE)
    with st.container(key=f"{name}_dark" if look is DARK else name, gap=None):
        draw_kept()
        if part is None:
            draw_heading(PAGE, "SMT agenda", choice, freshness)
            st.html(f'<p class="present">{present_link(agenda)}</p>')
        _draw_done()
        if part is not None:
            draw_screen(agenda, part)
        else:
            _draw_signed(agenda)
            for each in PARTS:
                st.html(each.heading_html)
                each.draw(agenda)
        draw_handing_back()


def _draw_done() -> None:
    if (said := take_done()) is not None:
        st.html(f'<p class="done" role="status">{escape(said)}</p>')


def _draw_signed(agenda: Agenda) -> None:
    if agenda.signed is not None:
        told = f"{signed_words(agenda.signed)}. Attended: {agenda.signed.closing.attendance}."
        st.html(f'<p class="signed">{escape(told)}</p>')
        page_link("signed_weeks", "Signed weeks, and what stands otherwise now", week=agenda.week)
