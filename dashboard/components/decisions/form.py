"""A form that decides: draws the fields of a kind, takes the decision, and tells at each field what can't be."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from dashboard.components.decisions.fields import (
    Fields,
    Whom,
    draw_event,
    draw_left_out,
    draw_rebase,
    draw_target,
    typed,
)
from dashboard.components.decisions.taking import outcome_of, refused_html, round_number, seen_revision, take
from dashboard.readings.decisions import Decided
from dashboard.words.decisions import TARGET_WORDS, kind_words
from data_access.decisions import Decision
from data_access.measures.definition import PERCENT, Definition

_BUTTONS: Final[Mapping[bool, Sequence[tuple[str, bool]]]] = {
    False: (("Keep it", False),),
    True: (("Keep the change", False), ("Withdraw it", True)),
}
_WITHOUT_A_FIELD: Final = ("measure", "decision_id", "kind")
"""What a decision has and its form does not ask for: what is wrong with it is told above the form."""


def draw_form(
    kind: str, definition: Definition, whom: Whom, existing: Decided | None, given: Mapping[str, Any]
) -> None:
    """Draw the form of a new decision, with what is `given` in its fields at first, or of one that stands."""
    name = existing.decision_id if existing else "new"
    key = f"decide_{round_number()}_{definition.id}_{kind}_{name}"
    if existing is not None:
        seen_revision(key, existing.latest.revision)
    content = _first_content(kind, definition, whom, existing, given)
    outcome = outcome_of(key)
    fields = Fields(key, content, outcome.faults if outcome else ())
    if outcome is not None:
        st.html(refused_html(outcome, _WITHOUT_A_FIELD))
    if kind == "target":
        kinds = list(TARGET_WORDS)
        st.radio(
            "Held against",
            kinds,
            index=kinds.index(content.get("kind", "fixed")),
            format_func=TARGET_WORDS.__getitem__,
            key=fields.named("kind"),
            horizontal=True,
        )
    with st.form(f"{key}_form"):
        _draw_fields(kind, fields, definition, whom)
        fields.text("Why", "reason", "It is kept with the decision, and shown with it.")
        with st.container(horizontal=True, gap="small"):
            for label, withdrawn in _BUTTONS[existing is not None]:
                st.form_submit_button(
                    label,
                    key=f"{key}_{'withdraw' if withdrawn else 'keep'}",
                    type="secondary" if withdrawn else "primary",
                    on_click=_take,
                    args=(key, kind, definition, existing, withdrawn),
                )


def _draw_fields(kind: str, fields: Fields, definition: Definition, whom: Whom) -> None:
    match kind:
        case "target":
            target_kind = st.session_state[fields.named("kind")]
            draw_target(fields, definition, target_kind, whom)
        case "event":
            draw_event(fields)
        case "rebase":
            draw_rebase(fields, whom)
        case _:
            draw_left_out(fields, definition, whom)


def _first_content(
    kind: str, definition: Definition, whom: Whom, existing: Decided | None, given: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what the fields hold at first."""
    if existing is None:
        return {"team_id": whom.chosen, **given}
    content = dict(existing.latest.content)
    if kind == "target" and content["value"] is not None and definition.unit == PERCENT:
        content["value"] = f"{round(content['value'] * 100, 6):g}%"
    return {**content, "concerns": "all" if content["measure"] is None else "measure", "reason": ""}


def _take(key: str, kind: str, definition: Definition, existing: Decided | None, withdrawn: bool) -> None:
    """Take the decision that a form holds: what a press of its button does before the page is drawn again."""
    before = {} if existing is None else existing.latest.content
    content = dict(before) if withdrawn else typed(key, kind, definition, before)
    name, seen = (
        (None, 0) if existing is None else (existing.decision_id, seen_revision(key, existing.latest.revision))
    )
    decision = Decision(kind, content, st.session_state[f"{key}_reason"], name, seen, withdrawn)
    take(key, decision, kind_words(kind, definition.period))
