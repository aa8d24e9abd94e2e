"""Cases: the cases behind any number, filtered, sorted and paged, each with its clock and its path."""

from dashboard.components.cases.cases_page import draw_cases_page

draw_cases_page()
