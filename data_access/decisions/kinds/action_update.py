"""Updates of actions: what was reported about a line of the plan on a day."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from data_access.actor import Action
from data_access.decisions.decision import Fault
from data_access.decisions.fields import fields_of
from data_access.decisions.kind import DecisionKind, Proposed
from data_access.decisions.kinds.action import ACTION
from data_access.decisions.kinds.checks import fault_of_future
from data_access.decisions.what_stands import standing
from data_access.extracts.action_plan import ACTION_UPDATES
from data_access.scope import Scope


def _check(proposed: Proposed) -> Iterator[Fault]:
    name = proposed.content["action_id"]
    lines = [action.decision_id for action in standing(Scope.everything(), proposed.connection, ACTION)]
    if name not in lines:
        near = get_close_matches(name, lines, n=3) or lines[:3]
        yield Fault(
            "action_id", name, f"a line of the plan, such as {', '.join(near)}" if near else "a line; none is"
        )
    yield from fault_of_future(proposed, "dated_on", proposed.content["dated_on"])


ACTION_UPDATE: Final = DecisionKind(
    "action_update",
    "what was reported about a line of the action plan",
    Action.REPORT_ON_PLAN,
    fields_of(ACTION_UPDATES, but=("update_id", "author"), longest={"words": 1000, "evidence": 500}),
    _check,
    extract="action_updates",
)
