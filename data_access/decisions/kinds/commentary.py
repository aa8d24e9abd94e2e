"""Commentary: what the senior managers say about a measure in a week."""

from collections.abc import Iterator
from typing import Final

from data_access.actor import Action
from data_access.decisions.decision import Fault
from data_access.decisions.fields import Field
from data_access.decisions.kind import DecisionKind, Proposed
from data_access.decisions.kinds.checks import fault_of_measure, fault_of_week
from data_access.extracts import Kind
from data_access.extracts.contract import Column, date, text

LONGEST_COMMENTARY: Final = 1000


def _check(proposed: Proposed) -> Iterator[Fault]:
    content = proposed.content
    yield from fault_of_measure(proposed)
    yield from fault_of_week(proposed)
    for other in proposed.others:
        if all(other.content[name] == content[name] for name in ("measure", "week")):
            expected = f"a week without commentary on it: {other.author} wrote “{other.content['text']}”"
            yield Fault("week", content["week"], expected)


COMMENTARY: Final = DecisionKind(
    "commentary",
    "what is said about a measure in a week",
    Action.COMMENT,
    (
        Field(Column("measure", Kind.ID, "The measure's id", required=True)),
        Field(date("week", "Monday of the week", required=True)),
        Field(text("text", "What is said about it", required=True), LONGEST_COMMENTARY),
    ),
    _check,
)
