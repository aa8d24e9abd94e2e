"""The page of one child's path: what the Cases page shows where the address names a child."""

from html import escape

import streamlit as st

from dashboard.cache import measures
from dashboard.cache.childs_path import childs_path
from dashboard.cache.page_run import PageRun
from dashboard.components.cases.child_path import NO_PATH, draw_child_path
from dashboard.components.layout.links import page_link
from dashboard.components.layout.messages import show_empty
from dashboard.components.layout.stylesheet import draw_stylesheet
from dashboard.readings.cases import may_list_rows
from dashboard.words.freshness import freshness_line


def draw_child_page(run: PageRun, child: str) -> None:
    """Draw the path of the child that the address names, and the way back to the list from which it was opened.

    Raise NotAllowedProblem or QueryProblem for a child of whom the reader may see no case.
    """
    freshness = measures.freshness(run)
    if freshness.data_to is None:
        show_empty()
        return
    draw_stylesheet()
    if not may_list_rows(run.actor):
        st.html(f"<h1>One child's path</h1><p>{NO_PATH}</p>")
        return
    path = childs_path(run, child)
    with st.container(key="heading"):
        st.html(f'<h1>The path of child <span class="reference">{escape(path.child)}</span></h1>')
    st.html(f'<p class="freshness">{escape(freshness_line(freshness))}</p>')
    if "measure" in st.query_params:
        back = {name: value for name, value in st.query_params.to_dict().items() if name != "child"}
        page_link("cases", "Back to the list", **back)
    draw_child_path(path, measures.team_names(run))
