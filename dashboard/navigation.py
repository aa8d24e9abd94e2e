"""The registry of pages: file, title and section, in the order of the menu. Only what exists stands here."""

from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.navigation.page import Page as StreamlitPage

PAGES_FOLDER: Final = Path(__file__).resolve().parents[1] / "pages"

STRANDS: Final = "Strands"
PROGRAMME: Final = "Programme"
LOOK_CLOSER: Final = "Look closer"
DATA: Final = "Data"


@dataclass(frozen=True)
class Page:
    """A page: `name` is its file in `pages` and its path in the URL, `section` its heading in the menu."""

    name: str
    title: str
    section: str | None = None

    def registered(self, *, front: bool = False) -> StreamlitPage:
        """Return the page as Streamlit knows it; `front` gives it the address without a path instead.

        Every link to the page shares it: making one looks the file up on the disk, folder by folder.
        """
        return _registered(self, front)


@cache
def _registered(page: Page, front: bool) -> StreamlitPage:
    path = "front" if front else page.name
    return st.Page(PAGES_FOLDER / f"{page.name}.py", title=page.title, url_path=path, default=front)


PAGES: Final = (
    Page("this_week", "This week"),
    Page("systems", "Systems", STRANDS),
    Page("accountability", "Accountability", STRANDS),
    Page("family_focus", "Family focus", STRANDS),
    Page("effective_actions", "Effective actions", STRANDS),
    Page("smt_agenda", "SMT agenda", PROGRAMME),
    Page("action_plan", "Action plan", PROGRAMME),
    Page("packs", "Packs", PROGRAMME),
    Page("audits", "Audits", PROGRAMME),
    Page("inspection_evidence", "Inspection evidence", PROGRAMME),
    Page("signed_weeks", "Signed weeks", PROGRAMME),
    Page("measure", "Measures", LOOK_CLOSER),
    Page("cases", "Cases", LOOK_CLOSER),
    Page("team", "Team", LOOK_CLOSER),
    Page("loads_and_quality", "Loads and quality", DATA),
    Page("definitions", "Definitions", DATA),
)
"""Every page; the first is the front page."""


def registered_pages() -> list[StreamlitPage]:
    """Return every page as Streamlit knows it, the front page twice, for one run of the app.

    A link to a page without a path would lead to the page it stands on as soon as it is opened in a new tab.
    """
    known = [PAGES[0].registered(front=True), *(page.registered() for page in PAGES)]
    # copies, since Streamlit notes in the page that it shows whether this run has run it
    return [copy(page) for page in known]


def page_named(name: str) -> Page:
    """Return the page of this name; raise KeyError where there is none."""
    return {page.name: page for page in PAGES}[name]
