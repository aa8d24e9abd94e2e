"""The board: one row a measure under its strand, with its number, its picture, its judgement and its sentence."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from itertools import groupby
from typing import Final

import streamlit as st

from dashboard.analysis.sentences import alternative_text, assurance_words, target_tag
from dashboard.analysis.wording import VARIATION_WORDS
from dashboard.cache import measures
from dashboard.cache.page_run import PageRun, page_run
from dashboard.cache.results import kept_results
from dashboard.charts.sparkline import as_image, sparkline
from dashboard.charts.theme import Look
from dashboard.components.layout.doubt_link import draw_doubt_link
from dashboard.components.layout.icons import assurance_icon, variation_icon
from dashboard.components.layout.links import cases_link, measure_link
from dashboard.components.layout.phrases import (
    counts_of,
    left_out_of,
    period_of_latest,
    target_of,
    told_of,
    value_of,
    variation_of,
    year_to_date,
)
from dashboard.readings.cases import why_not_listed
from dashboard.readings.measure_views import MeasureView
from data_access.measures.definition import Strand
from data_access.vocabulary import TargetState

HEADINGS: Final = ("Measure", "Latest", "Period", "Year", "Last 26 periods", "Change", "Target", "Can it be met?")
_KEPT: Final = 256
"""How many boards are kept: weeks, teams and looks that readers look at between two loads."""
_TAGS: Final = {TargetState.MET: "✓", TargetState.MISSED: "✕", TargetState.DUE: "◷"}
KEY: Final = (
    "Grey band: what is normal for this service. Purple dashes: target. Blue dots: a real improvement. "
    "Orange diamonds: a real worsening. Hollow dot: not settled yet, not judged. "
    "Each measure shows its own latest settled period."
)


def board_views(
    run: PageRun, strand: Strand | None, *, team: str | None, up_to: date | None
) -> Sequence[MeasureView]:
    """Return what a board shows: the headline measures, or all of a strand, those of This week first."""
    if strand is None:
        return measures.board(run, team=team, up_to=up_to)
    every = measures.every_measure(run, team=team, up_to=up_to)
    mine = [view for view in every if view.definition.strand is strand]
    return sorted(mine, key=lambda view: not view.definition.headline)


@kept_results(_KEPT)
def board_rows(
    run: PageRun, strand: Strand | None, look: Look, *, team: str | None, up_to: date | None
) -> Mapping[str, str]:
    """Return row_html of every measure of a board by its id, of a team or the whole, up to a day."""
    views = board_views(run, strand, team=team, up_to=up_to)
    return {view.definition.id: row_html(view, look) for view in views}


def draw_board(views: Sequence[MeasureView], rows: Mapping[str, str], *, team: str | None, week: date | None) -> None:
    """Draw the rows of some measures, in their order, under the names of their strands; `rows` are `board_rows`."""
    with st.container(key="board", gap=None):
        titles = "".join(f"<span>{title}</span>" for title in HEADINGS[1:])
        st.html(f'<div class="board-head" aria-hidden="true"><span>{HEADINGS[0]}</span><div>{titles}</div></div>')
        for strand, of_strand in groupby(views, key=lambda view: view.definition.strand):
            st.html(f'<h2 class="strand"><span aria-hidden="true">{strand[0]}</span>{escape(strand)}</h2>')
            for view in of_strand:
                _draw_row(view, rows[view.definition.id], team=team, week=week)
        st.html(f'<p class="board-key">{KEY}</p>')


def _draw_row(view: MeasureView, row: str, *, team: str | None, week: date | None) -> None:
    with st.container(key=f"row_{view.definition.id}", gap=None):
        measure_link(view.definition.title, view.definition.id, team=team, week=week)
        st.html(row)
        if left_out_of(view) or view.judgement.in_doubt:
            with st.container(key=f"beside_{view.definition.id}", horizontal=True, gap="small"):
                _draw_left_out(view, team=team, week=week)
                draw_doubt_link(view, team=team, week=week)


def _draw_left_out(view: MeasureView, *, team: str | None, week: date | None) -> None:
    """Draw how many cases could not be worked out, as a link to them where they may be listed."""
    left_out = left_out_of(view)
    if not left_out:
        return
    told = f"{left_out:,} could not be worked out"
    if why_not_listed(page_run().actor, view.definition.id) is None:
        cases_link(told, view.definition.id, team=team, week=week, show="not_computable")
    else:
        st.html(f'<p class="told">{told}</p>')


def row_html(view: MeasureView, look: Look) -> str:
    """Return all of a row but its title, as HTML. Every cell says in words what it is, for those who hear it."""
    judgement = view.judgement
    alternative = alternative_text(judgement) if view.why_none is None else f"{view.sentence}."
    picture = f'<img src="{as_image(sparkline(judgement, look))}" alt="{escape(alternative)}">'
    counts = counts_of(view)
    cells = (
        ("value", "Latest", escape(value_of(judgement))),
        ("period", "Period", f"{f'{escape(counts)}<br>' if counts else ''}{escape(period_of_latest(judgement))}"),
        ("year", "Year to date", escape(year_to_date(view))),
        ("spark", "", picture),
        ("change", "Change", _change(view, look)),
        ("target", "Target", _target(view)),
        ("assurance", "Can it be met?", _assurance(view, look)),
    )
    drawn = "".join(
        f'<div class="{name}">{f"<b>{label}: </b>" if label else ""}{content}</div>' for name, label, content in cells
    )
    return f'<div class="row"><p class="told">{escape(told_of(view))}</p><div class="cells">{drawn}</div></div>'


def _change(view: MeasureView, look: Look) -> str:
    variation = variation_of(view)
    return f'<img src="{variation_icon(variation, look)}" alt="">{VARIATION_WORDS[variation]}'


def _target(view: MeasureView) -> str:
    tag, figure = target_tag(view.judgement), escape(target_of(view.judgement))
    if tag is None:
        return figure
    state = view.judgement.target_state
    sign = f'<span aria-hidden="true">{_TAGS[state]}</span> ' if state in _TAGS else ""
    return f'{figure} <span class="tag tag-{state}">{sign}{escape(tag)}</span>'


def _assurance(view: MeasureView, look: Look) -> str:
    icon = assurance_icon(view.judgement.assurance, look)
    if icon is None:
        return '<span aria-hidden="true">–</span><b>no judgement</b>'
    return f'<img src="{icon}" alt="">{assurance_words(view.judgement)}'
