"""Many decisions from a CSV file, on the page: all rows are taken, or none, and each that can't be is told."""

import tempfile
from html import escape
from pathlib import Path, PurePath
from typing import Final

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.access import current_actor
from dashboard.cache.database import current_version
from dashboard.components.decisions.taking import WAITS, told_done
from dashboard.components.layout.downloads import draw_download
from dashboard.exports.safe_cells import csv_bytes
from dashboard.words.loads import counted
from data_access.decisions.from_file import COLUMNS, decide_from_file
from data_access.problems import Problem

_KEY: Final = "decisions_file"
_REFUSED: Final = "decisions_file_refused"


def draw_from_file() -> None:
    """Draw what takes a file, its template, and why the last was not taken."""
    st.html(
        "<p>A row is a new decision: its column decision says which kind (target, event, rebase, left_out_period, "
        "action, action_update, commentary, meeting_decision), reason why. All rows are taken, or none.</p>"
    )
    draw_download("Template", "decisions.csv", lambda: csv_bytes(COLUMNS, []), key="decisions_template")
    file = st.file_uploader("A CSV file of decisions", type="csv", key=_KEY)
    refused: tuple[str, str] | None = st.session_state.get(_REFUSED)
    if file is None:
        return
    st.button("Take all of them", key="decisions_file_take", type="primary", on_click=_take, args=(file,))
    if refused is not None and refused[0] == file.file_id:
        st.html(f'<div class="problem" role="alert"><h3>Not kept</h3><p>{escape(refused[1])}</p></div>')


def _take(file: UploadedFile) -> None:
    with tempfile.TemporaryDirectory(prefix="safe-decisions-") as folder:
        written = Path(folder) / (PurePath(file.name).name or "decisions.csv")
        written.write_bytes(file.getvalue())
        try:
            taken = decide_from_file(current_actor(), current_version().engine, written, turn=WAITS)
        except Problem as problem:
            st.session_state[_REFUSED] = (file.file_id, str(problem))
        else:
            told_done(f"{counted(len(taken), 'decision')} of {file.name} kept.")
