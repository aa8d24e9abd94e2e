"""An open page follows the data: a change is noticed within seconds and shown without a click."""

import streamlit as st

from dashboard.cache.database import Version, mark_of


def follow(shown: Version | None, page: str) -> None:
    """Draw the button that runs the page again where the data are others than those `shown`; its address stays.

    It is hidden and bears the mark of what is shown and the path of its page ("front" where it has none). The browser
    presses it when the server tells of another mark (`dashboard.change_feed`, `assets/follow.js`).
    """
    st.button("Follow the data", key=f"follow_{mark_of(shown)}_{page or 'front'}")
