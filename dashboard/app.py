"""The script that Streamlit runs for every reader: the frame, the menu, the page; nothing else."""

import streamlit as st

from dashboard.cache.page_run import begin_page_run
from dashboard.components.layout.frame import draw_frame
from dashboard.components.layout.live import follow
from dashboard.components.layout.messages import show_problem
from dashboard.navigation import registered_pages
from dashboard.readings.reading import MovedOnProblem
from data_access.problems import Problem

page = st.navigation(registered_pages(), position="hidden")
st.set_page_config(page_title=f"{page.title} · SAFE", layout="wide")
# A link to another view of the same page changes what is shown but not the address; telling the browser does.
st.query_params.update({})
draw_frame(page.url_path)
shown = None
try:
    shown = begin_page_run().version
    page.run()
except MovedOnProblem:
    st.rerun()
except Problem as problem:
    show_problem(problem)
follow(shown, page.url_path)
