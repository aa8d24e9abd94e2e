"""Every measure of a team against the service, section by section: no team is ranked."""

from datetime import date
from html import escape
from typing import Final

import streamlit as st

from dashboard.components.layout.links import measure_link
from dashboard.readings.team_report import TeamMeasure, TeamReport
from dashboard.words.teams import (
    counts_words,
    differences_told,
    interval_words,
    service_words,
    up_to_words,
    value_words,
    verdict_words,
)

_HEADINGS: Final = ("Measure", "Up to", "Team", "Cases", "95% interval", "Service", "Differs?")
_NOTE: Final = (
    "Over 13 weeks, 3 months, a quarter or a year, by each measure’s period; what stands on a day, on the last. "
    "Named higher or lower only beyond 99.8%; look again: between 95% and 99.8%, where chance puts one in twenty."
)


def draw_against_service(report: TeamReport, week: date | None) -> None:
    """Draw the sentence of what differs, then each section with its measures, each a link to its page."""
    with st.container(key="team_against", gap=None):
        _draw(report, week)


def _draw(report: TeamReport, week: date | None) -> None:
    measures = report.measures
    told = escape(differences_told(measures))
    title = '<h2 class="block">Against the service</h2>'
    st.html(f'<div class="differs-line">{title}<p class="differs">{told}</p></div>')
    if not measures:
        return
    latest = max(measure.last for measure in measures)
    titles = "".join(f"<span>{title}</span>" for title in _HEADINGS)
    st.html(f'<div class="team-head" aria-hidden="true">{f"<div>{titles}</div>" * 2}</div>')
    with st.container(key="team_measures", gap=None):
        for number, (section, of_section) in enumerate(report.sections):
            with st.container(key=f"section_{number}", gap=None):
                letter = section.strand[0]
                st.html(f'<h3 class="section"><span aria-hidden="true">{letter}</span>{escape(section.title)}</h3>')
                for measure in of_section:
                    with st.container(key=f"of_{measure.definition.id}", gap=None):
                        measure_link(measure.definition.title, measure.definition.id, team=report.team, week=week)
                        st.html(cells_html(measure, latest))
    without = "; ".join(measure.definition.title for measure in report.without_cases)
    none = f" No cases of this team: {without}." if without else ""
    st.html(f'<p class="board-key">{escape(f"{_NOTE}{none}")}</p>')


def cells_html(measure: TeamMeasure, latest: date) -> str:
    """Return the cells of a measure; each says in words what it is, for those who hear it and on a phone."""
    words = (
        ("until", _HEADINGS[1], up_to_words(measure.last, latest)),
        ("value", _HEADINGS[2], value_words(measure)),
        ("counts", _HEADINGS[3], counts_words(measure)),
        ("interval", _HEADINGS[4], interval_words(measure)),
        ("service", _HEADINGS[5], service_words(measure)),
        ("verdict", "Differs from the service", verdict_words(measure)),
    )
    cells = "".join(
        f'<span class="{name}">{f"<b>{label}: </b>{escape(text)}" if text else ""}</span>'
        for name, label, text in words
    )
    return f'<div class="team-cells{" differing" if measure.differs else ""}">{cells}</div>'
