"""Children who wait for an initial assessment past the standard, as spells."""

import datetime as dt

from tests.oracle.cohort_row import CohortRow, State
from tests.oracle.measures.initial_assessments_within_7_working_days import MEASURE as STANDARD
from tests.oracle.measures.initial_assessments_within_7_working_days import clock_start
from tests.oracle.measures.referrals_leading_to_initial_assessment import belongs_to
from tests.oracle.measures.standards import first_day_past
from tests.oracle.values import precedes
from tests.oracle.world import Moment, Row, World, team_of

MEASURE = "initial_assessments_overdue"


def initial_assessments_overdue(world: World) -> list[CohortRow]:
    """Return a row per assessment open past the standard, and per referral that waits for one to be begun."""
    if not world.is_loaded("referrals", "assessments"):
        return []
    as_at = world.as_at(required=["referrals", "assessments"]).on
    assessments = [row for row in world.rows("assessments") if row["kind"] == "initial"]
    referrals = [
        row
        for row in world.rows("referrals")
        if row["decision"] == "initial_assessment" and row["decided_at"] is not None
    ]
    found = [
        *(_of_assessment(world, row, as_at) for row in assessments),
        *(_of_referral(world, row, as_at) for row in referrals),
    ]
    return [row for row in found if row.left_on is None or row.left_on > row.event_date]


def _row(case: str, on: dt.date, team: str, state: State, left: dt.date | None) -> CohortRow:
    return CohortRow(MEASURE, case, on, team, int(state == "counted"), 0, state, left)


def _of_assessment(world: World, row: Row, as_at: dt.date) -> CohortRow:
    started, terminated, completed = row["started_on"], row["terminated_on"], row["completed_on"]
    start = clock_start(world, row)
    overdue = first_day_past(world, STANDARD, start)
    ends = [day for day in (completed, terminated) if day is not None]
    taken = world.taken_on("assessments")
    too_early = terminated is not None and terminated < started
    left = min(ends, default=None)
    entered = overdue or started
    if overdue is not None and started > overdue and (left is None or left >= started):
        entered = started
    starts_in = "referrals" if row["new_information_on"] is None else "assessments"
    is_ahead = (
        started > taken
        or any(day > taken for day in ends)
        or (start is not None and start > world.taken_on(starts_in))
    )
    if any(day > taken for day in ends):
        left = None
    elif too_early:
        left = completed
    state: State = "counted"
    if is_ahead or too_early or overdue is None:
        state = "not_computable"
    elif entered > as_at:
        state = "not_yet_due"
    return _row(row["assessment_id"], entered, team_of(row), state, left)


def _of_referral(world: World, row: Row, as_at: dt.date) -> CohortRow:
    received, decided, closed = row["received_at"], row["decided_at"], row["closed_on"]
    begun = [one["started_on"] for one in world.rows("assessments") if belongs_to(world, one, row)]
    taken = world.taken_on("referrals")
    overdue = first_day_past(world, STANDARD, received.on)
    waits_from = decided.on if overdue is None else max(overdue, decided.on)
    closed_ahead = closed is not None and closed > taken
    closed_early = closed is not None and closed < received.on
    is_odd = (
        _is_ahead(world, begun, received, decided, taken)
        or closed_ahead
        or closed_early
        or precedes(decided, received)
        or any(day < received.on for day in begun)
        or overdue is None
    )
    if closed_ahead or closed_early:
        left = min(begun) if begun and min(begun) >= received.on else None
    elif is_odd:
        left = closed
    else:
        left = min([*begun, *([] if closed is None else [closed])], default=None)
    state: State = "not_computable" if is_odd else "not_yet_due" if waits_from > as_at else "counted"
    return _row(row["referral_id"], waits_from, team_of(row), state, left)


def _is_ahead(world: World, begun: list[dt.date], received: Moment, decided: Moment, taken: dt.date) -> bool:
    return max(received.on, decided.on) > taken or any(day > world.taken_on("assessments") for day in begun)
