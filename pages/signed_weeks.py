"""A year's weeks as they were signed off, and what stands otherwise now."""

from dashboard.components.signed_weeks.signed_weeks_page import draw_signed_weeks_page

draw_signed_weeks_page()
