"""The weekly meeting from one page: last week's decisions, the strands, exceptions first, decisions, the close."""

from dashboard.components.agenda.agenda_page import draw_agenda_page

draw_agenda_page()
