"""What the address of the agenda chooses beside the week: the part presented, the child it opens with, the decision
to be changed.
"""

from typing import Final

import streamlit as st

from dashboard.components.agenda.part import Agenda
from dashboard.components.layout.address import chosen_of
from dashboard.components.layout.links import Parameter, html_link
from dashboard.readings.agenda import Meeting

PAGE: Final = "smt_agenda"
SCREEN: Final = "screen"
SEED: Final = "seed"
"""The seed that draws the child whose path the meeting opens with."""
CHILD: Final = "child"
"""The child that was chosen for it."""
CHANGED: Final = "change"
_KEPT: Final = (SCREEN, SEED, CHILD)


def agenda_link(agenda: Agenda, label: str, said: str | None = None, /, **parameters: Parameter) -> str:
    """Return a link to the agenda of the same week, screen and child, as HTML; `parameters` choose what else."""
    kept: dict[str, Parameter] = {"week": agenda.week, **{name: st.query_params.get(name) for name in _KEPT}}
    return html_link(PAGE, label, said, **(kept | parameters))


def changed_decision(held: Meeting) -> str:
    """Return the id of the decision that the address wants changed, empty for none.

    Raise QueryProblem for one that is not on this agenda.
    """
    names = [each.decided.decision_id for each in (*held.before, *held.decisions)]
    return chosen_of(CHANGED, names, "", "decision on this agenda")


def end_change() -> None:
    """Take the decision to be changed out of the address."""
    st.query_params.pop(CHANGED, None)
