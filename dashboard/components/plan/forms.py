"""The forms of the action plan: a new line, a change of one, a report on one. Each takes a decision."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

import streamlit as st

from dashboard.components.decisions.fields import Fields
from dashboard.components.decisions.taking import (
    outcome_of,
    refused_html,
    round_number,
    seen_revision,
    take,
    take_done,
)
from dashboard.readings.action_plan import PlanLine
from dashboard.readings.decisions import Decided
from dashboard.words.action_plan import FIELD_WORDS, STATUS_WORDS
from data_access.actor import Action, Actor
from data_access.decisions import Decision
from data_access.decisions.kind import DecisionKind
from data_access.decisions.kinds import ACTION, ACTION_UPDATE
from data_access.decisions.kinds.action import STRANDS, Status, allowed_from

_WITHOUT_A_FIELD: Final = ("decision_id", "action_id")
_WHY: Final = "It is kept with the change, and shown with it."
_ROWS: Final = (
    ("strand", "status", "began_on", "due_on"),
    ("lead", "lead_to_be_named", "monitored_by"),
    ("deadline_printed", "deadline_note"),
    ("outcome", "target"),
    ("evidence", "remark"),
)
"""The fields of a line beside one another, below its title."""
_HELP: Final = {
    "measures": "The ids of measures between spaces: the address of a measure's page ends with its id.",
    "evidence": "Where it can be seen that it was done. It is needed before a line counts as done.",
}
_CHOICES: Final[Mapping[str, Mapping[str, str]]] = {
    "strand": {code: strand.value for code, strand in STRANDS.items()},
    "lead_to_be_named": {"no": "No", "yes": "Yes"},
}
_REPORT: Final = {
    "dated_on": "Day",
    "words": "What was done, or stands in the way",
    "evidence": "Where it can be seen",
}


def draw_new_line() -> None:
    """Draw the form of a new line, closed until asked for."""
    _draw_said()
    opened = st.expander("Add a line", on_change="rerun", key="plan_add")
    if opened.open:
        with opened:
            _draw_action_form("new", {"strand": None, "status": Status.NOT_STARTED}, allowed_from(None), None)


def draw_line_forms(actor: Actor, line: PlanLine, updates: Sequence[Decided]) -> None:
    """Draw what the reader may do about a line: report on it, change a report, change the line, withdraw it."""
    _draw_said()
    if actor.may(Action.REPORT_ON_PLAN):
        opened = st.expander("Report on it", on_change="rerun", key="plan_report")
        if opened.open:
            with opened:
                _draw_reports(line, updates)
    if actor.may(Action.CHANGE_PLAN):
        opened = st.expander("Change the line", on_change="rerun", key="plan_change")
        if opened.open:
            with opened:
                action = line.action
                content = _content_of(line)
                _draw_action_form(action.action_id, content, allowed_from(action.status), action.revision)


def _draw_said() -> None:
    if (said := take_done()) is not None:
        st.html(f'<p class="done" role="status">{escape(said)}</p>')


def _draw_reports(line: PlanLine, updates: Sequence[Decided]) -> None:
    standing = [each for each in updates if not each.latest.withdrawn]
    names = ["", *(each.decision_id for each in standing)]
    labels = {each.decision_id: f"Change {each.decision_id}: {each.latest.content['words']}" for each in standing}
    chosen = st.selectbox(
        "What",
        names,
        format_func=lambda name: labels.get(name, "A new report"),
        key=f"report_{line.action.action_id}",
    )
    existing = next((each for each in standing if each.decision_id == chosen), None)
    content = {} if existing is None else existing.latest.content
    _draw_report_form(line.action.action_id, content, existing)


def _draw_report_form(action_id: str, content: Mapping[str, Any], existing: Decided | None) -> None:
    name = "new" if existing is None else existing.decision_id
    fields = _fields_of(ACTION_UPDATE, f"{action_id}_{name}", content)
    if existing is not None:
        seen_revision(fields.key, existing.latest.revision)
    with st.form(f"{fields.key}_form"):
        with st.container(horizontal=True, gap="small", vertical_alignment="top"):
            fields.day(_REPORT["dated_on"], "dated_on")
            fields.text(_REPORT["evidence"], "evidence")
        fields.text(_REPORT["words"], "words")
        fields.text("Why", "reason", _WHY)
        decided = None if existing is None else (existing.decision_id, existing.latest.revision)
        _draw_buttons(ACTION_UPDATE, fields, {"action_id": action_id}, decided)


def _draw_action_form(
    name: str, content: Mapping[str, Any], statuses: Sequence[Status], revision: int | None
) -> None:
    fields = _fields_of(ACTION, name, content)
    if revision is not None:
        seen_revision(fields.key, revision)
    allowed: dict[str, str] = {status: STATUS_WORDS[status] for status in statuses}
    choices: Mapping[str, Mapping[str, str]] = {**_CHOICES, "status": allowed}
    with st.form(f"{fields.key}_form"):
        fields.text(FIELD_WORDS["title"], "title")
        for row in _ROWS:
            with st.container(horizontal=True, gap="small", vertical_alignment="top"):
                for field in row:
                    _draw_field(fields, field, choices)
        fields.text(FIELD_WORDS["measures"], "measures", _HELP["measures"])
        fields.text("Why", "reason", _WHY)
        _draw_buttons(ACTION, fields, {}, None if revision is None else (name, revision))


def _draw_field(fields: Fields, name: str, choices: Mapping[str, Mapping[str, str]]) -> None:
    if name in choices:
        fields.choice(FIELD_WORDS[name], name, choices[name])
    elif name in ("began_on", "due_on"):
        fields.day(FIELD_WORDS[name], name)
    else:
        fields.text(FIELD_WORDS[name], name, _HELP.get(name))


def _draw_buttons(
    kind: DecisionKind, fields: Fields, fixed: Mapping[str, Any], decided: tuple[str, int] | None
) -> None:
    buttons = [("Keep it", False)] if decided is None else [("Keep the change", False), ("Withdraw it", True)]
    with st.container(horizontal=True, gap="small"):
        for label, withdrawn in buttons:
            st.form_submit_button(
                label,
                key=f"{fields.key}_{'withdraw' if withdrawn else 'keep'}",
                type="secondary" if withdrawn else "primary",
                on_click=_take,
                args=(kind, fields.key, fixed, decided, withdrawn),
            )


def _take(
    kind: DecisionKind, key: str, fixed: Mapping[str, Any], decided: tuple[str, int] | None, withdrawn: bool
) -> None:
    """Take what a form holds: what a press of its button does before the page is drawn again."""
    typed = {field.name: st.session_state.get(f"{key}_{field.name}") for field in kind.fields}
    name, revision = (None, 0) if decided is None else (decided[0], seen_revision(key, decided[1]))
    decision = Decision(kind.name, {**typed, **fixed}, st.session_state[f"{key}_reason"], name, revision, withdrawn)
    take(key, decision, "Line" if kind is ACTION else "Report")


def _fields_of(kind: DecisionKind, name: str, content: Mapping[str, Any]) -> Fields:
    """Return the fields of a form, with what was wrong with what was typed; tell that it was not taken."""
    key = f"decide_{round_number()}_{kind.name}_{name}"
    outcome = outcome_of(key)
    if outcome is not None:
        st.html(refused_html(outcome, _WITHOUT_A_FIELD))
    return Fields(key, content, outcome.faults if outcome else ())


def _content_of(line: PlanLine) -> dict[str, Any]:
    action = line.action
    code = next(code for code, strand in STRANDS.items() if strand is action.strand)
    return {
        **{name: getattr(action, name) for name in FIELD_WORDS},
        "strand": code,
        "lead_to_be_named": "yes" if action.lead_to_be_named else "no",
        "measures": " ".join(action.measures),
    }
