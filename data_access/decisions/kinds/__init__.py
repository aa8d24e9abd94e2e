"""The kinds of decision, each in a file of its own."""

from collections.abc import Mapping
from typing import Final

from data_access.decisions.kind import DecisionKind
from data_access.decisions.kinds.action import ACTION
from data_access.decisions.kinds.action_update import ACTION_UPDATE
from data_access.decisions.kinds.event import EVENT
from data_access.decisions.kinds.left_out_period import LEFT_OUT_PERIOD
from data_access.decisions.kinds.rebase import REBASE
from data_access.decisions.kinds.target import TARGET
from data_access.problems import QueryProblem

KINDS: Final[Mapping[str, DecisionKind]] = {
    kind.name: kind for kind in (TARGET, EVENT, REBASE, LEFT_OUT_PERIOD, ACTION, ACTION_UPDATE)
}
OF_MEASURES: Final = tuple(kind for kind in KINDS.values() if any(field.name == "measure" for field in kind.fields))
"""The kinds that concern a measure, or all of them."""


def kind_named(name: str) -> DecisionKind:
    """Return a kind; raise QueryProblem where there is none of that name."""
    if name not in KINDS:
        msg = f"There is no kind of decision {name!r}. There are: {', '.join(KINDS)}."
        raise QueryProblem(msg)
    return KINDS[name]


__all__ = [
    "ACTION",
    "ACTION_UPDATE",
    "EVENT",
    "KINDS",
    "LEFT_OUT_PERIOD",
    "OF_MEASURES",
    "REBASE",
    "TARGET",
    "kind_named",
]
