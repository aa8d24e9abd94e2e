"""Accountability: what needs attention in the strand, and its headline measures."""

from dashboard.components.board.board_page import draw_board_page
from data_access.measures.definition import Strand

draw_board_page("accountability", Strand.ACCOUNTABILITY, Strand.ACCOUNTABILITY)
