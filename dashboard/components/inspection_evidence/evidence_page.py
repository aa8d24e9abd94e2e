"""The page Inspection evidence: every finding of a letter or report, narrowed by the address to some of them."""

from collections.abc import Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.analysis.wording import short_day
from dashboard.cache import measures
from dashboard.cache.action_plan import plan
from dashboard.cache.inspection_evidence import inspection_evidence
from dashboard.cache.page_run import PageRun, page_run
from dashboard.components.inspection_evidence.downloads import draw_downloads
from dashboard.components.inspection_evidence.finding import ShownMeasure, disagreement_html, finding_html
from dashboard.components.layout.address import ALL, chosen_of, menu
from dashboard.components.layout.filters import Choice, chosen
from dashboard.components.layout.heading import draw_heading
from dashboard.components.layout.links import Parameter
from dashboard.components.layout.messages import show_empty
from dashboard.components.layout.stylesheet import draw_stylesheet
from dashboard.readings.cases import why_not_listed
from dashboard.readings.inspection_evidence import Evidence
from dashboard.readings.measure_views import MeasureView
from dashboard.words.inspection_evidence import KINDS, summary_words
from dashboard.words.other_areas import area_rows

PAGE: Final = "inspection_evidence"
_SHOWN: Final = {
    ALL: "All findings",
    "open": "Still not good",
    "disagreed": "Where they disagree",
    "out_of_scope": "Out of scope",
    **KINDS,
}
_NONE: Final = "No finding is loaded: findings.csv holds a row for each."


def draw_evidence_page() -> None:
    """Draw the findings that the address asks for, each with how its measures stand."""
    run = page_run()
    choice, freshness = chosen(run), measures.freshness(run)
    if freshness.data_to is None:
        show_empty()
        return
    shown = chosen_of("show", tuple(_SHOWN), ALL, "kind of finding")
    kept: dict[str, Parameter] = {"show": None if shown == ALL else shown}
    draw_stylesheet()
    st.html(Path(__file__).with_name("inspection_evidence.css"))
    draw_heading(PAGE, "Inspection evidence", choice, freshness, measures.team_names(run), **kept)
    every = inspection_evidence(run, team=choice.team, up_to=choice.up_to)
    if not every:
        st.html(f"<p>{_NONE}</p>")
        return
    st.html(f'<p class="lead">{escape(summary_words(every))}</p>')
    if (week := choice.week or freshness.latest_week) is not None:
        draw_downloads(run, week, choice.team)
    with st.container(key="evidence_filters", horizontal=True):
        options = {
            words: {"team": choice.team, "week": choice.week, "show": None if name == ALL else name}
            for name, words in _SHOWN.items()
        }
        menu(PAGE, _SHOWN[shown], options, key="findings")
    with st.container(key="evidence", gap=None):
        _draw_findings(run, [each for each in every if _is_wanted(each, shown)], choice)


def _is_wanted(each: Evidence, shown: str) -> bool:
    match shown:
        case "open":
            return each.is_open
        case "disagreed":
            return bool(each.against)
        case "out_of_scope":
            return not each.views
    return shown in (ALL, each.finding.kind)


def _draw_findings(run: PageRun, wanted: Sequence[Evidence], choice: Choice) -> None:
    if not wanted:
        st.html("<p>There is no such finding.</p>")
        return
    by_report = groupby(wanted, key=lambda each: (each.finding.reported_on, each.finding.source))
    for (reported_on, source), of_report in by_report:
        st.html(f'<h2 class="part">{escape(source)}, {short_day(reported_on)} {reported_on.year}</h2>')
        listed_here = list(of_report)
        for kind, title in KINDS.items():
            drawn = [_finding(run, each, choice) for each in listed_here if each.finding.kind == kind]
            if drawn:
                st.html(f"<h3>{title}</h3>{''.join(drawn)}")
    pairs = {
        frozenset((each.finding.reference, other.reference)): (each.finding, other)
        for each in wanted
        for other in each.against
    }
    if pairs:
        st.html('<h2 class="part">Where they disagree</h2>' + "".join(map(disagreement_html, pairs.values())))


def _finding(run: PageRun, each: Evidence, choice: Choice) -> str:
    shown = [
        ShownMeasure(view, _areas(run, view, choice), why_not_listed(run.actor, view.definition.id) is None)
        for view in each.views
    ]
    ids = {action.action_id for action in each.actions}
    return finding_html(each, shown, [line for line in plan(run).lines if line.action.action_id in ids], choice)


def _areas(run: PageRun, view: MeasureView, choice: Choice) -> list[tuple[str, str]]:
    """Return the published figures of other areas that a measure is compared with: area and year, figure."""
    if view.judgement.latest is None:
        return []
    data_to = measures.freshness(run).data_to
    known_by = choice.up_to or (None if data_to is None else data_to.date())
    background = measures.background(run, view.definition.id, up_to=known_by)
    return [(name, value) for name, value, _ in area_rows(view, background)]
