"""Visits made, and whether they were written up within 2 working days."""

from tests.oracle.clocks import working_days_from
from tests.oracle.cohort_row import CohortRow
from tests.oracle.world import Row, World, team_of

MEASURE = "visits_written_up"
WORKING_DAYS = 2


def visits_written_up(world: World) -> list[CohortRow]:
    """Return a row per visit made."""
    if not world.is_loaded("visits"):
        return []
    return [_row(world, visit) for visit in world.rows("visits") if visit["made_on"] is not None]


def still_waits(world: World, row: CohortRow) -> bool:
    """Return whether nobody has written the visit up."""
    return row.not_met and world.row("visits", row.case_id)["recorded_on"] is None


def _row(world: World, visit: Row) -> CohortRow:
    made, recorded = visit["made_on"], visit["recorded_on"]
    case = visit["visit_id"], made, team_of(visit)
    taken = world.taken_on("visits")
    if made > taken or (recorded is not None and not made <= recorded <= taken):
        return CohortRow.left_out(MEASURE, *case, "not_computable")
    in_time = working_days_from(made, recorded or world.as_at(required=["visits"]).on) <= WORKING_DAYS
    if in_time and recorded is None:
        return CohortRow.left_out(MEASURE, *case, "not_yet_due")
    return CohortRow.counted(MEASURE, *case, met=in_time)
