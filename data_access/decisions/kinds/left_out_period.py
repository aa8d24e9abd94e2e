"""Periods left out: a week (or month) known to be odd is drawn, but takes no part in limits and rules ("ghosted")."""

from collections.abc import Iterator
from typing import Final

from data_access.actor import Action
from data_access.dates.periods import period_of
from data_access.decisions.decision import Fault
from data_access.decisions.fields import Field
from data_access.decisions.kind import DecisionKind, Proposed
from data_access.decisions.kinds.checks import (
    definition_of,
    fault_of_future,
    fault_of_limits,
    fault_of_measure,
    fault_of_team,
)
from data_access.extracts import Kind
from data_access.extracts.contract import Column, date, team


def _check(proposed: Proposed) -> Iterator[Fault]:
    content, definition = proposed.content, definition_of(proposed)
    yield from fault_of_measure(proposed)
    yield from fault_of_team(proposed)
    yield from fault_of_future(proposed, "starts", content["starts"])
    if definition is None:
        return
    yield from fault_of_limits(definition)
    start, _ = period_of(content["starts"], definition.period)
    if start != content["starts"]:
        expected = f"the first day of a {definition.period}, since the measure has a point for each: {start}"
        yield Fault("starts", content["starts"], expected)
    for other in proposed.others:
        if all(other.content[name] == content[name] for name in ("measure", "team_id", "starts")):
            expected = f"a {definition.period} that is not left out yet: {other.decision_id} leaves this one out"
            yield Fault("starts", content["starts"], expected)


LEFT_OUT_PERIOD: Final = DecisionKind(
    "left_out_period",
    "that a week or month is left out of a measure's limits; it is drawn all the same",
    Action.LEAVE_OUT_WEEK,
    (
        Field(Column("measure", Kind.ID, "The measure's id", required=True)),
        Field(team(meaning="The team that it concerns; blank for all")),
        Field(date("starts", "First day of the week, or of the month where the measure is monthly", required=True)),
    ),
    _check,
)
