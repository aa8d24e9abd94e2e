"""The meeting may open with one child's path: drawn at random from a seed that is told, or chosen by reference."""

from html import escape
from typing import Final

import streamlit as st

from dashboard.cache import measures
from dashboard.cache.childs_path import childs_path, drawn_child
from dashboard.cache.page_run import PageRun
from dashboard.components.agenda.part import Agenda
from dashboard.components.agenda.shown import CHILD, SEED, agenda_link
from dashboard.components.cases.child_path import NO_PATH, draw_child_path
from dashboard.components.cases.sampling import next_seed
from dashboard.readings.cases import may_list_rows
from dashboard.words.childs_path import drawn_words
from data_access.problems import QueryProblem

_BOX: Final = "child_to_open_with"


def draw_opening(agenda: Agenda) -> None:
    """Draw the child's path that the address asks for, and ways to ask for another."""
    if not may_list_rows(agenda.run.actor):
        st.html(f"<p>{NO_PATH}</p>")
        return
    seed, chosen = st.query_params.get(SEED), st.query_params.get(CHILD)
    child, told = chosen, ""
    if seed and not chosen:
        drawn = drawn_child(agenda.run, agenda.week, seed)
        child, told = drawn.child, drawn_words(drawn)
    _draw_ways(agenda, seed, child)
    if told:
        st.html(f'<p class="freshness">{escape(told)}</p>')
    if child:
        _draw_path(agenda.run, child)


def _draw_ways(agenda: Agenda, seed: str | None, child: str | None) -> None:
    """Draw the links that draw a child, or another, or none, and the box for the reference of one."""
    label, next_drawn = (
        ("Draw another child", next_seed(seed)) if seed else ("Draw a child at random", str(agenda.week))
    )
    with st.container(key="opening", horizontal=True, gap="medium", vertical_alignment="center"):
        st.html(agenda_link(agenda, label, **{SEED: next_drawn, CHILD: None}), width="content")
        if child:
            st.html(agenda_link(agenda, "Close the path", **{SEED: None, CHILD: None}), width="content")
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


def _write_address(box: str) -> None:
    reference = st.session_state[box].strip()
    if reference:
        st.query_params[CHILD] = reference
        st.query_params.pop(SEED, None)


def _draw_path(run: PageRun, reference: str) -> None:
    try:
        path = childs_path(run, reference)
    except QueryProblem as problem:
        st.html(f"<p>{escape(str(problem))}</p>")
        return
    st.html(f'<p class="lead">Child {escape(path.child)}</p>')
    draw_child_path(path, measures.team_names(run), heading="h3")
