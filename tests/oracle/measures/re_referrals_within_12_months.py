"""Referrals of children who had been referred in the 12 months before."""

from tests.oracle.clocks import year_before
from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.referral_order import earlier_of_same_child
from tests.oracle.world import Coverage, Row, World, team_of

MEASURE = "re_referrals_within_12_months"


def re_referrals_within_12_months(world: World) -> list[CohortRow]:
    """Return a row per referral."""
    if not world.is_loaded("referrals"):
        return []
    coverage = world.coverage("referrals")
    return [_row(world, referral, coverage) for referral in world.rows("referrals")]


def _row(world: World, referral: Row, coverage: Coverage) -> CohortRow:
    case, received, team = referral["referral_id"], referral["received_at"].on, team_of(referral)
    since = year_before(received)
    if since < coverage.begins or received > world.taken_on("referrals"):
        return CohortRow.left_out(MEASURE, case, received, team, "not_computable")
    came_back = any(earlier["received_at"].on >= since for earlier in earlier_of_same_child(world, referral))
    return CohortRow.counted(MEASURE, case, received, team, met=came_back)
