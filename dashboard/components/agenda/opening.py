"""The meeting may open with one child's path: drawn at random from a seed that is told, or chosen by reference."""

from datetime import date
from html import escape
from typing import Final

import streamlit as st

from dashboard.cache import measures
from dashboard.cache.childs_path import childs_path, drawn_child
from dashboard.cache.page_run import PageRun
from dashboard.components.cases.child_path import NO_PATH, draw_child_path
from dashboard.components.cases.sampling import next_seed
from dashboard.components.layout.links import Parameter, page_link
from dashboard.readings.cases import may_list_rows
from dashboard.words.childs_path import drawn_words
from data_access.problems import QueryProblem

_PAGE: Final = "smt_agenda"
_SEED: Final = "seed"
"""The name of the seed that draws a child, in the address."""
_CHILD: Final = "child"
"""The name of the child that was chosen, in the address."""
_BOX: Final = "child_to_open_with"


def draw_opening(run: PageRun, week: date) -> None:
    """Draw the opening of the meeting about a week: the child's path that the address asks for, and ways to ask."""
    st.html('<h2 class="part">Open with one child\'s path</h2>')
    if not may_list_rows(run.actor):
        st.html(f"<p>{NO_PATH}</p>")
        return
    seed, chosen = st.query_params.get(_SEED), st.query_params.get(_CHILD)
    child, told = chosen, ""
    if seed and not chosen:
        drawn = drawn_child(run, week, seed)
        child, told = drawn.child, drawn_words(drawn)
    _draw_ways(run, week, seed, child)
    if told:
        st.html(f'<p class="freshness">{escape(told)}</p>')
    if child:
        _draw_path(run, child)


def _draw_ways(run: PageRun, week: date, seed: str | None, child: str | None) -> None:
    """Draw the links that draw a child, or another, or none, and the box for the reference of one."""
    of_week = None if week == measures.freshness(run).latest_week else week
    with st.container(key="opening", horizontal=True, gap="medium", vertical_alignment="center"):
        if seed:
            _link("Draw another child", of_week, next_seed(seed))
        else:
            _link("Draw a child at random", of_week, str(week))
        if child:
            _link("Close the path", of_week, None)
        box = f"{_BOX}_{child or ''}"
        st.text_input(
            "Or the reference of a child",
            key=box,
            on_change=_write_address,
            args=(box,),
            placeholder="Or the reference of a child",
            label_visibility="collapsed",
            width=240,
        )


def _link(label: str, week: date | None, seed: str | None) -> None:
    parameters: dict[str, Parameter] = {"week": week, _SEED: seed}
    page_link(_PAGE, label, **parameters)


def _write_address(box: str) -> None:
    reference = st.session_state[box].strip()
    if reference:
        st.query_params[_CHILD] = reference
        st.query_params.pop(_SEED, None)


def _draw_path(run: PageRun, reference: str) -> None:
    try:
        path = childs_path(run, reference)
    except QueryProblem as problem:
        st.html(f"<p>{escape(str(problem))}</p>")
        return
    st.html(f'<p class="lead">Child {escape(path.child)}</p>')
    draw_child_path(path, measures.team_names(run), heading="h3")
