"""Child protection reviews held by the day on which they were due."""

import datetime as dt

from tests.oracle.cohort_row import CohortRow
from tests.oracle.world import NO_TEAM, Row, World, team_of

MEASURE = "child_protection_reviews_on_time"


def child_protection_reviews_on_time(world: World) -> list[CohortRow]:
    """Return a row per review conference, due or held."""
    if not world.is_loaded("conferences"):
        return []
    return [
        _row(world, review)
        for review in world.rows("conferences")
        if review["kind"] == "review" and (review["due_on"] or review["held_on"]) is not None
    ]


def still_waits(world: World, row: CohortRow) -> bool:
    """Return whether an overdue review has not been held yet."""
    return row.not_met and world.row("conferences", row.case_id)["held_on"] is None


def _row(world: World, review: Row) -> CohortRow:
    case, due, held = (review[name] for name in ("conference_id", "due_on", "held_on"))
    dated = held if due is None else due
    team = _team(world, review, dated)
    if due is None or (held is not None and held > world.taken_on("conferences")):
        return CohortRow.left_out(MEASURE, case, dated, team, "not_computable")
    if held is None and due >= world.as_at(required=["conferences"], optional=["plans"]).on:
        return CohortRow.left_out(MEASURE, case, dated, team, "not_yet_due")
    return CohortRow.counted(MEASURE, case, dated, team, met=held is not None and held <= due)


def _team(world: World, review: Row, dated: dt.date) -> str:
    plans = [
        plan
        for plan in world.rows("plans")
        if plan["kind"] == "cp"
        and plan["from"] <= dated
        and world.child(plan["child_id"]) == world.child(review["child_id"])
    ]
    if not plans:
        return NO_TEAM
    return team_of(max(plans, key=lambda plan: (plan["from"], plan["plan_id"])))
