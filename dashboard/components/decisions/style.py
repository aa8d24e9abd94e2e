"""The style of what was decided and of the forms that decide, wherever they stand."""

from pathlib import Path
from typing import Final

import streamlit as st

_STYLE: Final = Path(__file__).with_name("decisions.css")


def draw_decisions_style() -> None:
    """Put the style on the page."""
    st.html(_STYLE)
