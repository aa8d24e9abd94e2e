"""Assessments that repeat another of the same kind completed in the 12 months before."""

import datetime as dt

from tests.oracle.clocks import year_before
from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.assessment_ends import ends_too_early, is_ahead, truly_terminated
from tests.oracle.world import Row, World, team_of

MEASURE = "repeat_assessments_within_12_months"


def repeat_assessments_within_12_months(world: World) -> list[CohortRow]:
    """Return a row per assessment completed and not terminated."""
    if not world.is_loaded("assessments"):
        return []
    completed = [row for row in world.rows("assessments") if row["completed_on"] is not None]
    begins = world.coverage("assessments").begins
    return [_row(world, row, completed, begins) for row in completed if not truly_terminated(world, row)]


def _row(world: World, assessment: Row, completed: list[Row], begins: dt.date) -> CohortRow:
    case, on, team = assessment["assessment_id"], assessment["completed_on"], team_of(assessment)
    since = year_before(on)
    is_odd = is_ahead(world, assessment, "completed_on", "terminated_on") or ends_too_early(assessment)
    if is_odd or since < begins:
        return CohortRow.left_out(MEASURE, case, on, team, "not_computable")
    is_repeat = any(_repeats(world, assessment, other, since) for other in completed)
    return CohortRow.counted(MEASURE, case, on, team, met=is_repeat)


def _repeats(world: World, assessment: Row, other: Row, since: dt.date) -> bool:
    return (
        world.child(other["child_id"]) == world.child(assessment["child_id"])
        and other["kind"] == assessment["kind"]
        and other["terminated_on"] is None
        and other["completed_on"] >= max(since, other["started_on"])
        and _order(other) < _order(assessment)
    )


def _order(assessment: Row) -> tuple[dt.date, str]:
    return (assessment["completed_on"], assessment["assessment_id"])
