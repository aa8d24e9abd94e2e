"""An open page follows the data: a change is noticed within seconds and shown without a click."""

from typing import Final

import streamlit as st

from dashboard.cache.database import Version, current_version
from data_access.problems import Problem

EVERY_SECONDS: Final = 2


def _now() -> Version | None:
    """Return the state of the data as it is now; None where it can't be read."""
    try:
        return current_version()
    except Problem:
        return None


@st.fragment(run_every=EVERY_SECONDS)
def follow(shown: Version | None) -> None:
    """Run the page again as soon as the data are others than those shown; its address, and so its state, stays."""
    if _now() != shown:
        st.rerun()
