"""The page of this week's board: what needs attention of all measures, then the headline measures."""

from functools import partial

import streamlit as st

from dashboard.cache import measures
from dashboard.cache.page_run import PageRun, page_run
from dashboard.charts.theme import DARK
from dashboard.components.board.attention import draw_attention
from dashboard.components.board.board import board_rows, draw_board, every_view, views_shown
from dashboard.components.layout.appearance import current_look
from dashboard.components.layout.filters import Choice, chosen
from dashboard.components.layout.heading import draw_heading
from dashboard.components.layout.messages import show_empty
from dashboard.components.packs.download import draw_pack_download
from dashboard.packs.meetings import Detail, Rhythm, meetings
from dashboard.readings.freshness import Freshness
from dashboard.settings import current_settings


def draw_board_page() -> None:
    """Draw what needs attention of every measure, and the board of the headline measures."""
    run = page_run()
    choice, freshness = chosen(run), measures.freshness(run)
    if freshness.data_to is None:
        show_empty()
        return
    every, look = every_view(run, choice), current_look()
    with st.container(key="sheet_dark" if look is DARK else "sheet", gap=None):
        names, tool = measures.team_names(run), partial(_draw_pack, run, choice, freshness)
        draw_heading("this_week", "This week", choice, freshness, names, tool)
        draw_attention(list(every.values()), every, team=choice.team, week=choice.week)
        draw_board(views_shown(every, None), board_rows(run, None, look, choice))


def _draw_pack(run: PageRun, choice: Choice, freshness: Freshness) -> None:
    """Draw the pack of the week for the first weekly meeting that the reader is of; nothing where there is none."""
    weekly = (
        meeting
        for meeting in meetings(current_settings().meetings).values()
        if meeting.rhythm is Rhythm.WEEKLY and not meeting.of_team and meeting.detail is not Detail.PUBLIC
    )
    mine = next((meeting for meeting in weekly if meeting.readers & run.actor.roles), None)
    if mine is not None:
        draw_pack_download(run, mine, choice, freshness, "pdf", label="Pack of the week")
