"""Initial assessments completed within the working days that the standard in force allowed."""

import datetime as dt

from tests.oracle.clocks import working_days_from
from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.assessment_ends import of_kind, truly_terminated
from tests.oracle.measures.referral_order import of_same_child, order
from tests.oracle.measures.standards import days_allowed
from tests.oracle.world import Moment, Row, World, team_of

MEASURE = "initial_assessments_within_7_working_days"


def initial_assessments_within_7_working_days(world: World) -> list[CohortRow]:
    """Return a row per initial assessment completed and not terminated."""
    if not world.is_loaded("assessments", "referrals"):
        return []
    return [
        _row(world, assessment)
        for assessment in of_kind(world, "initial")
        if assessment["completed_on"] is not None and not truly_terminated(world, assessment)
    ]


def _row(world: World, assessment: Row) -> CohortRow:
    case, completed, team = assessment["assessment_id"], assessment["completed_on"], team_of(assessment)
    start = clock_start(world, assessment)
    allowed = None if start is None else days_allowed(world, MEASURE, start)
    if start is None or allowed is None or _is_impossible(world, assessment, start):
        return CohortRow.left_out(MEASURE, case, completed, team, "not_computable")
    in_time = working_days_from(start, completed) <= allowed
    if in_time and assessment["started_on"] < start:
        return CohortRow.left_out(MEASURE, case, completed, team, "not_computable")
    return CohortRow.counted(MEASURE, case, completed, team, met=in_time)


def _is_impossible(world: World, assessment: Row, start: dt.date) -> bool:
    if assessment["terminated_on"] is not None or assessment["completed_on"] < max(assessment["started_on"], start):
        return True
    starts_in = "referrals" if assessment["new_information_on"] is None else "assessments"
    return bool(assessment["completed_on"] > world.taken_on("assessments") or start > world.taken_on(starts_in))


def clock_start(world: World, assessment: Row) -> dt.date | None:
    """Return the day on which the clock started: new information, the referral named, or the latest of the child."""
    new_information: dt.date | None = assessment["new_information_on"]
    if new_information is not None:
        return new_information
    if assessment["referral_id"] is not None:
        answered = [row for row in world.rows("referrals") if row["referral_id"] == assessment["referral_id"]]
    else:
        answered = [
            referral
            for referral in of_same_child(world, assessment["child_id"])
            if referral["received_at"].on <= assessment["started_on"]
        ]
    if not answered:
        return None
    received: Moment = max(answered, key=order)["received_at"]
    return received.on
