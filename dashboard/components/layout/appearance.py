"""The look that the reader has chosen: light or dark."""

import streamlit as st

from dashboard.charts.theme import LOOKS, Look


def current_look() -> Look:
    """Return the colours for the reader's theme; light until the browser has told."""
    return LOOKS.get(st.context.theme.type or "light", LOOKS["light"])
