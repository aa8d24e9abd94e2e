"""The week at a glance: what needs attention in all measures, then the headline measures under their strands."""

from dashboard.components.board.board_page import draw_board_page

draw_board_page()
