"""Family focus: what needs attention in the strand, and its headline measures."""

from dashboard.components.board.board_page import draw_board_page
from data_access.measures.definition import Strand

draw_board_page("family_focus", Strand.FAMILY_FOCUS, Strand.FAMILY_FOCUS)
