"""Housing's notices that became referrals."""

from tests.oracle.cohort_row import CohortRow
from tests.oracle.world import NO_TEAM, Row, World, team_of

MEASURE = "housing_notify_referrals"


def housing_notify_referrals(world: World) -> list[CohortRow]:
    """Return a row per notice that became a referral; the count stands in the numerator."""
    if not world.is_loaded("notifications"):
        return []
    return [
        _row(world, notice)
        for notice in world.rows("notifications")
        if notice["kind"] == "notify" and notice["referral_id"] is not None
    ]


def _row(world: World, notice: Row) -> CohortRow:
    case, received, team = notice["notification_id"], notice["received_at"].on, NO_TEAM
    impossible = received > world.taken_on("notifications")
    for referral in world.rows("referrals"):
        if referral["referral_id"] == notice["referral_id"]:
            team = team_of(referral)
            day = referral["received_at"].on
            impossible = impossible or day > world.taken_on("referrals") or day < received
    if impossible:
        return CohortRow.left_out(MEASURE, case, received, team, "not_computable")
    return CohortRow(MEASURE, case, received, team, 1, 0, "counted")
