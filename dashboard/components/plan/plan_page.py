"""The Action plan page: where the plan stands, its deadlines and lines; one line whole where the address names it."""

from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.cache import action_plan as kept
from dashboard.cache import measures
from dashboard.cache.page_run import PageRun, page_run
from dashboard.components.decisions.style import draw_decisions_style
from dashboard.components.layout.downloads import draw_download
from dashboard.components.layout.links import html_link, page_link
from dashboard.components.plan.deadlines import deadlines_html
from dashboard.components.plan.forms import draw_new_line
from dashboard.components.plan.line import draw_line
from dashboard.components.plan.lines import HEAD_HTML, lines_html
from dashboard.components.plan.shown import PAGE, SHOWN, Narrowed, narrowed
from dashboard.exports.decided_rows import decided_csv
from dashboard.readings.action_plan import Plan, standing_of
from dashboard.words.action_plan import NO_CAUSE, count_words
from dashboard.words.freshness import freshness_line
from data_access.actor import Action
from data_access.decisions.kind import DecisionKind
from data_access.decisions.kinds import ACTION, ACTION_UPDATE
from data_access.measures.definition import Strand
from data_access.problems import QueryProblem

_STYLE: Final = Path(__file__).with_name("plan.css")
_EMPTY: Final = (
    "No action plan is loaded. Load one with the files actions.csv and action_updates.csv; their templates stand on "
    "the page Loads and quality."
)
_DOWNLOADS: Final = {"The plan": ACTION, "Its updates": ACTION_UPDATE}


def draw_plan_page() -> None:
    """Draw the plan, or the line that the address names."""
    run = page_run()
    plan = kept.plan(run)
    st.html(_STYLE)
    draw_decisions_style()
    asked = st.query_params.get("line")
    with st.container(key="sheet", gap=None):
        if not asked:
            _draw_plan(run, plan, narrowed())
            return
        line = plan.named(asked)
        if line is None:
            msg = f"There is no line “{asked}” in the action plan here."
            raise QueryProblem(msg)
        draw_line(run, line)


def _draw_plan(run: PageRun, plan: Plan, asked: Narrowed) -> None:
    with st.container(key="heading", horizontal=True, gap="small", vertical_alignment="center"):
        st.html("<h1>Action plan</h1>")
        if plan.lines:
            with st.container(horizontal=True, gap="small", width="content", key="plan_downloads"):
                for label, kind in _DOWNLOADS.items():
                    _draw_csv(run, label, kind)
    freshness = measures.freshness(run)
    st.html(f'<p class="freshness">{escape(freshness_line(freshness))}</p>')
    if plan.lines:
        _draw_lines(plan, asked)
    else:
        st.html(f'<p class="lead">{_EMPTY}</p>')
        page_link("loads_and_quality", "Load files in the browser")
    if run.actor.may(Action.CHANGE_PLAN):
        draw_new_line()


def _draw_lines(plan: Plan, asked: Narrowed) -> None:
    shown = [line for line in plan.lines if asked.holds(line)]
    groups = [(strand, [line for line in shown if line.action.strand is strand]) for strand in Strand]
    st.html(f'<div class="plan-counts">{_counts_html(plan, asked)}</div>{deadlines_html(plan)}')
    if not shown:
        st.html('<p class="lead">No line of the plan is so.</p>')
    else:
        st.html(HEAD_HTML)
    for strand, mine in groups:
        if mine:
            st.html(lines_html(strand, mine))
    st.html(f'<p class="board-key">{NO_CAUSE}.</p>')


def _counts_html(plan: Plan, asked: Narrowed) -> str:
    """Return how long the plan is and how many lines are so, each a link that narrows the page to them."""
    lines = plan.lines if asked.strand is None else plan.of_strand(asked.strand)
    items = [_count_html(count_words(plan), Narrowed(None, None), asked)]
    for name, shown in SHOWN.items():
        if count := sum(shown.holds(line) for line in lines):
            items.append(_count_html(f"{count} {shown.words}", Narrowed(name, asked.strand), asked))
    if asked.strand is not None:
        every = html_link(PAGE, "every strand", show=asked.show)
        items.append(f"<li>{escape(asked.strand)} alone; {every}</li>")
    return f"<ul>{''.join(items)}</ul>"


def _count_html(words: str, leads_to: Narrowed, asked: Narrowed) -> str:
    if asked == leads_to:
        return f'<li class="chosen" aria-current="true">{escape(words)}</li>'
    return f"<li>{html_link(PAGE, words, show=leads_to.show, strand=leads_to.strand_code)}</li>"


def _draw_csv(run: PageRun, label: str, kind: DecisionKind) -> None:
    def made() -> bytes:
        with run.renewed().reading() as reading:
            return decided_csv(kind, standing_of(reading, kind))

    draw_download(label, f"{kind.extract}.csv", made, key=f"download_{kind.name}")
