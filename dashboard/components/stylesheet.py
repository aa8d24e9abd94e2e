"""The stylesheet of the Measure and Cases pages."""

from pathlib import Path
from typing import Final

import streamlit as st

_STYLE: Final = Path(__file__).with_name("measure.css")


def draw_stylesheet() -> None:
    """Put the stylesheet on the page."""
    st.html(_STYLE)
