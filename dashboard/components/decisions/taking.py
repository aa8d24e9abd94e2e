"""Taking a decision from a form on a page: what was typed stays where it is not taken, and is told why.

What is typed lies in the state of the session under the key of its form; the forms of a round end with the decision
that was taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import streamlit as st

from dashboard.access import current_actor
from dashboard.cache.database import current_version
from dashboard.words.decisions import fault_words
from data_access.database.turns import Turn
from data_access.decisions import Decision, Revision, decide
from data_access.decisions.decision import Fault, InvalidDecisionProblem, StaleDecisionProblem
from data_access.problems import Problem

WAITS: Final = Turn(seconds=5)
"""A page waits so long while another writes; what was typed stays, so that it can be sent again."""
_ROUND: Final = "decide_round"
_OUTCOME: Final = "decide_outcome"
_DONE: Final = "decide_done"


@dataclass(frozen=True)
class Outcome:
    """How the last decision of a form ended, where it was not taken; `is_stale`: somebody else decided meanwhile."""

    key: str
    said: str
    faults: tuple[Fault, ...] = ()
    is_stale: bool = False


def round_number() -> int:
    """Return the number of the round of forms, which is part of their keys."""
    number: int = st.session_state.get(_ROUND, 0)
    return number


def outcome_of(key: str) -> Outcome | None:
    """Return how the last decision of a form ended; None where it was taken, or none was sent."""
    outcome: Outcome | None = st.session_state.get(_OUTCOME)
    return outcome if outcome is not None and outcome.key == key else None


def take(key: str, decision: Decision, title: str) -> None:
    """Take a decision that a form holds, before the page is drawn again; `title` names its kind: "Target"."""
    revision = taken(key, decision)
    if revision is not None:
        told_done(f"{title} {revision.decision_id} is {'withdrawn' if decision.withdrawn else 'kept'}.")


def taken(key: str, decision: Decision) -> Revision | None:
    """Take a decision that a form holds and return its revision; None where it can't be, which the form tells."""
    try:
        return decide(current_actor(), current_version().engine, decision, turn=WAITS)
    except InvalidDecisionProblem as problem:
        refused(key, "Nothing was changed. What you typed stands below.", problem.faults)
    except StaleDecisionProblem as problem:
        refused(key, f"{problem} It stands in the list above; what you typed is below.", is_stale=True)
        # who presses again has been told what stands, and decides over it
        st.session_state.pop(f"{key}_seen", None)
    except Problem as problem:
        refused(key, f"{problem} What you typed stands below.")
    return None


def refused(key: str, said: str, faults: tuple[Fault, ...] = (), *, is_stale: bool = False) -> None:
    """Remember why what a form holds was not kept."""
    st.session_state[_OUTCOME] = Outcome(key, said, faults, is_stale)


def seen_revision(key: str, revision: int) -> int:
    """Return the revision that the author of a form saw when it was drawn first, whatever was decided since."""
    seen: int = st.session_state.setdefault(f"{key}_seen", revision)
    return seen


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


def refused_html(outcome: Outcome, without_a_field: Sequence[str]) -> str:
    """Return that the decision was not taken, with what is wrong with fields that the form does not ask for."""
    others = "".join(
        f"<p>{escape(fault_words(fault))}</p>" for fault in outcome.faults if fault.field in without_a_field
    )
    return f'<div class="problem" role="alert"><h3>Not kept</h3><p>{escape(outcome.said)}</p>{others}</div>'
