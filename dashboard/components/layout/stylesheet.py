"""The stylesheet of pages with tables and charts: Measure, Cases."""

from pathlib import Path
from typing import Final

import streamlit as st

_FOLDER: Final = Path(__file__).parent
_CARDS_UP_TO: Final = {".scrolling": "664px", ".scrolling.broad": "960px"}
"""The width of its place up to which a table is drawn as cards; a broad one needs more."""


def _stylesheet() -> str:
    style, cards = ((_FOLDER / name).read_text(encoding="utf-8") for name in ("tables.css", "cards.css"))
    narrow = [f"@container (max-width: {width}) {{ {which} {{ {cards} }} }}" for which, width in _CARDS_UP_TO.items()]
    return f"<style>{style}{''.join(narrow)}</style>"


_STYLE: Final = _stylesheet()


def draw_stylesheet() -> None:
    """Put the stylesheet on the page."""
    st.html(_STYLE)
