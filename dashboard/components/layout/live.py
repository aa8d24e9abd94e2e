"""An open page follows the data: a change is noticed within seconds and shown without a click."""

import streamlit as st

from dashboard.cache.database import Version, version_or_none


@st.fragment
def follow(shown: Version | None) -> None:
    """Run the page again where the data are others than those shown; its address, and so its state, stays.

    The button is hidden; the browser presses it when the server tells of a change (`dashboard.change_feed`).
    """
    st.button("Follow the data", key="follow")
    if version_or_none() != shown:
        st.rerun()
