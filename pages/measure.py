"""Measures: the index of all; or one whole, its message, its chart, its teams and the cases behind it."""

from dashboard.components.measure.measure_page import draw_measure_page

draw_measure_page()
