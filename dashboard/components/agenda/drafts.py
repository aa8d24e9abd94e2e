"""Drafts: what is typed on the agenda stays in the browser until it is kept, whatever happens to page and connection.

`assets/drafts.js` remembers the text of every field whose key begins with "draft_" for as long as its tab is open,
and puts it back where the field comes again without it.
"""

from html import escape
from typing import Final

import streamlit as st

from dashboard.components.decisions.taking import told_done

_ROUNDS: Final = "draft_rounds"
_KEPT: Final = "draft_kept"


def draft_key(form: str, subject: str) -> str:
    """Return the key of a form's fields: another once what they held was kept, so that a new form begins empty."""
    return f"draft_{form}_{subject}_r{round_of(form, subject)}"


def round_of(form: str, subject: str) -> int:
    """Return how often what a form held was kept in this session."""
    rounds: dict[tuple[str, str], int] = st.session_state.get(_ROUNDS, {})
    return rounds.get((form, subject), 0)


def done(form: str, subject: str, said: str) -> None:
    """Remember that what a form held was kept, to be told once; its draft is forgotten."""
    st.session_state[_KEPT] = draft_key(form, subject)
    rounds: dict[tuple[str, str], int] = st.session_state.setdefault(_ROUNDS, {})
    rounds[form, subject] = round_of(form, subject) + 1
    told_done(said)


def draw_kept() -> None:
    """Tell the browser which draft it may forget; nothing where none was kept."""
    if (key := st.session_state.pop(_KEPT, None)) is not None:
        st.html(f'<span data-kept="{escape(key)}"></span>')
