"""Core assessments completed within the working days that the standard in force allowed from their start."""

from tests.oracle.clocks import working_days_from
from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.assessment_ends import ends_too_early, is_ahead, of_kind, truly_terminated
from tests.oracle.measures.standards import days_allowed
from tests.oracle.world import Row, World, team_of

MEASURE = "core_assessments_within_35_working_days"


def core_assessments_within_35_working_days(world: World) -> list[CohortRow]:
    """Return a row per core assessment completed and not terminated."""
    if not world.is_loaded("assessments"):
        return []
    return [
        _row(world, row)
        for row in of_kind(world, "core")
        if row["completed_on"] is not None and not truly_terminated(world, row)
    ]


def _row(world: World, assessment: Row) -> CohortRow:
    case, completed, team = assessment["assessment_id"], assessment["completed_on"], team_of(assessment)
    allowed = days_allowed(world, MEASURE, assessment["started_on"])
    is_odd = is_ahead(world, assessment, "completed_on", "terminated_on") or ends_too_early(assessment)
    if is_odd or allowed is None:
        return CohortRow.left_out(MEASURE, case, completed, team, "not_computable")
    in_time = working_days_from(assessment["started_on"], completed) <= allowed
    return CohortRow.counted(MEASURE, case, completed, team, met=in_time)
