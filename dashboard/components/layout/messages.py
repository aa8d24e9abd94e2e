"""What readers see where something is wrong: a plain message and a way back, never a trace."""

import logging

import streamlit as st

from dashboard.components.layout.links import page_link, plain
from data_access.actor import NotAllowedProblem
from data_access.problems import DatabaseProblem, Problem, QueryProblem

_LOG = logging.getLogger(__name__)


def show_problem(problem: Problem) -> None:
    """Tell the reader what is wrong and how to go on; the page recovers by itself where the database comes back."""
    if isinstance(problem, QueryProblem):
        st.header("Not found", anchor=False)
        st.markdown(plain(str(problem)))
        page_link("this_week", "Back to This week")
        return
    if isinstance(problem, NotAllowedProblem):
        st.header("Not allowed", anchor=False)
        st.markdown(plain(str(problem)))
        page_link("this_week", "Back to This week")
        return
    st.header("No data to show", anchor=False)
    st.markdown(plain(str(problem)))
    if isinstance(problem, DatabaseProblem):
        st.markdown("This page shows the figures by itself as soon as the database can be read.")


def show_failure(error: Exception) -> bool:
    """Note a failure of our own for those who run the server, and tell the reader no more than that there is one.

    Returns True: nothing else is to be shown.
    """
    _LOG.error("A page failed", exc_info=error)
    st.header("Something went wrong", anchor=False)
    st.markdown("This page could not be shown. The failure has been noted on the server.")
    page_link("this_week", "Back to This week")
    return True


def show_empty() -> None:
    """Tell the reader that nothing has been loaded yet, and how to load."""
    st.header("Nothing is loaded yet", anchor=False)
    st.markdown(
        "Load the extracts with `safe-dashboard load FOLDER`, or make a sample council with `safe-dashboard sample`. "
        "This page shows the figures by itself as soon as they are there."
    )
    page_link("loads_and_quality", "Load files in the browser")
