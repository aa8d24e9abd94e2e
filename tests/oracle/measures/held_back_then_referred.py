"""Police notifications held back, and whether the child was referred within 90 days."""

from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.referral_order import of_same_child, order
from tests.oracle.values import precedes
from tests.oracle.world import NO_TEAM, Row, World

MEASURE = "held_back_then_referred"


def held_back_then_referred(world: World) -> list[CohortRow]:
    """Return a row per police notification held back."""
    if not world.is_loaded("notifications", "referrals"):
        return []
    return [
        _row(world, notification)
        for notification in world.rows("notifications")
        if notification["kind"] == "merlin"
        and notification["outcome"] == "held_back"
        and notification["screened_at"] is not None
    ]


def _row(world: World, notification: Row) -> CohortRow:
    case, received, screened = (notification[name] for name in ("notification_id", "received_at", "screened_at"))
    left_out = CohortRow.left_out(MEASURE, case, screened.on, NO_TEAM, "not_computable")
    if max(received.on, screened.on) > world.taken_on("notifications") or precedes(screened, received):
        return left_out
    if notification["child_id"] is None:
        return left_out
    later = [
        referral
        for referral in of_same_child(world, notification["child_id"])
        if referral["received_at"].on >= screened.on and not precedes(referral["received_at"], screened)
    ]
    referred = min(later, key=order)["received_at"].on if later else None
    if referred is not None and referred > world.taken_on("referrals"):
        return left_out
    today = world.as_at(required=["notifications", "referrals"]).on
    if (today - screened.on).days <= 90:
        return CohortRow.left_out(MEASURE, case, screened.on, NO_TEAM, "not_yet_due")
    met = referred is not None and (referred - screened.on).days <= 90
    return CohortRow.counted(MEASURE, case, screened.on, NO_TEAM, met=met)
