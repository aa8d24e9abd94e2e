"""The action plan as it stands: its lines in the plan's order, each with what was reported about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from data_access.decisions.kinds.action import ACTION, STRANDS, Status
from data_access.decisions.kinds.action_update import ACTION_UPDATE
from data_access.decisions.order_of_ids import in_order
from data_access.decisions.standing import Standing
from data_access.decisions.what_stands import standing
from data_access.measures import MEASURES
from data_access.measures.definition import Strand
from data_access.scope import Scope


@dataclass(frozen=True)
class ActionUpdate:
    """What was reported about a line on a day, by whom, and where it can be seen."""

    update_id: str
    dated_on: date
    words: str
    evidence: str | None
    author: str


@dataclass(frozen=True)
class PlannedAction:
    """A line of the plan. `measures` are those that should show it, `updates` what was reported, the latest first.

    `due_on` is the day by which it is understood to be due, `deadline_printed` what the plan prints, `deadline_note`
    why they differ. `revision` is that of what stands, 0 for a row that was loaded.
    """

    action_id: str
    title: str
    strand: Strand
    lead: str | None
    lead_to_be_named: bool
    monitored_by: str | None
    began_on: date | None
    deadline_printed: str | None
    due_on: date | None
    deadline_note: str | None
    outcome: str | None
    target: str | None
    remark: str | None
    status: Status
    evidence: str | None
    measures: tuple[str, ...]
    updates: tuple[ActionUpdate, ...]
    revision: int

    @property
    def is_open(self) -> bool:
        """Return whether something is still to be done for it."""
        return self.status in (Status.NOT_STARTED, Status.IN_PROGRESS)


@dataclass(frozen=True)
class BegunActions:
    """The lines of the plan that began on a day and should show in a measure: their ids and titles."""

    on: date
    actions: tuple[tuple[str, str], ...]


def action_plan(scope: Scope, connection: sa.Connection) -> tuple[PlannedAction, ...]:
    """Return the lines of the plan in its order: 1a, 1b, 2, 10."""
    updates: dict[str, list[ActionUpdate]] = {}
    for update in standing(scope, connection, ACTION_UPDATE):
        updates.setdefault(update.content["action_id"], []).append(_update(update))
    lines = [_action(action, updates.get(action.decision_id, [])) for action in standing(scope, connection, ACTION)]
    return tuple(sorted(lines, key=lambda action: in_order(action.action_id)))


def begun_actions(
    scope: Scope, connection: sa.Connection, measure: str, *, up_to: date | None = None
) -> tuple[BegunActions, ...]:
    """Return the lines that should show in a measure and began by a day (None: all), by the day, in order of time."""
    begun: dict[date, list[tuple[str, str]]] = {}
    for action in action_plan(scope, connection):
        on = action.began_on
        if measure in action.measures and on is not None and (up_to is None or on <= up_to):
            begun.setdefault(on, []).append((action.action_id, action.title))
    return tuple(BegunActions(on, tuple(begun[on])) for on in sorted(begun))


def _action(stands: Standing, updates: Sequence[ActionUpdate]) -> PlannedAction:
    content = stands.content
    same = {
        name: content[name]
        for name in (
            *("title", "lead", "monitored_by", "began_on", "deadline_printed", "due_on", "deadline_note"),
            *("outcome", "target", "remark", "evidence"),
        )
    }
    return PlannedAction(
        action_id=stands.decision_id,
        strand=STRANDS[content["strand"]],
        lead_to_be_named=bool(content["lead_to_be_named"]),
        status=Status(content["status"]),
        # a measure that a later version of the program knows no more is no measure of the line
        measures=tuple(name for name in (content["measures"] or "").split() if name in MEASURES),
        updates=tuple(sorted(updates, key=lambda update: (update.dated_on, update.update_id), reverse=True)),
        revision=stands.revision,
        **same,
    )


def _update(stands: Standing) -> ActionUpdate:
    content = stands.content
    return ActionUpdate(stands.decision_id, content["dated_on"], content["words"], content["evidence"], stands.author)
