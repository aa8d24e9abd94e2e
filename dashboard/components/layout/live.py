"""An open page follows the data: a change is noticed within seconds and shown without a click."""

import streamlit as st

from dashboard.cache.database import Version, version_or_none


@st.fragment
def follow(shown: Version | None, page: str) -> None:
    """Run the page again where the data are others than those shown; its address, and so its state, stays.

    The button is hidden and bears the path of its page ("front" where it has none); the browser presses it when the
    server tells of a change (`dashboard.change_feed`).
    """
    st.button("Follow the data", key=f"follow_{page or 'front'}")
    if version_or_none() != shown:
        st.rerun()
