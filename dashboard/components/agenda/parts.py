"""The parts of the agenda, in their order: the page draws all of them, the presenter mode a screen each."""

from functools import partial
from typing import Final

from dashboard.components.agenda.actions_due import draw_actions_due
from dashboard.components.agenda.close import draw_close
from dashboard.components.agenda.commentary import draw_commentary_form
from dashboard.components.agenda.decided import draw_before, draw_decisions
from dashboard.components.agenda.opening import draw_opening
from dashboard.components.agenda.part import Part
from dashboard.components.agenda.strands import draw_strand
from dashboard.components.board.board import strand_heading
from data_access.measures.definition import Strand

PARTS: Final = (
    Part("opening", "Open with one child’s path", draw_opening),
    Part("before", "Decided before", draw_before),
    *(Part(strand.name.lower(), strand, partial(draw_strand, strand), strand_heading(strand)) for strand in Strand),
    Part("actions", "Actions due", draw_actions_due),
    Part("comments", "Comment on a measure", draw_commentary_form, has_screen=False),
    Part("decisions", "Decisions of this meeting", draw_decisions),
    Part("close", "Close the meeting", draw_close),
)
"""Every part; a further one is a line here."""
SCREENS: Final = tuple(part for part in PARTS if part.has_screen)
