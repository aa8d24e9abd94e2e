"""Multi-agency referral forms received."""

from tests.oracle.cohort_row import CohortRow
from tests.oracle.world import NO_TEAM, Row, World

MEASURE = "marfs_received"


def marfs_received(world: World) -> list[CohortRow]:
    """Return a row per form; the count stands in the numerator."""
    if not world.is_loaded("notifications"):
        return []
    return [_row(world, form) for form in world.rows("notifications") if form["kind"] == "marf"]


def _row(world: World, form: Row) -> CohortRow:
    case, received = form["notification_id"], form["received_at"].on
    if received > world.taken_on("notifications"):
        return CohortRow.left_out(MEASURE, case, received, NO_TEAM, "not_computable")
    return CohortRow(MEASURE, case, received, NO_TEAM, 1, 0, "counted")
