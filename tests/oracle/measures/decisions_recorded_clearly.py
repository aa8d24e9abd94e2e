"""Referral decisions that say who decided, at a manager's grade, what was decided, and why."""

from tests.oracle.cohort_row import CohortRow
from tests.oracle.values import precedes
from tests.oracle.world import Row, World, team_of

MEASURE = "decisions_recorded_clearly"


def decisions_recorded_clearly(world: World) -> list[CohortRow]:
    """Return a row per referral decided."""
    if not world.is_loaded("referrals"):
        return []
    return [_row(world, referral) for referral in world.rows("referrals") if referral["decided_at"] is not None]


def _row(world: World, referral: Row) -> CohortRow:
    case, received, decided, team = (
        referral["referral_id"],
        referral["received_at"],
        referral["decided_at"],
        team_of(referral),
    )
    if max(received.on, decided.on) > world.taken_on("referrals") or precedes(decided, received):
        return CohortRow.left_out(MEASURE, case, decided.on, team, "not_computable")
    by_a_manager = world.flagged("role", referral["decided_by_role"], "manager_grade")
    clear = by_a_manager and referral["decision"] is not None and referral["reason"] is not None
    return CohortRow.counted(MEASURE, case, decided.on, team, met=clear)
