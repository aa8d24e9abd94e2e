"""Initial assessments completed, and referrals received: two counts that make one ratio."""

from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.assessment_ends import of_kind, truly_terminated
from tests.oracle.world import Row, World, team_of

MEASURE = "initial_assessments_per_referral"


def initial_assessments_per_referral(world: World) -> list[CohortRow]:
    """Return a row per initial assessment completed and not terminated, and one per referral."""
    if not world.is_loaded("assessments", "referrals"):
        return []
    return [
        *(_received(world, referral) for referral in world.rows("referrals")),
        *(
            _completed(world, assessment)
            for assessment in of_kind(world, "initial")
            if assessment["completed_on"] is not None and not truly_terminated(world, assessment)
        ),
    ]


def _received(world: World, referral: Row) -> CohortRow:
    case, on, team = referral["referral_id"], referral["received_at"].on, team_of(referral)
    if on > world.taken_on("referrals"):
        return CohortRow.left_out(MEASURE, case, on, team, "not_computable")
    return CohortRow(MEASURE, case, on, team, 0, 1, "counted")


def _completed(world: World, assessment: Row) -> CohortRow:
    case, on, team = assessment["assessment_id"], assessment["completed_on"], team_of(assessment)
    is_ahead = on > world.taken_on("assessments")
    if assessment["terminated_on"] is not None or on < assessment["started_on"] or is_ahead:
        return CohortRow.left_out(MEASURE, case, on, team, "not_computable")
    return CohortRow(MEASURE, case, on, team, 1, 0, "counted")
