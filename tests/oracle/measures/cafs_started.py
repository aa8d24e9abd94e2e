"""Common assessments started."""

from data_access.extracts import NO_TEAM
from tests.oracle.cohort_row import CohortRow
from tests.oracle.world import Row, World, team_of

MEASURE = "cafs_started"


def cafs_started(world: World) -> list[CohortRow]:
    """Return a row per CAF started; the count stands in the numerator."""
    if not world.is_loaded("cafs"):
        return []
    return [_row(world, caf) for caf in world.rows("cafs") if caf["started_on"] is not None]


def _row(world: World, caf: Row) -> CohortRow:
    started, team = caf["started_on"], _team(world, caf)
    if started > world.taken_on("cafs"):
        return CohortRow.left_out(MEASURE, caf["caf_id"], started, team, "not_computable")
    return CohortRow(MEASURE, caf["caf_id"], started, team, 1, 0, "counted")


def _team(world: World, caf: Row) -> str:
    for referral in world.rows("referrals"):
        if referral["referral_id"] == caf["referral_id"]:
            return team_of(referral)
    return NO_TEAM
