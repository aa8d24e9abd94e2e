"""Children whom nobody has seen in an open initial assessment, as spells."""

import datetime as dt

from tests.oracle.cohort_row import CohortRow, State
from tests.oracle.measures.assessment_ends import can_be, ended_on, ends_too_early, is_ahead, of_kind
from tests.oracle.measures.initial_assessments_within_7_working_days import clock_start
from tests.oracle.world import Row, World, team_of

MEASURE = "children_not_yet_seen"
DAYS = ("started_on", "completed_on", "terminated_on", "child_seen_on")


def children_not_yet_seen(world: World) -> list[CohortRow]:
    """Return a row per initial assessment at the end of whose first day the child had not been seen."""
    if not world.is_loaded("assessments", "referrals"):
        return []
    as_at = world.as_at(required=["assessments", "referrals"]).on
    found = [_row(world, row, as_at) for row in of_kind(world, "initial")]
    return [row for row in found if row.left_on is None or row.left_on > row.event_date]


def _row(world: World, assessment: Row, as_at: dt.date) -> CohortRow:
    started, seen = assessment["started_on"], assessment["child_seen_on"]
    start = clock_start(world, assessment)
    since = started if start is None else min(started, start)
    ended = ended_on(world, assessment)
    ends = [*([seen] if can_be(world, seen, since) else []), *([] if ended is None else [ended])]
    seen_too_early = seen is not None and seen < since
    is_odd = is_ahead(world, assessment, *DAYS) or ends_too_early(assessment) or seen_too_early
    state: State = "not_computable" if is_odd else "not_yet_due" if started > as_at else "counted"
    counts = int(state == "counted")
    case, team = assessment["assessment_id"], team_of(assessment)
    return CohortRow(MEASURE, case, started, team, counts, 0, state, min(ends, default=None))
