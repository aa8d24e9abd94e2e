"""The page of this week's board: what needs attention of all measures, then the headline measures."""

import streamlit as st

from dashboard.cache import measures
from dashboard.cache.page_run import page_run
from dashboard.charts.theme import DARK
from dashboard.components.board.attention import draw_attention
from dashboard.components.board.board import board_rows, draw_board, every_view, views_shown
from dashboard.components.layout.appearance import current_look
from dashboard.components.layout.filters import chosen
from dashboard.components.layout.heading import draw_heading
from dashboard.components.layout.messages import show_empty


def draw_board_page() -> None:
    """Draw what needs attention of every measure, and the board of the headline measures."""
    run = page_run()
    choice, freshness = chosen(run), measures.freshness(run)
    if freshness.data_to is None:
        show_empty()
        return
    every, look = every_view(run, choice), current_look()
    with st.container(key="sheet_dark" if look is DARK else "sheet", gap=None):
        draw_heading("this_week", "This week", choice, freshness, measures.team_names(run))
        draw_attention(list(every.values()), every, team=choice.team, week=choice.week)
        draw_board(views_shown(every, None), board_rows(run, None, look, choice))
