"""The page of packs: the meetings, and the pack of the one that is chosen in every format, made when asked for."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.cache import measures
from dashboard.cache.page_run import PageRun, page_run
from dashboard.components.layout.address import chosen_of
from dashboard.components.layout.filters import Choice, chosen
from dashboard.components.layout.heading import draw_heading
from dashboard.components.layout.links import html_link
from dashboard.components.layout.messages import show_empty
from dashboard.components.packs.download import draw_pack_download
from dashboard.exports.public_export import check_may_publish
from dashboard.packs.formats import FORMATS
from dashboard.packs.meetings import Detail, Meeting, meetings
from dashboard.readings.freshness import Freshness
from dashboard.settings import current_settings
from data_access.actor import NotAllowedProblem

_STYLE: Final = Path(__file__).with_name("packs.css")
_LEAD: Final = (
    "What a meeting reads of a week, in the words of the pages: what needs attention, what was decided before, "
    "figures that stand otherwise than reported, actions due, then its measures. Choose a meeting and a week; a pack "
    "takes a few seconds to make. It is for use inside the service, unless it is public."
)
_PUBLISHES: Final = (
    "Making this pack publishes it. It tells the months or quarters that had ended and the year to date, with small "
    "numbers hidden, and lines of the action plan. Its figures are written to the register of what was published, "
    "and nothing takes that back: later publications hide what would give a small number away together with them."
)
_FOR: Final = {
    "pdf": "to read, print and file",
    "docx": "to edit",
    "pptx": "for the screen in the room",
    "xlsx": "every figure, to work with",
}


def draw_packs_page() -> None:
    """Draw the meetings, and the downloads of the one that the address names: the first by default."""
    run = page_run()
    freshness = measures.freshness(run)
    if freshness.data_to is None:
        show_empty()
        return
    known = meetings(current_settings().meetings)
    meeting = known[chosen_of("meeting", tuple(known), next(iter(known)), "meeting")]
    choice = chosen(run)
    names = measures.team_names(run)
    st.html(_STYLE)
    with st.container(key="sheet", gap=None):
        draw_heading("packs", "Packs", choice, freshness, names if meeting.of_team else None, meeting=meeting.id)
        st.html(f'<p class="lead">{_LEAD}</p>')
        with st.container(key="packs", gap="medium"):
            st.html(_listed(known, meeting, choice))
            with st.container(key="pack", gap=None):
                _draw_pack(run, meeting, choice, freshness, names)


def _listed(known: Mapping[str, Meeting], shown: Meeting, choice: Choice) -> str:
    """Return the list of meetings as HTML, each a link to its pack for the week chosen; the one shown is marked."""
    items = []
    for meeting in known.values():
        team = choice.team if meeting.of_team else None
        link = html_link("packs", meeting.name, meeting=meeting.id, week=choice.week, team=team)
        name = f'<strong aria-current="true">{escape(meeting.name)}</strong>' if meeting == shown else link
        told = escape(f"{meeting.rhythm.capitalize()}: {meeting.reads}")
        items.append(f"<li>{name}<br><small>{told}</small></li>")
    return f'<h2 class="part">Meetings</h2><ul class="meetings">{"".join(items)}</ul>'


def _draw_pack(
    run: PageRun, meeting: Meeting, choice: Choice, freshness: Freshness, names: Mapping[str, str]
) -> None:
    team = choice.team if meeting.of_team else None
    st.html(f'<h2 class="part">{escape(meeting.name)}</h2>')
    if not meeting.readers & run.actor.roles:
        st.html(f"<p>Its pack is for the {escape(', '.join(sorted(meeting.readers)))}.</p>")
        return
    if meeting.of_team and team is None:
        links = [
            html_link("packs", name, meeting=meeting.id, week=choice.week, team=key) for key, name in names.items()
        ]
        st.html(f"<p>Its pack is of a team. Choose one:</p><ul><li>{'</li><li>'.join(links)}</li></ul>")
        return
    if freshness.latest_week is None:
        st.html("<p>No whole week is covered yet.</p>")
        return
    if meeting.detail is Detail.PUBLIC:
        try:
            check_may_publish(run.actor)
        except NotAllowedProblem as problem:
            st.html(f"<p>{escape(str(problem))}</p>")
            return
        st.html(f'<p class="publishes">{_PUBLISHES}</p>')
    for ending in FORMATS:
        with st.container(key=f"format_{ending}", horizontal=True, gap="small", vertical_alignment="center"):
            draw_pack_download(run, meeting, choice, freshness, ending)
            st.html(f"<p>{_FOR[ending]}</p>")
