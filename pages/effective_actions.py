"""Effective actions: what needs attention in the strand, and every measure of it by section."""

from dashboard.components.board.strand_page import draw_strand_page
from data_access.measures.definition import Strand

draw_strand_page("effective_actions", Strand.EFFECTIVE_ACTIONS)
