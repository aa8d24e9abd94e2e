"""Children seen before their initial assessment was completed, and within its standard."""

import datetime as dt

from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.assessment_ends import ends_too_early, is_ahead, of_kind, settled_on, truly_terminated
from tests.oracle.measures.initial_assessments_within_7_working_days import MEASURE as STANDARD
from tests.oracle.measures.initial_assessments_within_7_working_days import clock_start
from tests.oracle.measures.standards import first_day_past
from tests.oracle.world import Row, World, team_of

MEASURE = "children_seen_in_initial_assessment"
DAYS = ("started_on", "completed_on", "terminated_on", "child_seen_on")


def children_seen_in_initial_assessment(world: World) -> list[CohortRow]:
    """Return a row per initial assessment that was completed, stood past its standard, or still may."""
    if not world.is_loaded("assessments", "referrals"):
        return []
    found = (_row(world, row) for row in of_kind(world, "initial"))
    return [row for row in found if row is not None]


def still_waits(world: World, row: CohortRow) -> bool:
    """Return whether the assessment is open and the child not seen."""
    assessment = world.row("assessments", row.case_id)
    return row.not_met and all(
        assessment[name] is None for name in ("child_seen_on", "completed_on", "terminated_on")
    )


def _row(world: World, assessment: Row) -> CohortRow | None:
    case, team, started = assessment["assessment_id"], team_of(assessment), assessment["started_on"]
    start = clock_start(world, assessment)
    past = first_day_past(world, STANDARD, start)
    late = None if past is None else max(past, started)
    on = settled_on(world, assessment, late)
    if on is None:
        return None
    if start is None or past is None or _is_odd(world, assessment, start):
        return CohortRow.left_out(MEASURE, case, on, team, "not_computable")
    if on == late and late > world.as_at(required=["assessments", "referrals"]).on:
        return CohortRow.left_out(MEASURE, case, on, team, "not_yet_due")
    seen = assessment["child_seen_on"]
    met = seen is not None and seen < past and not _seen_after_completion(world, assessment, seen)
    if met and (seen < min(started, start) or started < start):
        return CohortRow.left_out(MEASURE, case, on, team, "not_computable")
    return CohortRow.counted(MEASURE, case, on, team, met=met)


def _seen_after_completion(world: World, assessment: Row, seen: dt.date) -> bool:
    completed = assessment["completed_on"]
    return completed is not None and not truly_terminated(world, assessment) and seen > completed


def _is_odd(world: World, assessment: Row, start: dt.date) -> bool:
    starts_in = "referrals" if assessment["new_information_on"] is None else "assessments"
    completed = assessment["completed_on"]
    return (
        is_ahead(world, assessment, *DAYS)
        or start > world.taken_on(starts_in)
        or ends_too_early(assessment)
        or (completed is not None and completed < start)
    )
