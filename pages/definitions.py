"""Every measure in words, how to read the charts, and what to hand over: the council's data dictionary."""

from dashboard.components.definitions.definitions_page import draw_definitions_page

draw_definitions_page()
