"""Staff who know their service's plan, of those who answered."""

from tests.oracle.cohort_row import CohortRow
from tests.oracle.world import NO_TEAM, Row, World, team_of

MEASURE = "staff_aware_of_service_plan"


def staff_aware_of_service_plan(world: World) -> list[CohortRow]:
    """Return a row per survey and team; of all teams together only where a survey gives none by itself."""
    if not world.is_loaded("surveys"):
        return []
    asked = [row for row in world.rows("surveys") if row["question"] == "aware_of_service_plan"]
    by_team = {row["survey"] for row in asked if team_of(row) != NO_TEAM}
    return [_row(world, row) for row in asked if team_of(row) != NO_TEAM or row["survey"] not in by_team]


def _row(world: World, row: Row) -> CohortRow:
    case, on, team = f"{row['survey']}|{team_of(row)}", row["asked_on"], team_of(row)
    if on > world.taken_on("surveys") or row["agreed"] > row["answered"]:
        return CohortRow.left_out(MEASURE, case, on, team, "not_computable")
    return CohortRow(MEASURE, case, on, team, row["agreed"], row["answered"], "counted")
