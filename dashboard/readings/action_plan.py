"""The action plan as it stands on the day of the data: what is due, and whether the measures moved since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from dashboard.analysis.movement import Movement, movement
from dashboard.readings.decisions import Decided, decided_of_kind
from dashboard.readings.measure_views import MeasureView, measure_views
from dashboard.readings.reading import Reading
from data_access.decisions import Standing, standing
from data_access.decisions.kind import DecisionKind
from data_access.decisions.kinds import ACTION, ACTION_UPDATE
from data_access.decisions.kinds.action import Status
from data_access.decisions.reads.action_plan import PlannedAction, action_plan
from data_access.measures.definition import Strand

SOON_DAYS: Final = 28
"""What is due within four weeks is due soon: it comes up at the meetings before."""


class Due(StrEnum):
    """How an action stands to its deadline."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    NO_DEADLINE = "no_deadline"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True)
class LinkedMeasure:
    """A measure that should show an action, and what it did since the action began; None before it does."""

    view: MeasureView
    movement: Movement | None


@dataclass(frozen=True)
class PlanLine:
    """A line of the plan, how it stands to its deadline on a day, and the measures that should show it."""

    action: PlannedAction
    due: Due
    days: int | None
    """Days to the deadline, negative where it has passed; None without one."""
    measures: tuple[LinkedMeasure, ...]

    @property
    def lacks_lead(self) -> bool:
        """Return whether a lead is still to be named of something that is still to be done."""
        return self.action.is_open and (self.action.lead_to_be_named or self.action.lead is None)


@dataclass(frozen=True)
class Plan:
    """The plan on a day (None: nothing is loaded yet): its lines in its order."""

    on: date | None
    lines: tuple[PlanLine, ...]

    def of_strand(self, strand: Strand) -> tuple[PlanLine, ...]:
        """Return the lines of a strand."""
        return tuple(line for line in self.lines if line.action.strand is strand)

    @property
    def pressing(self) -> tuple[PlanLine, ...]:
        """Return the lines that are overdue or due soon, the longest overdue first."""
        due = [line for line in self.lines if line.due in (Due.OVERDUE, Due.SOON)]
        return tuple(sorted(due, key=lambda line: line.days or 0))

    def named(self, action_id: str) -> PlanLine | None:
        """Return a line by its number; None where there is none."""
        return next((line for line in self.lines if line.action.action_id == action_id), None)


def actions(reading: Reading) -> tuple[PlannedAction, ...]:
    """Return the lines of the plan in its order, as far as the reader may see them."""
    return action_plan(reading.scope, reading.connection)


def plan(reading: Reading, *, on: date | None, views: Mapping[str, MeasureView] | None = None) -> Plan:
    """Return the plan as it stands on a day, the day of the data.

    `views` are the measures of the whole service by their ids, where they are at hand: of others nothing is told.
    """
    lines = actions(reading)
    linked = tuple(dict.fromkeys(name for action in lines for name in action.measures))
    if views is None:
        views = {view.definition.id: view for view in measure_views(reading, linked)}
    return Plan(on, tuple(_line(action, on, views) for action in lines))


def plan_history(reading: Reading, action_id: str) -> tuple[tuple[Decided, ...], tuple[Decided, ...]]:
    """Return every state of a line, and of the updates about it, withdrawn ones too."""
    lines = [each for each in decided_of_kind(reading, ACTION) if each.decision_id == action_id]
    updates = [
        each
        for each in decided_of_kind(reading, ACTION_UPDATE)
        if any(state.content["action_id"] == action_id for state in each.states)
    ]
    return tuple(lines), tuple(updates)


def standing_of(reading: Reading, kind: DecisionKind) -> list[Standing]:
    """Return what stands of a kind of decision, as far as the reader may see it."""
    return standing(reading.scope, reading.connection, kind)


def _line(action: PlannedAction, on: date | None, views: Mapping[str, MeasureView]) -> PlanLine:
    days = None if on is None or action.due_on is None else (action.due_on - on).days
    measures = tuple(_linked(action, views[name]) for name in action.measures if name in views)
    return PlanLine(action, _due(action, days), days, measures)


def _linked(action: PlannedAction, view: MeasureView) -> LinkedMeasure:
    return LinkedMeasure(view, None if action.began_on is None else movement(view.judgement, action.began_on))


def _due(action: PlannedAction, days: int | None) -> Due:
    if action.status is Status.DONE:
        return Due.DONE
    if action.status is Status.STOPPED:
        return Due.STOPPED
    if days is None:
        return Due.NO_DEADLINE
    if days < 0:
        return Due.OVERDUE
    return Due.SOON if days <= SOON_DAYS else Due.LATER
