"""The pages that are a board: This week with all strands, and each strand by itself."""

from typing import Final

import streamlit as st

from dashboard.cache import measures
from dashboard.cache.page_run import page_run
from dashboard.charts.theme import DARK
from dashboard.components.board.attention import draw_attention
from dashboard.components.board.board import board_rows, board_views, draw_board
from dashboard.components.layout.appearance import current_look
from dashboard.components.layout.filters import chosen
from dashboard.components.layout.heading import draw_heading
from dashboard.components.layout.messages import show_empty
from data_access.measures.definition import Strand

_STRAND_LEAD: Final = (
    "Every measure of this strand that is counted here. Those of This week come first; other measures of its plan "
    "items are not counted yet."
)


def draw_board_page(page: str, title: str, strand: Strand | None = None) -> None:
    """Draw what needs attention and the board, of one strand or of all; `page` is its name in the registry."""
    run = page_run()
    choice, freshness = chosen(run), measures.freshness(run)
    if freshness.data_to is None:
        show_empty()
        return
    views = board_views(run, strand, team=choice.team, up_to=choice.up_to)
    look = current_look()
    with st.container(key="sheet_dark" if look is DARK else "sheet", gap=None):
        draw_heading(page, title, choice, freshness, measures.team_names(run))
        draw_attention(views, team=choice.team, week=choice.week)
        if strand is not None:
            st.html(f'<p class="lead">{_STRAND_LEAD}</p>')
        rows = board_rows(run, strand, look, team=choice.team, up_to=choice.up_to)
        draw_board(views, rows, team=choice.team, week=choice.week)
