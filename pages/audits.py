"""Audits: are children heard, are the cases read that were to be, how good is the work, do graders agree?"""

from dashboard.components.audits.audits_page import draw_audits_page

draw_audits_page()
