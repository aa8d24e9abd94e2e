"""Police notifications of domestic violence for which the police had assessed the risk."""

from tests.oracle.cohort_row import CohortRow
from tests.oracle.world import NO_TEAM, Row, World

MEASURE = "police_notifications_risk_assessed"


def police_notifications_risk_assessed(world: World) -> list[CohortRow]:
    """Return a row per police notification of domestic violence."""
    if not world.is_loaded("notifications"):
        return []
    return [
        _row(world, notification)
        for notification in world.rows("notifications")
        if notification["kind"] == "merlin" and notification["domestic_violence"] is True
    ]


def _row(world: World, notification: Row) -> CohortRow:
    case, received, assessed = (
        notification["notification_id"],
        notification["received_at"].on,
        notification["risk_assessed"],
    )
    if received > world.taken_on("notifications") or assessed is None:
        return CohortRow.left_out(MEASURE, case, received, NO_TEAM, "not_computable")
    return CohortRow.counted(MEASURE, case, received, NO_TEAM, met=assessed)
