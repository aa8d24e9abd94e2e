"""Children who wait for a core assessment past the standard, as spells."""

import datetime as dt

from tests.oracle.cohort_row import CohortRow, State
from tests.oracle.measures.assessment_ends import ended_on, ends_too_early, is_ahead, of_kind
from tests.oracle.measures.core_assessments_within_35_working_days import MEASURE as STANDARD
from tests.oracle.measures.standards import first_day_past
from tests.oracle.world import Row, World, team_of

MEASURE = "core_assessments_overdue"


def core_assessments_overdue(world: World) -> list[CohortRow]:
    """Return a row per core assessment open past the standard, or that will be."""
    if not world.is_loaded("assessments"):
        return []
    as_at = world.as_at(required=["assessments"]).on
    found = [_row(world, row, as_at) for row in of_kind(world, "core")]
    return [row for row in found if row.left_on is None or row.left_on > row.event_date]


def _row(world: World, assessment: Row, as_at: dt.date) -> CohortRow:
    started = assessment["started_on"]
    past = first_day_past(world, STANDARD, started)
    on = past or started
    is_odd = is_ahead(world, assessment, "started_on", "completed_on", "terminated_on") or ends_too_early(assessment)
    state: State = "not_computable" if is_odd or past is None else "not_yet_due" if on > as_at else "counted"
    left = ended_on(world, assessment)
    counts = int(state == "counted")
    return CohortRow(MEASURE, assessment["assessment_id"], on, team_of(assessment), counts, 0, state, left)
