"""The evidence as one pack: a button for each format, made when it is pressed."""

from datetime import date
from functools import partial
from typing import Final

import streamlit as st

from dashboard.cache.page_run import PageRun
from dashboard.packs.formats import FORMATS, file_name

_OFFERED: Final = ("pdf", "docx", "xlsx")
_WHOLE: Final = "All of it as one pack, with charts, teams, actions and audits:"


def draw_downloads(run: PageRun, week: date, team: str | None) -> None:
    """Draw the downloads of the evidence as of a week, by its Monday, of a team or the whole service."""
    with st.container(key="evidence_pack", horizontal=True, gap="small", vertical_alignment="center"):
        st.html(f"<p>{_WHOLE}</p>", width="content")
        for ending in _OFFERED:
            title, media_type = FORMATS[ending]
            st.download_button(
                title,
                partial(_made, run, week, team, ending),
                file_name("evidence", week, team, ending),
                media_type,
                key=f"evidence_{ending}",
                on_click="ignore",
                icon=":material/download:",
            )


def _made(run: PageRun, week: date, team: str | None, ending: str) -> bytes:
    """Return the file of a format; made in the reader's name of the data as they are now."""
    from dashboard.packs.evidence.content import evidence_pack  # noqa: PLC0415 - the page itself draws no chart
    from dashboard.packs.evidence.writers import EVIDENCE_WRITERS  # noqa: PLC0415

    with run.renewed().reading() as reading:
        pack = evidence_pack(reading, week=week, team=team)
    return EVIDENCE_WRITERS[ending](pack)
