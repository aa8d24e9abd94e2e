"""Referrals decided on or before the first working day after first receipt."""

import datetime as dt

from tests.oracle.clocks import DAY, is_working_day
from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.decisions_within_24_hours import first_receipt, is_dated_ahead
from tests.oracle.values import precedes
from tests.oracle.world import Moment, Row, World, team_of

MEASURE = "decisions_within_one_working_day"


def decisions_within_one_working_day(world: World) -> list[CohortRow]:
    """Return a row per referral."""
    if not world.is_loaded("referrals"):
        return []
    as_at = world.as_at(required=["referrals"], optional=["contacts"])
    return [_row(world, referral, as_at) for referral in world.rows("referrals")]


def still_waits(world: World, row: CohortRow) -> bool:
    """Return whether a late referral has no decision yet."""
    return row.not_met and world.row("referrals", row.case_id)["decided_at"] is None


def _row(world: World, referral: Row, as_at: Moment) -> CohortRow:
    case, team = referral["referral_id"], team_of(referral)
    received, decided = referral["received_at"], referral["decided_at"]
    first = first_receipt(world, referral)
    due = _next_working_day(first.on)
    if is_dated_ahead(world, referral):
        return CohortRow.left_out(MEASURE, case, first.on, team, "not_computable")
    if decided is None:
        if as_at.on > due:
            return CohortRow.counted(MEASURE, case, first.on, team, met=False)
        return CohortRow.left_out(MEASURE, case, first.on, team, "not_yet_due")
    if precedes(decided, first) or precedes(decided, received):
        return CohortRow.left_out(MEASURE, case, first.on, team, "not_computable")
    if decided.on <= due and precedes(received, first):
        return CohortRow.left_out(MEASURE, case, first.on, team, "not_computable")
    return CohortRow.counted(MEASURE, case, first.on, team, met=decided.on <= due)


def _next_working_day(day: dt.date) -> dt.date:
    day += DAY
    while not is_working_day(day):
        day += DAY
    return day
