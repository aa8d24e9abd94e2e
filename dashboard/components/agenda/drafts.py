"""Drafts: what is filled in on the agenda stays in the browser until it is kept, whatever the connection does.

`assets/drafts.js` remembers every field whose key begins with "draft", for as long as its tab is open. Where one is
drawn without what it held, after a refresh say, the script hands that back through a hidden form of the page, and the
field is drawn with it. With a form that changes what stands goes a hidden field that says on which revision
the draft was begun, so that the operation can tell whether somebody else decided since.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from html import escape
from typing import Final

import streamlit as st

from dashboard.components.decisions.fields import Fields
from dashboard.components.decisions.taking import told_done
from data_access.dates.working_calendar import FIRST_DAY, LAST_DAY

_DRAFT: Final = "draft"
_ROUNDS: Final = "draft_rounds"
_KEPT: Final = "draft_kept"
_HANDED_BACK: Final = "draft_handed_back"
_HAND_BACK: Final = "hand_back"
_BEGUN_ON: Final = "begun_on"


def draft_key(form: str, subject: str) -> str:
    """Return the key of a form's fields: another once what they held was kept, so that a new form begins empty.

    The script leaves the number out: a draft is that of its form, in whichever session.
    """
    return f"{_DRAFT}{round_of(form, subject)}_{form}_{subject}-"


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
    """Tell the browser which draft it may forget, before any field is drawn; nothing where none was kept."""
    if (key := st.session_state.pop(_KEPT, None)) is not None:
        st.html(f'<span data-kept="{escape(key)}"></span>')


def draw_handing_back() -> None:
    """Draw the hidden form by which the browser hands drafts back."""
    with st.container(key=_HAND_BACK), st.form(f"{_HAND_BACK}_form"):
        st.text_input("Drafts of this tab", key=f"{_HAND_BACK}_drafts")
        st.form_submit_button("Put the drafts back", key=f"{_HAND_BACK}_button", on_click=_take_back)


def _take_back() -> None:
    told: object = None
    with suppress(ValueError):
        told = json.loads(st.session_state[f"{_HAND_BACK}_drafts"])
    if isinstance(told, dict):
        drafts = {key: text for key, text in told.items() if key.startswith(_DRAFT) and isinstance(text, str)}
        st.session_state[_HANDED_BACK] = drafts


def put_back(key: str, read: Callable[[str], object]) -> bool:
    """Put what the browser handed back into a field that is still to be drawn; return whether there was anything.

    `read` gives the value that stands for a text; where it raises ValueError or KeyError, the field can hold that no
    longer, and stays as it is.
    """
    drafts: dict[str, str] = st.session_state.get(_HANDED_BACK, {})
    if key not in drafts:
        return False
    try:
        st.session_state[key] = read(drafts.pop(key))
    except (ValueError, KeyError):
        return False
    return True


class DraftFields(Fields):
    """The fields of a form that is a draft: each is drawn with what the browser handed back, where it did."""

    def text(self, label: str, name: str, help_: str | None = None) -> None:
        """Draw a line of text."""
        self._with_draft(name, str).text(label, name, help_)

    def long_text(self, label: str, name: str) -> None:
        """Draw a text for which one line of the screen is too short."""
        self._with_draft(name, str).long_text(label, name)

    def day(self, label: str, name: str, help_: str | None = None) -> None:
        """Draw a day, which may be blank."""
        self._with_draft(name, _day).day(label, name, help_)

    def choice(self, label: str, name: str, options: Mapping[str, str]) -> None:
        """Draw a choice of some words; `options` are what is kept, with its label."""
        named = {words: kept for kept, words in options.items()}
        self._with_draft(name, named.__getitem__).choice(label, name, options)

    def _with_draft(self, name: str, read: Callable[[str], object]) -> Fields:
        fields = Fields(self.key, self.content, self.faults)
        # a field has what it held at first, or what the state of the session puts into it, never both
        return replace(fields, content={**self.content, name: None}) if put_back(self.named(name), read) else fields


def _day(text: str) -> date | None:
    day = date.fromisoformat(text) if text else None
    if day is not None and not FIRST_DAY <= day <= LAST_DAY:
        msg = f"{day} is no day that a field can hold"
        raise ValueError(msg)
    return day


def begin_on(key: str, decision_id: str | None, revision: int) -> tuple[str | None, int]:
    """Return the decision and revision on which the draft of a form was begun; those that stand where it begins now.

    Of what is not decided yet that is None and 0. Who was told what stands (`tell_what_stands`) goes on from there.
    """
    field, stands = f"{key}_{_BEGUN_ON}", f"{decision_id or ''} {revision}"
    was_told = st.session_state.pop(f"{field}_told", False)
    if was_told or (not put_back(field, str) and field not in st.session_state):
        st.session_state[field] = stands
    return begun_on(key)


def draw_begun_on(key: str) -> None:
    """Draw the hidden field of a form that says on which revision its draft was begun."""
    st.text_input("Begun on", key=f"{key}_{_BEGUN_ON}")


def begun_on(key: str) -> tuple[str | None, int]:
    """Return the decision and revision on which the draft that a form holds was begun."""
    name, _, revision = str(st.session_state[f"{key}_{_BEGUN_ON}"]).partition(" ")
    return name or None, int(revision) if revision.isdecimal() else 0


def tell_what_stands(key: str) -> None:
    """Remember that the page is to tell what stands beside a draft that was begun on another revision."""
    st.session_state[f"{key}_{_BEGUN_ON}_told"] = True
