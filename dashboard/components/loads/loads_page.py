"""The Loads and quality page: how fresh the data are, what came, how well the rules are kept, and loading itself."""

from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.cache import loads, measures
from dashboard.cache.page_run import PageRun, page_run
from dashboard.components.layout.address import chosen_of
from dashboard.components.layout.filters import chosen
from dashboard.components.layout.stylesheet import draw_stylesheet
from dashboard.components.loads.latest_loads import draw_what_came
from dashboard.components.loads.quality import draw_quality
from dashboard.components.loads.rows_in_doubt import draw_doubts
from dashboard.components.loads.upload import draw_upload
from dashboard.readings.freshness import Freshness
from dashboard.words.freshness import day_and_time, freshness_line
from dashboard.words.loads import named
from data_access.actor import Action

_STYLE: Final = Path(__file__).with_name("loads.css")
PARTS: Final = ("top", "came", "doubts", "quality")
"""What a link from another page asks to stand first."""


def draw_loads_page() -> None:
    """Draw the page from the data as they are now down to the rows to correct; what the address asks for first."""
    run = page_run()
    choice, freshness = chosen(run), measures.freshness(run)
    part = chosen_of("part", PARTS, PARTS[0], "part of this page")
    draw_stylesheet()
    st.html(_STYLE)
    with st.container(key="heading"):
        st.html("<h1>Loads and quality</h1>")
    st.html(_freshness(run, freshness))
    sections = {
        "top": lambda: draw_upload() if run.actor.may(Action.LOAD_FILES) else None,
        "came": lambda: draw_what_came(run),
        "doubts": lambda: draw_doubts(run, choice.team),
        "quality": lambda: draw_quality(run, choice.team),
    }
    is_empty = freshness.loaded_at is None
    for name in sorted(sections, key=lambda name: name != part):
        if name == "top" or not is_empty:
            sections[name]()


def _freshness(run: PageRun, freshness: Freshness) -> str:
    latest = loads.latest_loads(run)
    by = f" by {latest[0]['loaded_by']}" if latest else ""
    lines = [f"{freshness_line(freshness)}{f' · latest load{by}' if by else ''}"]
    if freshness.affected:
        lines.append(f"Of their rows more than one in a hundred was refused: {named(freshness.affected)}.")
    if freshness.behind_to is not None and len(freshness.behind) > 1:
        lines.append(f"Known only to {day_and_time(freshness.behind_to)}: {named(freshness.behind)}.")
    if not latest:
        lines = ["Nothing is loaded yet. Give the first files below, or use the command safe-dashboard load."]
    return "".join(f'<p class="freshness">{escape(line)}</p>' for line in lines)
