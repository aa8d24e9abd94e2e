"""A form that decides: draws the fields of a kind, takes the decision, and tells at each field what can't be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import streamlit as st

from dashboard.access import current_actor
from dashboard.cache.database import current_version
from dashboard.components.decisions.fields import (
    Fields,
    Whom,
    draw_event,
    draw_left_out,
    draw_rebase,
    draw_target,
    typed,
)
from dashboard.readings.decisions import Decided
from dashboard.words.decisions import TARGET_WORDS, fault_words, kind_words
from data_access.database.turns import Turn
from data_access.decisions import Decision, decide
from data_access.decisions.decision import Fault, InvalidDecisionProblem, StaleDecisionProblem
from data_access.measures.definition import PERCENT, Definition
from data_access.problems import Problem

WAITS: Final = Turn(seconds=5)
"""A page waits so long while another writes; what was typed stays, so that it can be sent again."""
_ROUND: Final = "decide_round"
_OUTCOME: Final = "decide_outcome"
_DONE: Final = "decide_done"
_BUTTONS: Final[Mapping[bool, Sequence[tuple[str, bool]]]] = {
    False: (("Keep it", False),),
    True: (("Keep the change", False), ("Withdraw it", True)),
}
_WITHOUT_A_FIELD: Final = ("measure", "decision_id", "kind")
"""What a decision has and its form does not ask for: what is wrong with it is told above the form."""


@dataclass(frozen=True)
class Outcome:
    """How the last decision of a form ended, where it was not taken."""

    key: str
    said: str
    faults: tuple[Fault, ...] = ()


def draw_form(
    kind: str, definition: Definition, whom: Whom, existing: Decided | None, given: Mapping[str, Any]
) -> None:
    """Draw the form of a new decision, with what is `given` in its fields at first, or of one that stands."""
    number = st.session_state.get(_ROUND, 0)
    name = existing.decision_id if existing else "new"
    key = f"decide_{number}_{definition.id}_{kind}_{name}"
    if existing is not None:
        # what was typed is held against the state that its author saw, whatever was decided since
        st.session_state.setdefault(f"{key}_seen", existing.latest.revision)
    content = _first_content(kind, definition, whom, existing, given)
    outcome = _outcome(key)
    fields = Fields(key, content, outcome.faults if outcome else ())
    if outcome is not None:
        st.html(_refused_html(outcome))
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


def take_done() -> str | None:
    """Return what was decided last, once; None where nothing was."""
    done: str | None = st.session_state.pop(_DONE, None)
    return done


def told_done(said: str) -> None:
    """Remember what was decided, so that the page is drawn again with it, and begin new forms."""
    st.session_state[_DONE] = said
    begin_again()


def begin_again() -> None:
    """Begin new forms: what was typed is gone."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state.pop(_OUTCOME, None)


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
    name, seen = (None, 0) if existing is None else (existing.decision_id, st.session_state[f"{key}_seen"])
    decision = Decision(kind, content, st.session_state[f"{key}_reason"], name, seen, withdrawn)
    try:
        revision = decide(current_actor(), current_version().engine, decision, turn=WAITS)
    except InvalidDecisionProblem as problem:
        st.session_state[_OUTCOME] = Outcome(key, "Nothing was changed. What you typed stands below.", problem.faults)
    except StaleDecisionProblem as problem:
        st.session_state[_OUTCOME] = Outcome(key, f"{problem} It stands in the list above; what you typed is below.")
        # who presses again has been told what stands, and decides over it
        st.session_state.pop(f"{key}_seen", None)
    except Problem as problem:
        st.session_state[_OUTCOME] = Outcome(key, f"{problem} What you typed stands below.")
    else:
        title = kind_words(kind, definition.period)
        told_done(f"{title} {revision.decision_id} is {'withdrawn' if withdrawn else 'kept'}.")


def _outcome(key: str) -> Outcome | None:
    outcome: Outcome | None = st.session_state.get(_OUTCOME)
    return outcome if outcome is not None and outcome.key == key else None


def _refused_html(outcome: Outcome) -> str:
    """Return that the decision was not taken, with what can't be told at a field of the form."""
    others = "".join(
        f"<p>{escape(fault_words(fault))}</p>" for fault in outcome.faults if fault.field in _WITHOUT_A_FIELD
    )
    return f'<div class="problem" role="alert"><h3>Not kept</h3><p>{escape(outcome.said)}</p>{others}</div>'
