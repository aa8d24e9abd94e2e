"""Police notifications that were passed on to the Assessment Service, of those screened."""

from tests.oracle.cohort_row import CohortRow
from tests.oracle.values import precedes
from tests.oracle.world import NO_TEAM, Row, World

MEASURE = "police_notifications_passed_on"


def police_notifications_passed_on(world: World) -> list[CohortRow]:
    """Return a row per police notification."""
    if not world.is_loaded("notifications"):
        return []
    return [_row(world, one) for one in world.rows("notifications") if one["kind"] == "merlin"]


def still_waits(world: World, row: CohortRow) -> bool:
    """Return whether nobody has screened a notification yet."""
    notification = world.row("notifications", row.case_id)
    return notification["screened_at"] is None and row.event_date <= world.taken_on("notifications")


def _row(world: World, notification: Row) -> CohortRow:
    case, received, screened = (notification[name] for name in ("notification_id", "received_at", "screened_at"))
    days = [moment.on for moment in (received, screened) if moment is not None]
    is_ahead = max(days) > world.taken_on("notifications")
    if is_ahead or screened is None or precedes(screened, received) or notification["outcome"] is None:
        return CohortRow.left_out(MEASURE, case, received.on, NO_TEAM, "not_computable")
    met = notification["outcome"] == "passed_on"
    return CohortRow.counted(MEASURE, case, received.on, NO_TEAM, met=met)
