"""Events: what happened that readers should see on the charts."""

from collections.abc import Iterator
from typing import Final

from data_access.actor import Action
from data_access.decisions.decision import Fault
from data_access.decisions.fields import fields_of
from data_access.decisions.kind import DecisionKind, Proposed
from data_access.decisions.kinds.checks import fault_of_future, fault_of_measure
from data_access.extracts.programme import EVENTS

LONGEST_LABEL: Final = 60
"""So many characters a label on a chart may have."""


def _check(proposed: Proposed) -> Iterator[Fault]:
    yield from fault_of_measure(proposed)
    yield from fault_of_future(proposed, "happened_on", proposed.content["happened_on"])


EVENT: Final = DecisionKind(
    "event",
    "what happened that readers should see on the charts",
    Action.MARK_EVENT,
    fields_of(EVENTS, but=("event_id", "author"), longest={"label": LONGEST_LABEL, "detail": 500}),
    _check,
    extract="events",
)
