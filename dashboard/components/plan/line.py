"""A line of the plan whole: what is wanted, what its measures did since, what was reported, what was changed."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard.analysis.wording import day
from dashboard.cache import action_plan as kept
from dashboard.cache import measures
from dashboard.cache.page_run import PageRun
from dashboard.components.layout.links import html_link, page_link
from dashboard.components.layout.stylesheet import draw_stylesheet
from dashboard.components.plan.forms import draw_line_forms
from dashboard.components.plan.lines import due_tag
from dashboard.components.plan.shown import PAGE, Narrowed
from dashboard.readings.action_plan import LinkedMeasure, PlanLine
from dashboard.readings.decisions import Decided
from dashboard.words.action_plan import (
    NO_CAUSE,
    STATUS_WORDS,
    deadline_words,
    due_words,
    history_of_line,
    lead_words,
    movement_words,
)
from dashboard.words.decisions import author_words
from dashboard.words.freshness import freshness_line
from data_access.decisions.reads.action_plan import PlannedAction

_NO_MEASURE = "No measure is linked with it: it is seen by its evidence alone."


def draw_line(run: PageRun, line: PlanLine) -> None:
    """Draw a line of the plan, with the forms that the reader may use."""
    action, freshness = line.action, measures.freshness(run)
    draw_stylesheet()
    lines, updates = kept.plan_history(run, action.action_id)
    with st.container(key="heading", horizontal=True, gap="small", vertical_alignment="center"):
        strand = html_link(PAGE, action.strand, strand=Narrowed(None, action.strand).strand_code)
        st.html(f'<p class="crumb">{html_link(PAGE, "Action plan")} · {strand}</p>')
    st.html(
        f'<h1 class="message">{escape(action.action_id)} {escape(action.title)}</h1>'
        f'<p class="freshness">{escape(freshness_line(freshness))}</p>'
        f'<div class="verdict"><p><b>{escape(STATUS_WORDS[action.status])}</b></p>'
        f"<p>{due_tag(line, due_words(line))}</p></div>"
    )
    with st.container(key="plan_facts", gap=None):
        st.html(_facts_html(action))
    st.html(f'<h2 class="section">Measures that should show it</h2>{_measures_html(line.measures)}')
    st.html(f'<h2 class="section">What was reported</h2>{_updates_html(action)}')
    draw_line_forms(run.actor, line, updates)
    st.html(f'<h2 class="section">How the line changed</h2>{_history_html(lines)}')
    page_link(PAGE, "All lines of the plan")


def _facts_html(action: PlannedAction) -> str:
    facts = {
        "Lead": lead_words(action),
        "Monitored by": action.monitored_by,
        "Began": None if action.began_on is None else f"{day(action.began_on)} {action.began_on.year}",
        "Deadline": deadline_words(action),
        "Required outcome": action.outcome,
        "Target": action.target,
        "Evidence": action.evidence,
        "Remark": action.remark,
    }
    items = "".join(f"<dt>{name}</dt><dd>{escape(words)}</dd>" for name, words in facts.items() if words)
    return f'<dl class="plan-facts">{items}</dl>'


def _measures_html(linked: Sequence[LinkedMeasure]) -> str:
    if not linked:
        return f'<p class="lead">{_NO_MEASURE}</p>'
    items = "".join(
        f"<li>{html_link('measure', each.view.definition.title, measure=each.view.definition.id)}"
        f"<b>{escape(movement_words(each))}.</b><span>{escape(each.view.sentence)}.</span></li>"
        for each in linked
    )
    return f'<ul class="plan-measures">{items}</ul><p class="board-key">{NO_CAUSE}.</p>'


def _updates_html(action: PlannedAction) -> str:
    if not action.updates:
        return '<p class="lead">Nothing was reported about it yet.</p>'
    items = "".join(
        f"<li><b>{day(update.dated_on)} {update.dated_on.year}</b> {escape(update.words)} "
        f"{f'<span>Seen in: {escape(update.evidence)}.</span> ' if update.evidence else ''}"
        f"<small>{escape(update.author)}</small></li>"
        for update in action.updates
    )
    return f'<ul class="decided">{items}</ul>'


def _history_html(lines: Sequence[Decided]) -> str:
    items = "".join(
        f"<li>{escape(changes)}. "
        f"{f'<span>Because: {escape(state.reason)}.</span> ' if state.reason else ''}"
        f"<small>{escape(author_words(state))}</small></li>"
        for decided in lines
        for state, changes in history_of_line(decided)
    )
    return f'<ul class="decided">{items}</ul>'
