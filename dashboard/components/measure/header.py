"""The head of a measure's page: whose it is, its message, its figures, its two judgements and its target."""

from collections.abc import Mapping
from html import escape
from typing import Final

import streamlit as st

from dashboard.analysis.sentences import assurance_words, target_tag
from dashboard.analysis.wording import VARIATION_WORDS, day
from dashboard.cache.action_plan import actions
from dashboard.cache.page_run import page_run
from dashboard.charts.theme import Look
from dashboard.charts.trend_rows import full_period_name
from dashboard.components.board.waiting import draw_waiting
from dashboard.components.layout.address import measure_menu
from dashboard.components.layout.doubt_link import draw_doubt_link
from dashboard.components.layout.filters import Choice
from dashboard.components.layout.heading import draw_choices
from dashboard.components.layout.icons import assurance_icon, variation_icon
from dashboard.components.layout.links import cases_link, html_link
from dashboard.readings.cases import why_not_listed
from dashboard.readings.freshness import Freshness
from dashboard.readings.measure_views import MeasureView
from dashboard.words.freshness import freshness_line
from dashboard.words.phrases import NOTHING, counts_of, left_out_of, target_of, variation_of, year_to_date
from data_access.vocabulary import TargetState

_TAGS: Final = {TargetState.MET: "✓", TargetState.MISSED: "✕", TargetState.DUE: "◷"}


def draw_measure_header(
    view: MeasureView, choice: Choice, freshness: Freshness, names: Mapping[str, str], look: Look
) -> None:
    """Draw the head of a measure's page, with the menus of measures, weeks and teams."""
    definition = view.definition
    with st.container(key="heading", horizontal=True, gap="small", vertical_alignment="center"):
        st.html(f'<p class="crumb">{_crumb_html(view)}</p>')
        with st.container(horizontal=True, gap="small", width="content", key="measure_choices"):
            measure_menu("measure", definition, {"team": choice.team, "week": choice.week})
            draw_choices("measure", choice, freshness, names, measure=definition.id)
    draw_waiting(view, team=choice.team)
    st.html(
        f'<h1 class="message">{escape(view.sentence)}</h1>'
        f'<p class="freshness">{escape(subtitle(view, choice, names))}<br>{escape(freshness_line(freshness))}</p>'
        f'<div class="verdict">{verdict_html(view, look)}</div>'
    )
    left_out = left_out_of(view)
    if left_out and why_not_listed(page_run().actor, definition.id) is None:
        label = f"See the {'case' if left_out == 1 else f'{left_out:,} cases'} that could not be worked out"
        with st.container(key="left_out"):
            cases_link(label, definition.id, team=choice.team, week=choice.week, show="not_computable")
    draw_doubt_link(view, team=choice.team, week=choice.week)


def subtitle(view: MeasureView, choice: Choice, names: Mapping[str, str]) -> str:
    """Return what is shown: question, whose, x of n in which period, the year so far, what is left out."""
    judgement = view.judgement
    parts = [view.definition.question, "all teams" if choice.team is None else names[choice.team]]
    if judgement.latest is not None:
        period = full_period_name(judgement.latest.point.start, judgement.subject.period)
        counts = counts_of(view)
        parts.append(f"{counts} in {period}" if counts else period)
    if year_to_date(view) != NOTHING:
        parts.append(f"{year_to_date(view)} this year")
    if left_out_of(view):
        parts.append(f"{left_out_of(view):,} could not be worked out")
    unsettled = int(view.figures.filter(view.figures["state"] != "complete").get_column("not_yet_due").sum())
    if unsettled:
        parts.append(f"{unsettled:,} not yet due")
    return " · ".join(parts)


def verdict_html(view: MeasureView, look: Look) -> str:
    """Return change, assurance and target: each an icon and its word."""
    judgement = view.judgement
    variation = variation_of(view)
    since = ""
    if judgement.segment is not None and judgement.segment.begun_by is not None:
        begun = judgement.segment.begun_by.start
        since = f" <span>since {day(begun)} {begun.year}</span>"
    parts = [f'<img src="{variation_icon(variation, look)}" alt=""><b>{VARIATION_WORDS[variation]}</b>{since}']
    icon = assurance_icon(judgement.assurance, look)
    if icon is not None:
        parts.append(f'<img src="{icon}" alt=""><b>{assurance_words(judgement)}</b>')
    tag, state = target_tag(judgement), judgement.target_state
    if tag is not None:
        sign = f'<span aria-hidden="true">{_TAGS[state]}</span> ' if state in _TAGS else ""
        target = target_of(judgement)
        target_text = f"<span>target {escape(target)}</span> " if target else ""
        parts.append(f'{target_text}<span class="tag tag-{state}">{sign}{escape(tag)}</span>')
    return "".join(f"<p>{part}</p>" for part in parts)


def _crumb_html(view: MeasureView) -> str:
    """Return the strand, the lines of the plan that should show in the measure as links to them, and whom to ask."""
    lines = [action for action in actions(page_run()) if view.definition.id in action.measures]
    items = ", ".join(
        html_link(
            "action_plan", line.action_id, f"Line {line.action_id} of the plan: {line.title}", line=line.action_id
        )
        for line in lines
    )
    told = f"plan item{'s' if len(lines) > 1 else ''} {items}"
    parts = [escape(view.definition.strand), *([told] if lines else []), f"ask {escape(view.definition.owner)}"]
    return " · ".join(parts)
