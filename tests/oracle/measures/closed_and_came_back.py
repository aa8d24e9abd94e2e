"""Referrals closed by their decision whose child was referred again within 90 days of it."""

from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.referral_order import later_of_same_child
from tests.oracle.values import precedes
from tests.oracle.world import Moment, Row, World, team_of

MEASURE = "closed_and_came_back"
DAYS = 90


def closed_and_came_back(world: World) -> list[CohortRow]:
    """Return a row per referral closed without an assessment."""
    if not world.is_loaded("referrals"):
        return []
    as_at = world.as_at(required=["referrals"])
    return [
        _row(world, referral, as_at)
        for referral in world.rows("referrals")
        if referral["decided_at"] is not None
        and world.flagged("referral_decision", referral["decision"], "closes_case")
    ]


def _row(world: World, referral: Row, as_at: Moment) -> CohortRow:
    case, received, decided, team = (
        referral["referral_id"],
        referral["received_at"],
        referral["decided_at"],
        team_of(referral),
    )
    taken = world.taken_on("referrals")
    if max(received.on, decided.on) > taken or precedes(decided, received):
        return CohortRow.left_out(MEASURE, case, decided.on, team, "not_computable")
    since = [
        later["received_at"].on
        for later in later_of_same_child(world, referral)
        if not precedes(later["received_at"], decided)
    ]
    if any(day <= taken and (day - decided.on).days <= DAYS for day in since):
        return CohortRow.counted(MEASURE, case, decided.on, team, met=True)
    if any(day > taken for day in since):
        return CohortRow.left_out(MEASURE, case, decided.on, team, "not_computable")
    if (as_at.on - decided.on).days > DAYS:
        return CohortRow.counted(MEASURE, case, decided.on, team, met=False)
    return CohortRow.left_out(MEASURE, case, decided.on, team, "not_yet_due")
