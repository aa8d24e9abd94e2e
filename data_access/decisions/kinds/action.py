"""Lines of the action plan: what is to be done, by whom and until when, and how far it is."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from data_access.actor import Action
from data_access.decisions.decision import Fault
from data_access.decisions.fields import fields_of
from data_access.decisions.kind import DecisionKind, Proposed
from data_access.decisions.kinds.checks import fault_of_future, faults_of_measures
from data_access.extracts.action_plan import ACTIONS
from data_access.measures.definition import Strand


class Status(StrEnum):
    """How far an action is."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    STOPPED = "stopped"


TRANSITIONS: Final[Mapping[Status | None, tuple[Status, ...]]] = {
    None: (Status.NOT_STARTED, Status.IN_PROGRESS),
    Status.NOT_STARTED: (Status.IN_PROGRESS, Status.DONE, Status.STOPPED),
    Status.IN_PROGRESS: (Status.DONE, Status.STOPPED),
    Status.DONE: (Status.IN_PROGRESS,),
    Status.STOPPED: (Status.IN_PROGRESS,),
}
"""To which other status an action may go from each; None is one that is new."""

STRANDS: Final[Mapping[str, Strand]] = {strand.name.lower(): strand for strand in Strand}
"""The strands by the codes under which plans name them."""

_LONG: Final = 500


def allowed_from(status: Status | None) -> tuple[Status, ...]:
    """Return the statuses that an action may have next: as it is, then those to which it may go."""
    return (() if status is None else (status,)) + TRANSITIONS[status]


def _check(proposed: Proposed) -> Iterator[Fault]:
    content = proposed.content
    yield from _status(proposed)
    yield from faults_of_measures(proposed)
    yield from fault_of_future(proposed, "began_on", content["began_on"])
    if content["lead"] is None and not content["lead_to_be_named"]:
        yield Fault("lead", None, "a role, or that a lead is still to be named")
    if content["began_on"] and content["due_on"] and content["due_on"] < content["began_on"]:
        yield Fault("due_on", content["due_on"], f"no day before it began, {content['began_on']}")


def _status(proposed: Proposed) -> Iterator[Fault]:
    content, before = proposed.content, proposed.before
    allowed = allowed_from(None if before is None else Status(before["status"]))
    status = Status(content["status"])
    if status not in allowed:
        was = "a new action" if before is None else f"one that is {before['status']}"
        yield Fault("status", status, f"{' or '.join(allowed)} for {was}")
    if status is Status.DONE and content["evidence"] is None:
        yield Fault("evidence", None, "where it can be seen that it was done, before it counts as done")
    if status is not Status.NOT_STARTED and content["began_on"] is None:
        yield Fault("began_on", None, f"the day on which it began, since it is {status}")


ACTION: Final = DecisionKind(
    "action",
    "a line of the action plan",
    Action.CHANGE_PLAN,
    fields_of(
        ACTIONS,
        but=("action_id", "author"),
        longest={
            "lead": _LONG,
            "monitored_by": _LONG,
            "deadline_note": _LONG,
            "outcome": 2 * _LONG,
            "target": _LONG,
            "remark": 2 * _LONG,
            "evidence": _LONG,
            "measures": 2 * _LONG,
        },
        choices={"status": tuple(Status), "strand": tuple(STRANDS)},
    ),
    _check,
    extract="actions",
)
