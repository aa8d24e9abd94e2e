"""A button that makes a pack and hands it over: in the reader's name, of the data as they are when it is pressed."""

from datetime import timedelta
from functools import partial

import streamlit as st

from dashboard.cache.page_run import PageRun
from dashboard.components.decisions.taking import WAITS
from dashboard.components.layout.filters import Choice
from dashboard.packs.formats import FORMATS, file_name
from dashboard.packs.meetings import Meeting
from dashboard.readings.freshness import Freshness


def draw_pack_download(
    run: PageRun, meeting: Meeting, choice: Choice, freshness: Freshness, ending: str, *, label: str | None = None
) -> None:
    """Draw the button for the pack of a meeting about the week chosen, in one format, which is its usual label.

    The reader is among those who may make it, a week is covered, and a team is chosen where the pack is of one.
    """
    week, team = choice.week or freshness.latest_week, choice.team if meeting.of_team else None
    if week is None:
        return
    title, media_type = FORMATS[ending]
    st.download_button(
        label or title,
        partial(_made, run, meeting, choice, team, ending),
        file_name(meeting.id, week, team, ending),
        media_type,
        key=f"download_{meeting.id}_{ending}",
        on_click="ignore",
        icon=":material/download:",
        type="secondary" if label is None else "tertiary",
    )


def _made(run: PageRun, meeting: Meeting, choice: Choice, team: str | None, ending: str) -> bytes:
    from dashboard.packs.making import made_pack  # noqa: PLC0415 - the page itself draws no chart
    from dashboard.packs.writers import WRITERS  # noqa: PLC0415

    on = None if choice.week is None else choice.week + timedelta(weeks=1)
    engine = run.renewed().version.engine
    return WRITERS[ending](made_pack(engine, run.actor, meeting, on=on, team=team, turn=WAITS))
