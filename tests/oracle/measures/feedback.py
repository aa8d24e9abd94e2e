"""Complaints and compliments by the day of receipt."""

from tests.oracle.cohort_row import CohortRow
from tests.oracle.world import World, team_of


def received(world: World, measure: str, kind: str) -> list[CohortRow]:
    """Return a row per complaint or compliment; the count stands in the numerator."""
    if not world.is_loaded("feedback"):
        return []
    rows = []
    for row in world.rows("feedback"):
        if row["kind"] != kind:
            continue
        case, on, team = row["feedback_id"], row["received_on"], team_of(row)
        if on > world.taken_on("feedback"):
            rows.append(CohortRow.left_out(measure, case, on, team, "not_computable"))
        else:
            rows.append(CohortRow(measure, case, on, team, 1, 0, "counted"))
    return rows
