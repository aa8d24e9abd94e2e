"""Referrals below the threshold whose child had a CAF within 20 working days of the decision."""

import datetime as dt

from tests.oracle.clocks import working_days_from
from tests.oracle.cohort_row import CohortRow
from tests.oracle.values import precedes
from tests.oracle.world import Moment, Row, World, team_of

MEASURE = "below_threshold_supported_to_caf"
DAYS_ALLOWED = 20


def below_threshold_supported_to_caf(world: World) -> list[CohortRow]:
    """Return a row per referral decided as below the threshold."""
    if not world.is_loaded("referrals", "cafs"):
        return []
    as_at = world.as_at(required=["referrals", "cafs"])
    return [
        _row(world, referral, as_at)
        for referral in world.rows("referrals")
        if referral["decided_at"] is not None
        and world.flagged("referral_decision", referral["decision"], "below_threshold")
    ]


def _row(world: World, referral: Row, as_at: Moment) -> CohortRow:
    case, decided, team = referral["referral_id"], referral["decided_at"].on, team_of(referral)
    if precedes(referral["decided_at"], referral["received_at"]) or decided > world.taken_on("referrals"):
        return CohortRow.left_out(MEASURE, case, decided, team, "not_computable")
    child = world.child(referral["child_id"])
    cafs = [caf for caf in world.rows("cafs") if world.child(caf["child_id"]) == child]
    possible = [caf for caf in cafs if not _is_impossible(world, caf)]
    if any(_supports(caf, decided) for caf in possible):
        return CohortRow.counted(MEASURE, case, decided, team, met=True)
    if len(possible) < len(cafs):
        return CohortRow.left_out(MEASURE, case, decided, team, "not_computable")
    if working_days_from(decided, as_at.on) > DAYS_ALLOWED:
        return CohortRow.counted(MEASURE, case, decided, team, met=False)
    return CohortRow.left_out(MEASURE, case, decided, team, "not_yet_due")


def _is_impossible(world: World, caf: Row) -> bool:
    started, closed = caf["started_on"], caf["closed_on"]
    if started is None:
        return False
    return started > world.taken_on("cafs") or (closed is not None and closed < started)


def _supports(caf: Row, decided: dt.date) -> bool:
    if caf["started_on"] is None or (caf["closed_on"] is not None and caf["closed_on"] < decided):
        return False
    return working_days_from(decided, caf["started_on"]) <= DAYS_ALLOWED
