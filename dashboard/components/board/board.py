"""The board: a row a measure, with its number, its picture, its judgement and its sentence, as blocks of HTML."""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Final

import streamlit as st

from dashboard.cache import measures
from dashboard.cache.page_run import PageRun
from dashboard.cache.results import kept_results
from dashboard.charts.theme import Look
from dashboard.components.board.row import Place, row_html
from dashboard.components.layout.filters import Choice
from dashboard.readings.cases import why_not_listed
from dashboard.readings.measure_views import MeasureView
from dashboard.words.partner import told_with_partner
from dashboard.words.phrases import KEY
from data_access.measures.definition import Strand

HEADINGS: Final = ("Measure", "Latest", "Period", "Year", "Last 26 periods", "Change", "Target", "Can it be met?")
_KEPT: Final = 256
"""How many boards are kept: weeks, teams and looks that readers look at between two loads."""
HEAD_HTML: Final = (
    f'<div class="board-head" aria-hidden="true"><span>{HEADINGS[0]}</span>'
    f"<div>{''.join(f'<span>{title}</span>' for title in HEADINGS[1:])}</div></div>"
)
"""What the columns of rows are called."""
KEY_HTML: Final = f'<p class="board-key">{KEY}</p>'
"""What the signs in rows mean."""


def every_view(run: PageRun, choice: Choice) -> Mapping[str, MeasureView]:
    """Return every measure by its id, in reading order, for the team and week chosen."""
    views = measures.every_measure(run, team=choice.team, up_to=choice.up_to)
    return {view.definition.id: view for view in views}


def views_shown(every: Mapping[str, MeasureView], strand: Strand | None) -> Sequence[MeasureView]:
    """Return the measures of a board in reading order: those of a strand, or the headline measures of all."""
    if strand is None:
        return [view for view in every.values() if view.definition.headline]
    return [view for view in every.values() if view.definition.strand is strand]


@kept_results(_KEPT)
def board_rows(run: PageRun, strand: Strand | None, look: Look, choice: Choice) -> Mapping[str, str]:
    """Return row_html of every measure of a board by its id, for the team and week chosen."""
    every, place = every_view(run, choice), Place(choice.team, choice.week, look)
    return {
        view.definition.id: row_html(
            view,
            place,
            told=told_with_partner(view, every),
            lists_cases=why_not_listed(run.actor, view.definition.id) is None,
        )
        for view in views_shown(every, strand)
    }


def draw_rows(blocks: Sequence[str]) -> None:
    """Draw blocks of rows under the headings of their columns, and above what the signs mean."""
    with st.container(key="board", gap=None):
        st.html(HEAD_HTML)
        for block in blocks:
            st.html(block)
        st.html(KEY_HTML)


def draw_board(views: Sequence[MeasureView], rows: Mapping[str, str]) -> None:
    """Draw the rows of some measures, in their order, under the names of their strands; `rows` are `board_rows`."""
    draw_rows(
        [
            f"{strand_heading(strand)}{''.join(rows[view.definition.id] for view in of_strand)}"
            for strand, of_strand in groupby(views, key=lambda view: view.definition.strand)
        ]
    )


def strand_heading(strand: Strand) -> str:
    """Return the heading of a strand among others, as HTML."""
    return f'<h2 class="strand"><span aria-hidden="true">{strand[0]}</span>{escape(strand)}</h2>'
