"""Rebases: two people decide that a measure's limits start again, because the work changed."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from data_access.actor import Action
from data_access.dates.periods import periods
from data_access.decisions.decision import Fault
from data_access.decisions.fields import fields_of
from data_access.decisions.kind import DecisionKind, Proposed
from data_access.decisions.kinds.checks import (
    definition_of,
    fault_of_future,
    fault_of_limits,
    fault_of_measure,
    fault_of_team,
)
from data_access.decisions.kinds.event import LONGEST_LABEL
from data_access.decisions.standing import Standing
from data_access.extracts.programme import REBASES
from data_access.vocabulary import Period

POINTS_APART: Final = 13
"""So many points a stretch needs before its limits can be told, so rebases stand no closer together."""


def points_between(period: Period, first: date, last: date) -> int:
    """Return how many points begin from one day to the day before another, in whichever order."""
    earlier, later = sorted((first, last))
    return sum(earlier <= start < later for start, _ in periods(period, earlier, later))


def _check(proposed: Proposed) -> Iterator[Fault]:
    content, definition = proposed.content, definition_of(proposed)
    yield from fault_of_measure(proposed)
    yield from fault_of_team(proposed)
    yield from fault_of_future(proposed, "from", content["from_date"])
    if _name(content["approver"]) == _name(proposed.actor.name):
        yield Fault("approver", content["approver"], f"another person than the author, {proposed.actor.name}")
    if definition is None:
        return
    yield from fault_of_limits(definition)
    for other in proposed.others:
        if _meets(other, proposed):
            apart = points_between(definition.period, other.content["from_date"], content["from_date"])
            if apart < POINTS_APART:
                yield Fault(
                    "from",
                    content["from_date"],
                    f"a day {POINTS_APART} points or more from every other rebase: {other.decision_id} starts on "
                    f"{other.content['from_date']}, {apart} {definition.period}{'' if apart == 1 else 's'} from it",
                )


def _meets(other: Standing, proposed: Proposed) -> bool:
    """Return whether both cut the same series: one for the whole cuts that of every team as well."""
    teams = other.content["team_id"], proposed.content["team_id"]
    return other.content["measure"] == proposed.content["measure"] and (None in teams or teams[0] == teams[1])


def _name(person: str) -> str:
    return " ".join(person.split()).casefold()


REBASE: Final = DecisionKind(
    "rebase",
    "that a measure's limits start again, because the work changed",
    Action.REBASE,
    fields_of(REBASES, but=("rebase_id", "reason", "author"), longest={"label": LONGEST_LABEL}),
    _check,
    extract="rebases",
)
