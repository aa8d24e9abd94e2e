"""Visits due under a plan, and whether they were made by then."""

import datetime as dt

from tests.oracle.clocks import DAY, is_working_day
from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.spells import is_out_of_order, spell_holds
from tests.oracle.world import Row, World, team_of

MEASURE = "visits_made_on_time"


def visits_made_on_time(world: World) -> list[CohortRow]:
    """Return a row per visit that was due, and per plan that asks for a visit that nobody planned."""
    if not world.is_loaded("plans", "visits"):
        return []
    visits = [_of_visit(world, visit) for visit in world.rows("visits")]
    plans = [_of_plan(world, plan) for plan in world.rows("plans")]
    return [row for row in (*visits, *plans) if row is not None]


def still_waits(world: World, row: CohortRow) -> bool:
    """Return whether the child wasn't visited since a visit was due, and the plan hasn't ended."""
    visits = {visit["visit_id"] for visit in world.rows("visits") if _nobody_came(world, visit)}
    plans = {next_visit_of(plan) for plan in world.rows("plans") if not _has_ended(world, plan)}
    return row.not_met and row.case_id in visits | plans


def _nobody_came(world: World, visit: Row) -> bool:
    plan = _plan_of(world, visit)
    due = _due(world, visit, plan)
    if visit["made_on"] is not None or due is None or _has_ended(world, plan):
        return False
    return all(day < due for day in _seen(world, visit["child_id"]))


def _has_ended(world: World, plan: Row | None) -> bool:
    return plan is not None and plan["to"] is not None and plan["to"] < _on(world)


def next_visit_of(plan: Row) -> str:
    """Return what the visit that a plan asks for next is called where nobody planned it."""
    return f"{plan['plan_id']}|next visit"


def _seen(world: World, child_id: str) -> list[dt.date]:
    child, taken = world.child(child_id), world.taken_on("visits")
    return [
        visit["made_on"]
        for visit in world.rows("visits")
        if world.child(visit["child_id"]) == child and visit["made_on"] is not None and visit["made_on"] <= taken
    ]


def _plan_of(world: World, visit: Row) -> Row | None:
    plans = world.rows("plans")
    if visit["plan_id"] is not None:
        return next((plan for plan in plans if plan["plan_id"] == visit["plan_id"]), None)
    day = visit["due_on"] or visit["made_on"]
    if day is None:
        return None
    child = world.child(visit["child_id"])
    held = [plan for plan in plans if world.child(plan["child_id"]) == child and spell_holds(plan, day)]
    return max(held, key=lambda plan: (plan["from"], plan["plan_id"]), default=None)


def _after(day: dt.date, working_days: int) -> dt.date:
    while working_days:
        day += DAY
        working_days -= is_working_day(day)
    return day


def _due(world: World, visit: Row, plan: Row | None) -> dt.date | None:
    if visit["due_on"] is not None:
        return visit["due_on"]
    if plan is None or plan["visit_every_working_days"] is None:
        return None
    made = visit["made_on"]
    before = [day for day in _seen(world, visit["child_id"]) if made is not None and plan["from"] <= day < made]
    return _after(max(before, default=plan["from"]), plan["visit_every_working_days"])


def _on(world: World) -> dt.date:
    return world.as_at(required=["plans", "visits"]).on


def _of_visit(world: World, visit: Row) -> CohortRow | None:
    plan, made = _plan_of(world, visit), visit["made_on"]
    due = _due(world, visit, plan)
    if made is not None and made > world.taken_on("visits"):
        return CohortRow.left_out(MEASURE, visit["visit_id"], due or made, team_of(visit), "not_computable")
    if due is None:
        return None
    case = visit["visit_id"], due, team_of(visit)
    if plan is not None:
        if is_out_of_order(plan):
            return CohortRow.left_out(MEASURE, *case, "not_computable")
        if plan["to"] is not None and due > plan["to"]:
            return None
        if due < plan["from"] or (made is not None and made < plan["from"]):
            return CohortRow.left_out(MEASURE, *case, "not_computable")
    if made is None and due >= _on(world):
        return CohortRow.left_out(MEASURE, *case, "not_yet_due")
    return CohortRow.counted(MEASURE, *case, met=made is not None and made <= due)


def _of_plan(world: World, plan: Row) -> CohortRow | None:
    if plan["visit_every_working_days"] is None:
        return None
    last = max([day for day in _seen(world, plan["child_id"]) if day >= plan["from"]], default=plan["from"])
    due, taken = _after(last, plan["visit_every_working_days"]), world.taken_on("visits")
    child = world.child(plan["child_id"])
    if any(
        visit["due_on"] is not None
        and visit["due_on"] > last
        and (visit["made_on"] is None or visit["made_on"] > taken)
        and world.child(visit["child_id"]) == child
        for visit in world.rows("visits")
    ):
        return None
    case = next_visit_of(plan), due, team_of(plan)
    if is_out_of_order(plan):
        return CohortRow.left_out(MEASURE, *case, "not_computable")
    if plan["to"] is not None and plan["to"] < due:
        return None
    if due >= _on(world):
        return CohortRow.left_out(MEASURE, *case, "not_yet_due")
    return CohortRow.counted(MEASURE, *case, met=False)
