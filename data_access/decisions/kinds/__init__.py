"""The kinds of decision, each in a file of its own."""

from collections.abc import Mapping
from typing import Final

from data_access.decisions.kind import DecisionKind
from data_access.decisions.kinds.action import ACTION
from data_access.decisions.kinds.action_update import ACTION_UPDATE
from data_access.decisions.kinds.commentary import COMMENTARY
from data_access.decisions.kinds.event import EVENT
from data_access.decisions.kinds.left_out_period import LEFT_OUT_PERIOD
from data_access.decisions.kinds.meeting_decision import MEETING_DECISION
from data_access.decisions.kinds.rebase import REBASE
from data_access.decisions.kinds.target import TARGET
from data_access.problems import QueryProblem

OF_MEASURES: Final = (TARGET, EVENT, REBASE, LEFT_OUT_PERIOD)
"""The kinds that concern a measure, or all of them, whatever the week."""
KINDS: Final[Mapping[str, DecisionKind]] = {
    kind.name: kind for kind in (*OF_MEASURES, ACTION, ACTION_UPDATE, COMMENTARY, MEETING_DECISION)
}


def kind_named(name: str) -> DecisionKind:
    """Return a kind; raise QueryProblem where there is none of that name."""
    if name not in KINDS:
        msg = f"There is no kind of decision {name!r}. There are: {', '.join(KINDS)}."
        raise QueryProblem(msg)
    return KINDS[name]


__all__ = [
    "ACTION",
    "ACTION_UPDATE",
    "COMMENTARY",
    "EVENT",
    "KINDS",
    "LEFT_OUT_PERIOD",
    "MEETING_DECISION",
    "OF_MEASURES",
    "REBASE",
    "TARGET",
    "kind_named",
]
