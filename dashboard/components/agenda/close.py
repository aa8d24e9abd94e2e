"""The close of the meeting: who attended, what was not reached, and the button that signs the week off."""

from datetime import date
from html import escape
from typing import Final

import streamlit as st

from dashboard.access import current_actor
from dashboard.cache import agenda as kept
from dashboard.cache.database import current_version
from dashboard.components.agenda.drafts import DraftFields, done, draft_key
from dashboard.components.agenda.part import Agenda
from dashboard.components.decisions.taking import WAITS, outcome_of, refused, refused_html
from dashboard.readings.sign_off import Closed, sign_week_off
from dashboard.words.agenda import week_words
from data_access.actor import NotAllowedProblem
from data_access.problems import Problem
from data_access.signed_weeks import InvalidSignOffProblem, StaleSignOffProblem, check_right

_FORM: Final = "close"
_ABOUT: Final = (
    "Signing off keeps the figures, sentences, limits, targets and cases of every measure as they stand now, and "
    "which expected effects came true. Nothing changes them later; what stands otherwise then is told beside them."
)


def draw_close(agenda: Agenda) -> None:
    """Draw the close of the meeting; whoever may not sign off reads who may.

    The tick is no part of the draft: after a refresh it would be about figures that nobody has looked at.
    """
    week, signed = agenda.week, agenda.signed
    try:
        check_right(agenda.run.actor)
    except NotAllowedProblem as problem:
        st.html(f"<p>{escape(str(problem))}</p>")
        return
    st.html(f"<p>{_ABOUT}</p>")
    key = draft_key(_FORM, str(week))
    seen = st.session_state.setdefault(f"{key}_seen", 0 if signed is None else signed.revision)
    outcome = outcome_of(key)
    if outcome is not None:
        st.html(refused_html(outcome, ("week",)))
    with st.form(f"{key}_form"):
        closing = {} if signed is None else vars(signed.closing)
        fields = DraftFields(key, closing, outcome.faults if outcome else ())
        fields.text("Who attended, by role", "attendance")
        fields.text("Items not reached", "not_reached")
        if seen:
            fields.text("Why the week is signed off again", "reason")
        st.checkbox("These are the figures that the meeting saw", key=f"{key}_confirmed")
        st.form_submit_button(
            f"Sign {week_words(week)} off{' again' if seen else ''}",
            key=f"{key}_sign",
            type="primary",
            on_click=_sign,
            args=(key, week, seen, kept.seal(agenda.run, week)),
        )


def _sign(key: str, week: date, seen: int, seal: str) -> None:
    state = st.session_state
    if not state[f"{key}_confirmed"]:
        refused(key, "Tick the box above the button first: signing off can't be undone. Nothing was changed.")
        return
    closed = Closed(
        week,
        state[f"{key}_attendance"],
        state[f"{key}_not_reached"],
        state.get(f"{key}_reason", ""),
        seen,
        seal,
    )
    try:
        sign_week_off(current_actor(), current_version().engine, closed, turn=WAITS)
    except InvalidSignOffProblem as problem:
        refused(key, "Nothing was changed. What you typed stands below.", problem.faults)
    except StaleSignOffProblem as problem:
        refused(key, f"{problem} What you typed is below.")
        state.pop(f"{key}_seen", None)
    except Problem as problem:
        refused(key, f"{problem} What you typed stands below.")
    else:
        done(_FORM, str(week), f"{week_words(week)} is signed off.")
