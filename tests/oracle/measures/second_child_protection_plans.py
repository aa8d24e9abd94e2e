"""Child protection plans of children who had been under one before."""

from tests.oracle.clocks import year_before
from tests.oracle.cohort_row import CohortRow
from tests.oracle.world import Coverage, Row, World, team_of

MEASURE = "second_child_protection_plans"


def second_child_protection_plans(world: World) -> list[CohortRow]:
    """Return a row per child protection plan."""
    if not world.is_loaded("plans"):
        return []
    coverage = world.coverage("plans")
    return [_row(world, plan, coverage) for plan in world.rows("plans") if plan["kind"] == "cp"]


def _row(world: World, plan: Row, coverage: Coverage) -> CohortRow:
    case, began, team = plan["plan_id"], plan["from"], team_of(plan)
    earlier = _earlier(world, plan)
    sound = [other for other in earlier if not _ends_too_early(other)]
    left_out = CohortRow.left_out(MEASURE, case, began, team, "not_computable")
    if began > world.taken_on("plans") or _ends_too_early(plan):
        return left_out
    if year_before(year_before(began)) < coverage.begins:
        return left_out
    if any(other["to"] is None or other["to"] >= began for other in sound):
        return left_out
    if earlier and not sound:
        return left_out
    return CohortRow.counted(MEASURE, case, began, team, met=bool(sound))


def _earlier(world: World, plan: Row) -> list[Row]:
    """Return the child protection plans of the child that came before, by their first day and then by their id."""
    return [
        other
        for other in world.rows("plans")
        if other["kind"] == "cp"
        and world.child(other["child_id"]) == world.child(plan["child_id"])
        and (other["from"], other["plan_id"]) < (plan["from"], plan["plan_id"])
    ]


def _ends_too_early(plan: Row) -> bool:
    return plan["to"] is not None and plan["to"] < plan["from"]
