"""An open page follows the data: a change is noticed within seconds and shown without a click."""

from typing import Final

import streamlit as st

from dashboard.readings import measure_views as reading
from data_access.problems import Problem

EVERY_SECONDS: Final = 2


def seen() -> reading.Version | None:
    """Return the state of the data that a page is about to show; None where it can't be read."""
    try:
        return reading.version()
    except Problem:
        return None


@st.fragment(run_every=EVERY_SECONDS)
def follow(shown: reading.Version | None) -> None:
    """Run the page again as soon as the data are others than those shown; its address, and so its state, stays."""
    if seen() != shown:
        st.rerun()
