"""Inspection evidence: what inspectors and auditors found, and how each finding stands now."""

from dashboard.components.inspection_evidence.evidence_page import draw_evidence_page

draw_evidence_page()
