"""The forms for decisions of the meeting: to note another, and to change or withdraw what was decided."""

from collections.abc import Mapping
from html import escape
from typing import Any, Final

import streamlit as st

from dashboard.components.agenda.drafts import (
    DraftFields,
    begin_on,
    begun_on,
    done,
    draft_key,
    draw_begun_on,
    put_back,
    tell_what_stands,
)
from dashboard.components.agenda.part import Agenda
from dashboard.components.agenda.shown import CHANGED, agenda_link, end_change
from dashboard.components.decisions.fields import Fields
from dashboard.components.decisions.taking import outcome_of, refused_html, taken
from dashboard.readings.agenda import Meeting, MeetingDecision
from dashboard.readings.measure_views import MeasureView
from dashboard.words.agenda import EXPECTED_WORDS, FIELD_WORDS
from dashboard.words.attention_lines import Line, attention_lines
from dashboard.words.decisions import author_words
from data_access.decisions import Decision
from data_access.vocabulary import Chart

_NEW: Final = "decision"
_CHANGE: Final = "change"
_NO_MEASURE: Final = "none"
_NO_EFFECT: Final = "nothing"
_TYPED: Final = ("what", "owner", "due_on", "review_on")
_WITHOUT_A_FIELD: Final = ("week", "decision_id", "done")


def draw_new(every: Mapping[str, MeasureView], held: Meeting) -> None:
    """Draw the form to note a decision of a meeting, which what needs attention can fill in."""
    key = draft_key(_NEW, str(held.week))
    lines = {_proposed(line): line for line in attention_lines(list(every.values()), every)}
    outcome = outcome_of(key)
    if outcome is not None:
        st.html(refused_html(outcome, _WITHOUT_A_FIELD))
    put_back(f"{key}_proposed", {**{words: words for words in lines}, "": None}.__getitem__)
    proposed = st.selectbox(
        "Proposed by the figures",
        list(lines),
        index=None,
        placeholder="What needs attention; or write your own below",
        key=f"{key}_proposed",
    )
    line = lines.get(proposed or "")
    given: dict[str, Any] = {}
    if line is not None:
        definition = line.view.definition
        given = {
            "what": f"{definition.title}: {line.question}",
            "owner": definition.owner,
            "measure": definition.id,
        }
    place = "own" if line is None else f"{line.view.definition.id}{'_waiting' if line.tells_who_waits else ''}"
    fields = DraftFields(f"{key}_{place}", given, outcome.faults if outcome else ())
    with st.form(f"{key}_form"):
        _draw_fields(fields, every, given.get("measure"))
        st.form_submit_button(
            "Note the decision", key=f"{key}_keep", type="primary", on_click=_note, args=(key, fields.key, held)
        )


def draw_change(agenda: Agenda, decision: MeetingDecision) -> None:
    """Draw the form to change or withdraw a decision; of one withdrawn, a change lets it hold again."""
    name, latest = decision.decided.decision_id, decision.decided.latest
    key = draft_key(_CHANGE, name)
    begun = begin_on(key, name, latest.revision)
    states = {state.revision: state.content for state in decision.decided.states}
    content = states.get(begun[1], latest.content)
    outcome = outcome_of(key)
    if outcome is not None:
        st.html(refused_html(outcome, _WITHOUT_A_FIELD))
    if begun != (name, latest.revision):
        said = f"Changed meanwhile by {author_words(latest)}: what stands is told above."
        st.html(f'<p class="meanwhile" role="status">{escape(said)}</p>')
    held = {"expected": _NO_EFFECT, "measure": _NO_MEASURE}
    first = {**content, **{field: content[field] or nothing for field, nothing in held.items()}}
    fields = DraftFields(key, first, outcome.faults if outcome else ())
    with st.form(f"{key}_form"):
        _draw_fields(fields, agenda.every, content["measure"])
        fields.text("Why it is changed or withdrawn", "reason")
        draw_begun_on(key)
        buttons = {"Keep the change": False} | ({} if decision.is_withdrawn else {"Withdraw it": True})
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            for label, withdrawn in buttons.items():
                st.form_submit_button(
                    label,
                    key=f"{key}_{'withdraw' if withdrawn else 'keep'}",
                    type="secondary" if withdrawn else "primary",
                    on_click=_change,
                    args=(key, decision, withdrawn),
                )
            st.html(f"<p>{agenda_link(agenda, 'Leave it as it is', **{CHANGED: None})}</p>")


def _draw_fields(fields: Fields, every: Mapping[str, MeasureView], first: str | None) -> None:
    """Draw the fields of a decision; the measure named `first` leads the list of those that it may move."""
    with st.container(horizontal=True, gap="small", vertical_alignment="top"):
        fields.text(FIELD_WORDS["what"], "what")
        fields.text(FIELD_WORDS["owner"], "owner")
        fields.day(FIELD_WORDS["due_on"], "due_on")
    judged = {name: view.definition.title for name, view in every.items() if view.definition.chart is not Chart.LINE}
    titles = {_NO_MEASURE: "No measure"} | judged
    if first is not None:
        # what the meeting has named, or a line of the figures, may be about a measure without limits
        titles = {first: every[first].definition.title if first in every else first} | titles
    with st.container(horizontal=True, gap="small", vertical_alignment="top"):
        fields.choice(FIELD_WORDS["measure"], "measure", titles)
        fields.choice(FIELD_WORDS["expected"], "expected", {_NO_EFFECT: "Nothing is expected", **EXPECTED_WORDS})
        fields.day(FIELD_WORDS["review_on"], "review_on")


def _proposed(line: Line) -> str:
    return f"{line.subject}{line.words}"


def _typed(fields: str) -> dict[str, Any]:
    """Return what the fields of a decision say now."""
    state = st.session_state
    measure, expected = state[f"{fields}_measure"], state[f"{fields}_expected"]
    return {name: state[f"{fields}_{name}"] for name in _TYPED} | {
        "measure": None if measure == _NO_MEASURE else measure,
        "expected": None if expected == _NO_EFFECT else expected,
    }


def _note(key: str, fields: str, held: Meeting) -> None:
    content = _typed(fields) | {"week": held.week}
    if taken(key, Decision("meeting_decision", content, "Decided at the meeting")) is not None:
        done(_NEW, str(held.week), "The decision is noted.")


def _change(key: str, decision: MeetingDecision, withdrawn: bool) -> None:
    """Keep what the form holds, or withdraw the decision, held against the revision on which the draft was begun."""
    name, revision = begun_on(key)
    content = {**decision.content, **_typed(key)}
    reason = st.session_state[f"{key}_reason"]
    if taken(key, Decision("meeting_decision", content, reason, name, revision, withdrawn)) is not None:
        end_change()
        what = decision.content["what"] if withdrawn else content["what"]
        done(_CHANGE, decision.decided.decision_id, f"{what}: {'withdrawn' if withdrawn else 'changed'}.")
        return
    outcome = outcome_of(key)
    if outcome is not None and outcome.is_stale:
        tell_what_stands(key)
