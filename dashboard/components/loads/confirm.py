"""What a reader has to confirm before files are loaded: why it asks, and a box to tick that names the number."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard.components.layout.links import plain
from dashboard.words.loads import title_of
from data_access.loading import Confirmation, Doubtful


def draw_confirmations(asked: Sequence[Confirmation]) -> bool:
    """Draw what has to be confirmed, a box each; return whether all of them are ticked."""
    if not asked:
        return True
    with st.container(key="confirm", gap="small"):
        st.html("<h4>To be confirmed before it is loaded</h4>")
        # each is drawn, whether those before it are ticked or not
        ticked = [_draw(confirmation) for confirmation in asked]
    return all(ticked)


def _draw(confirmation: Confirmation) -> bool:
    st.html(f"<p>{escape(confirmation.why)}</p>")
    return st.checkbox(plain(box_label(confirmation)), key=f"confirm_{confirmation.mark}")


def box_label(confirmation: Confirmation) -> str:
    """Return the words of a box: what happens when it is ticked, with how many rows of how many."""
    title = title_of(confirmation.extract)
    if confirmation.kind is Doubtful.WITHDRAWALS:
        of_all = (
            f"all {confirmation.rows:,}"
            if confirmation.rows == confirmation.of
            else f"{confirmation.rows:,} of the {confirmation.of:,}"
        )
        return f"Withdraw {of_all} rows of {title} that stand: they were entered by mistake"
    return f"Load {title} without {confirmation.rows:,} of its {confirmation.of:,} rows, which can't be used"
