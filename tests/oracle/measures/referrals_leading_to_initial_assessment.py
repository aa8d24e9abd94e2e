"""Referrals on cases not already open that led to an initial assessment within 10 working days."""

import datetime as dt

from tests.oracle.clocks import working_days_from
from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.referral_order import earlier_of_same_child, later_of_same_child
from tests.oracle.values import precedes
from tests.oracle.world import Moment, Row, World, team_of

MEASURE = "referrals_leading_to_initial_assessment"
DAYS_ALLOWED = 10


def referrals_leading_to_initial_assessment(world: World) -> list[CohortRow]:
    """Return a row per referral on a case that was not open when it came."""
    if not world.is_loaded("referrals", "assessments"):
        return []
    as_at = world.as_at(required=["referrals", "assessments"])
    return [_row(world, referral, as_at) for referral in world.rows("referrals") if not already_open(world, referral)]


def still_waits(world: World, row: CohortRow) -> bool:
    """Return whether the child still waits: to be assessed by the decision, none begun, not closed."""
    referral = world.row("referrals", row.case_id)
    return (
        row.not_met
        and not any(belongs_to(world, assessment, referral) for assessment in world.rows("assessments"))
        and world.flagged("referral_decision", referral["decision"], "leads_to_assessment")
        and referral["decision"] != "strategy_discussion"
        and referral["closed_on"] is None
    )


def _row(world: World, referral: Row, as_at: Moment) -> CohortRow:
    case, received, team = referral["referral_id"], referral["received_at"].on, team_of(referral)
    if is_impossible(world, referral) or perhaps_open(world, referral):
        return CohortRow.left_out(MEASURE, case, received, team, "not_computable")
    begun = [row for row in world.rows("assessments") if _is_initial_assessment_of(world, row, referral)]
    possible = [row for row in begun if _can_be(world, row, received)]
    if any(working_days_from(received, row["started_on"]) <= DAYS_ALLOWED for row in possible):
        return CohortRow.counted(MEASURE, case, received, team, met=True)
    if len(possible) < len(begun):
        return CohortRow.left_out(MEASURE, case, received, team, "not_computable")
    if decided_otherwise(world, referral) or working_days_from(received, as_at.on) > DAYS_ALLOWED:
        return CohortRow.counted(MEASURE, case, received, team, met=False)
    return CohortRow.left_out(MEASURE, case, received, team, "not_yet_due")


def is_impossible(world: World, referral: Row) -> bool:
    """Return whether a referral was decided before it came, or is dated after its extract was taken."""
    received, decided = referral["received_at"], referral["decided_at"]
    if decided is not None and (precedes(decided, received) or decided.on > world.taken_on("referrals")):
        return True
    return bool(received.on > world.taken_on("referrals"))


def _can_be(world: World, assessment: Row, received: dt.date) -> bool:
    started, completed = assessment["started_on"], assessment["completed_on"]
    return received <= started <= world.taken_on("assessments") and (completed is None or completed >= started)


def perhaps_open(world: World, referral: Row) -> bool:
    """Return whether only a day before it came closes one of the child's earlier referrals."""
    received = referral["received_at"].on
    return any(
        not (_closed_by(earlier, received) and earlier["closed_on"] >= earlier["received_at"].on)
        and not (
            _closed_by_decision(world, earlier, received) and earlier["decided_at"].on >= earlier["received_at"].on
        )
        for earlier in earlier_of_same_child(world, referral)
    )


def already_open(world: World, referral: Row) -> bool:
    """Return whether an earlier referral of the child was open when this one came."""
    received = referral["received_at"].on
    return any(
        not _closed_by(earlier, received) and not _closed_by_decision(world, earlier, received)
        for earlier in earlier_of_same_child(world, referral)
    )


def _closed_by(referral: Row, day: dt.date) -> bool:
    closed: dt.date | None = referral["closed_on"]
    return closed is not None and closed <= day


def _closed_by_decision(world: World, referral: Row, day: dt.date) -> bool:
    return (
        referral["decided_at"] is not None
        and referral["decided_at"].on <= day
        and world.flagged("referral_decision", referral["decision"], "closes_case")
    )


def _is_initial_assessment_of(world: World, assessment: Row, referral: Row) -> bool:
    is_initial = assessment["kind"] == "initial" and assessment["terminated_on"] is None
    return is_initial and belongs_to(world, assessment, referral)


def belongs_to(world: World, assessment: Row, referral: Row) -> bool:
    """Return whether an assessment names a referral or, naming none, follows it as the latest of the child."""
    if assessment["referral_id"] is not None:
        return bool(assessment["referral_id"] == referral["referral_id"])
    started = assessment["started_on"]
    return (
        world.child(assessment["child_id"]) == world.child(referral["child_id"])
        and started >= referral["received_at"].on
        and not any(later["received_at"].on <= started for later in later_of_same_child(world, referral))
    )


def decided_otherwise(world: World, referral: Row) -> bool:
    """Return whether the decision leads to no assessment."""
    return (
        referral["decided_at"] is not None
        and referral["decision"] is not None
        and not world.flagged("referral_decision", referral["decision"], "leads_to_assessment")
    )
