"""The frame around every page: the stylesheet, the scripts of its links and of following the data, the menu."""

from itertools import groupby
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.components.layout.links import page_link, remember_page
from dashboard.navigation import PAGES

_STYLE: Final = f"<style>{Path(__file__).with_name('style.css').read_text(encoding='utf-8')}</style>"
ASSETS: Final = "/assets"
"""Where the server keeps what the frame asks of it besides Streamlit's own."""
_SCRIPTS: Final = "".join(
    f'<script type="module" src="{ASSETS}/{name}.js"></script>' for name in ("links", "follow", "drafts", "presenter")
)
"""Modules: the browser runs each once, however often a page is drawn."""
_KEPT: Final = ("team", "week")
"""What a reader has chosen stays chosen on the next page."""


def draw_frame(current: str) -> None:
    """Draw what stands around every page; `current` is the path of the page shown, empty for the front page.

    Streamlit's own menu breaks a rule of accessibility as soon as it has headings; links under headings do not.
    """
    remember_page(current)
    st.html(_STYLE)
    kept = {name: st.query_params.get(name) for name in _KEPT}
    with st.sidebar, st.container(key="menu", gap=None):
        st.html(_SCRIPTS, unsafe_allow_javascript=True)
        st.html('<p class="brand">SAFE</p><p class="brand-of">Children’s services performance</p>')
        for section, pages in groupby(PAGES, key=lambda page: page.section):
            if section is not None:
                st.html(f'<h2 class="menu-heading">{section}</h2>')
            for page in pages:
                is_current = page.name == (current or PAGES[0].name)
                with st.container(key=f"menu_{'current' if is_current else page.name}", gap=None):
                    page_link(page.name, page.title, **kept)
