"""Referrals on cases not already open that led to any assessment, or an enquiry, within 10 working days."""

import datetime as dt
from dataclasses import dataclass

from tests.oracle.clocks import working_days_from
from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.referral_order import later_of_same_child
from tests.oracle.measures.referrals_leading_to_initial_assessment import (
    DAYS_ALLOWED,
    already_open,
    decided_otherwise,
    is_impossible,
    perhaps_open,
)
from tests.oracle.world import Moment, Row, World, team_of

MEASURE = "referrals_leading_to_any_assessment_or_section_47"
TABLES = ("referrals", "assessments", "section_47_enquiries")


@dataclass(frozen=True)
class Begun:
    """Something begun on a child: when, and whether it can be so and counts."""

    on: dt.date
    can_be: bool
    counts: bool


def referrals_leading_to_any_assessment_or_section_47(world: World) -> list[CohortRow]:
    """Return a row per referral on a case that was not open when it came."""
    if not world.is_loaded(*TABLES):
        return []
    as_at = world.as_at(required=TABLES)
    return [_row(world, referral, as_at) for referral in world.rows("referrals") if not already_open(world, referral)]


def still_waits(world: World, row: CohortRow) -> bool:
    """Return whether the child still waits: to be looked into by the decision, nothing begun, not closed."""
    referral = world.row("referrals", row.case_id)
    return (
        row.not_met
        and not _begun_on(world, referral)
        and world.flagged("referral_decision", referral["decision"], "leads_to_assessment")
        and referral["closed_on"] is None
    )


def _row(world: World, referral: Row, as_at: Moment) -> CohortRow:
    case, received, team = referral["referral_id"], referral["received_at"].on, team_of(referral)
    if is_impossible(world, referral) or perhaps_open(world, referral):
        return CohortRow.left_out(MEASURE, case, received, team, "not_computable")
    counting = [one for one in _begun_on(world, referral) if one.counts]
    if any(one.can_be and working_days_from(received, one.on) <= DAYS_ALLOWED for one in counting):
        return CohortRow.counted(MEASURE, case, received, team, met=True)
    if not all(one.can_be for one in counting):
        return CohortRow.left_out(MEASURE, case, received, team, "not_computable")
    if decided_otherwise(world, referral) or working_days_from(received, as_at.on) > DAYS_ALLOWED:
        return CohortRow.counted(MEASURE, case, received, team, met=False)
    return CohortRow.left_out(MEASURE, case, received, team, "not_yet_due")


def _begun_on(world: World, referral: Row) -> list[Begun]:
    """Return every assessment and enquiry that belongs to the referral."""
    found = []
    for table, begins, ends in (
        ("assessments", "started_on", "completed_on"),
        ("section_47_enquiries", "strategy_discussion_on", "ended_on"),
    ):
        for row in world.rows(table):
            if _belongs(world, row, row[begins], referral):
                in_order = row[ends] is None or row[ends] >= row[begins]
                right = referral["received_at"].on <= row[begins] <= world.taken_on(table)
                counts = table == "section_47_enquiries" or row["terminated_on"] is None
                found.append(Begun(row[begins], right and in_order, counts))
    return found


def _belongs(world: World, row: Row, begun: dt.date, referral: Row) -> bool:
    if row["referral_id"] is not None:
        return bool(row["referral_id"] == referral["referral_id"])
    if world.child(row["child_id"]) != world.child(referral["child_id"]) or begun < referral["received_at"].on:
        return False
    return all(later["received_at"].on > begun for later in later_of_same_child(world, referral))
