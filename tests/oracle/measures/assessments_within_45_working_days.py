"""Single assessments completed within the working days that the standard in force allowed from their start."""

from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.assessment_ends import ends_too_early, is_ahead, of_kind, settled_on
from tests.oracle.measures.standards import first_day_past
from tests.oracle.world import Row, World, team_of

MEASURE = "assessments_within_45_working_days"


def assessments_within_45_working_days(world: World) -> list[CohortRow]:
    """Return a row per single assessment that was completed, stood past its standard, or still may."""
    if not world.is_loaded("assessments"):
        return []
    found = (_row(world, row) for row in of_kind(world, "single"))
    return [row for row in found if row is not None]


def still_waits(world: World, row: CohortRow) -> bool:
    """Return whether nothing has ended the assessment."""
    assessment = world.row("assessments", row.case_id)
    return row.not_met and assessment["completed_on"] is None and assessment["terminated_on"] is None


def _row(world: World, assessment: Row) -> CohortRow | None:
    case, team = assessment["assessment_id"], team_of(assessment)
    past = first_day_past(world, MEASURE, assessment["started_on"])
    on = settled_on(world, assessment, past)
    if on is None:
        return None
    is_odd = is_ahead(world, assessment, "started_on", "completed_on", "terminated_on") or ends_too_early(assessment)
    if is_odd or past is None:
        return CohortRow.left_out(MEASURE, case, on, team, "not_computable")
    if on == past and past > world.as_at(required=["assessments"]).on:
        return CohortRow.left_out(MEASURE, case, on, team, "not_yet_due")
    return CohortRow.counted(MEASURE, case, on, team, met=on < past)
