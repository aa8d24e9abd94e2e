"""Decided referrals whose referrer was told the outcome within 5 working days of the decision."""

from tests.oracle.clocks import working_days_from
from tests.oracle.cohort_row import CohortRow
from tests.oracle.values import precedes
from tests.oracle.world import Moment, Row, World, team_of

MEASURE = "referrers_told_the_outcome"
DAYS_ALLOWED = 5


def referrers_told_the_outcome(world: World) -> list[CohortRow]:
    """Return a row per decided referral on which a reply is owed."""
    if not world.is_loaded("referrals"):
        return []
    as_at = world.as_at(required=["referrals"])
    return [
        _row(world, referral, as_at)
        for referral in world.rows("referrals")
        if referral["decided_at"] is not None and _is_owed(referral)
    ]


def _is_owed(referral: Row) -> bool:
    if referral["reply_owed"] is None:
        return referral["source"] not in {"self", "anonymous"}
    return bool(referral["reply_owed"])


def _row(world: World, referral: Row, as_at: Moment) -> CohortRow:
    received, decided, told = (referral[name] for name in ("received_at", "decided_at", "referrer_told_at"))
    case, team = referral["referral_id"], team_of(referral)
    taken = world.taken_on("referrals")
    if any(moment is not None and moment.on > taken for moment in (received, decided, told)):
        return CohortRow.left_out(MEASURE, case, decided.on, team, "not_computable")
    if precedes(decided, received) or (told is not None and precedes(told, decided)):
        return CohortRow.left_out(MEASURE, case, decided.on, team, "not_computable")
    if told is not None and working_days_from(decided.on, told.on) <= DAYS_ALLOWED:
        return CohortRow.counted(MEASURE, case, decided.on, team, met=True)
    if working_days_from(decided.on, as_at.on) > DAYS_ALLOWED:
        return CohortRow.counted(MEASURE, case, decided.on, team, met=False)
    return CohortRow.left_out(MEASURE, case, decided.on, team, "not_yet_due")
