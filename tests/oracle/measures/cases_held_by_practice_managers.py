"""Allocations to people in post as practice managers, as spells."""

import datetime as dt

from tests.oracle.clocks import DAY
from tests.oracle.cohort_row import CohortRow, State
from tests.oracle.measures.spells import is_out_of_order, spell_holds
from tests.oracle.world import Row, World, team_of

MEASURE = "cases_held_by_practice_managers"


def cases_held_by_practice_managers(world: World) -> list[CohortRow]:
    """Return a row per allocation and post of a practice manager."""
    if not world.is_loaded("staff", "allocations"):
        return []
    posts = [spell for spell in world.rows("staff") if spell["role"] == "practice_manager"]
    rows = [
        _row(world, allocation, post, [other for other in posts if other["staff_id"] == post["staff_id"]])
        for allocation in world.rows("allocations")
        for post in posts
        if post["staff_id"] == allocation["staff_id"] and allocation["kind"] != "joint_worker"
    ]
    return [row for row in rows if row is not None]


def _row(world: World, allocation: Row, post: Row, posts: list[Row]) -> CohortRow | None:
    ends = [each["to"] for each in (allocation, post) if each["to"] is not None and not is_out_of_order(each)]
    last = min(ends, default=None)
    first: dt.date = max(allocation["from"], post["from"])
    earlier = [other for other in posts if other["from"] < post["from"] and not is_out_of_order(other)]
    if any(other["to"] is None for other in earlier):
        return None
    while any(spell_holds(other, first) for other in earlier):
        first += DAY
    if last is not None and last < first:
        return None
    as_at = world.as_at(required=["staff", "allocations"]).on
    state: State = "counted" if first <= as_at else "not_yet_due"
    if is_out_of_order(allocation) or is_out_of_order(post):
        state = "not_computable"
    left = None if last is None else last + DAY
    case = f"{allocation['allocation_id']}|{post['from']}"
    return CohortRow(MEASURE, case, first, team_of(allocation), int(state == "counted"), 0, state, left)
