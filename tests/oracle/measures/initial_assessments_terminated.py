"""Initial assessments terminated, of those that ended."""

from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.assessment_ends import is_ahead, of_kind
from tests.oracle.world import Row, World, team_of

MEASURE = "initial_assessments_terminated"


def initial_assessments_terminated(world: World) -> list[CohortRow]:
    """Return a row per initial assessment completed or terminated."""
    if not world.is_loaded("assessments"):
        return []
    return [
        _row(world, row)
        for row in of_kind(world, "initial")
        if row["completed_on"] is not None or row["terminated_on"] is not None
    ]


def _row(world: World, assessment: Row) -> CohortRow:
    case, team, terminated = assessment["assessment_id"], team_of(assessment), assessment["terminated_on"]
    ended = assessment["completed_on"] if terminated is None else terminated
    if is_ahead(world, assessment, "completed_on", "terminated_on") or ended < assessment["started_on"]:
        return CohortRow.left_out(MEASURE, case, ended, team, "not_computable")
    return CohortRow.counted(MEASURE, case, ended, team, met=terminated is not None)
