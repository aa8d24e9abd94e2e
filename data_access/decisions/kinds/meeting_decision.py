"""Decisions of the weekly meeting: what is to be done by whom until when, and what it should move."""

from collections.abc import Iterator
from typing import Final

from data_access.actor import Action
from data_access.decisions.decision import Fault
from data_access.decisions.fields import Field
from data_access.decisions.kind import DecisionKind, Proposed
from data_access.decisions.kinds.checks import definition_of, fault_of_limits, fault_of_measure, fault_of_week
from data_access.extracts import Kind
from data_access.extracts.contract import Column, date, text

EXPECTED: Final = ("up", "down", "none")
"""What a decision may be expected to do to its measure."""
DONE: Final = ("yes", "no")


def _check(proposed: Proposed) -> Iterator[Fault]:
    content, definition = proposed.content, definition_of(proposed)
    yield from fault_of_measure(proposed)
    yield from fault_of_week(proposed)
    for name in ("due_on", "review_on"):
        if content[name] is not None and content[name] < content["week"]:
            yield Fault(name, content[name], f"no day before the week of the meeting, {content['week']}")
    if content["expected"] is None:
        if content["review_on"] is not None:
            yield Fault("review_on", content["review_on"], "a blank, since no effect is expected")
        return
    for name, meaning in (("measure", "the measure that it should move"), ("review_on", "the day to test it")):
        if content[name] is None:
            yield Fault(name, None, f"a value: {meaning}")
    if definition is not None:
        yield from fault_of_limits(definition)


MEETING_DECISION: Final = DecisionKind(
    "meeting_decision",
    "what a weekly meeting decided, and whether it is done",
    Action.DECIDE_AT_MEETING,
    (
        Field(date("week", "Monday of the week that the meeting looked at", required=True)),
        Field(text("what", "What is to be done", required=True), 300),
        Field(text("owner", "The role that does it", required=True), 100),
        Field(date("due_on", "The day by which it is to be done", required=True)),
        Field(Column("measure", Kind.ID, "The id of the measure that it should move")),
        Field(text("expected", "What it should do to the measure"), choices=EXPECTED),
        Field(date("review_on", "The day on which the effect is tested")),
        Field(text("done", "Whether it is done; blank while nobody has said"), choices=DONE),
    ),
    _check,
)
