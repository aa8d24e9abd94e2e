"""Referrals with a manager's decision within 24 hours of first receipt."""

import datetime as dt

from tests.oracle.cohort_row import CohortRow
from tests.oracle.values import precedes
from tests.oracle.world import Moment, Row, World, team_of

MEASURE = "decisions_within_24_hours"
HOURS_24 = dt.timedelta(hours=24)


def decisions_within_24_hours(world: World) -> list[CohortRow]:
    """Return a row per referral."""
    if not world.is_loaded("referrals"):
        return []
    as_at = world.as_at(required=["referrals"], optional=["contacts"])
    return [_row(world, referral, as_at) for referral in world.rows("referrals")]


def still_waits(world: World, row: CohortRow) -> bool:
    """Return whether a late referral has no decision yet."""
    return row.not_met and world.row("referrals", row.case_id)["decided_at"] is None


def _row(world: World, referral: Row, as_at: Moment) -> CohortRow:
    first = first_receipt(world, referral)
    case, team = referral["referral_id"], team_of(referral)
    received, decided = referral["received_at"], referral["decided_at"]
    if is_dated_ahead(world, referral):
        return CohortRow.left_out(MEASURE, case, first.on, team, "not_computable")
    if decided is None:
        if time_is_up(first, as_at):
            return CohortRow.counted(MEASURE, case, first.on, team, met=False)
        return CohortRow.left_out(MEASURE, case, first.on, team, "not_yet_due")
    within = within_24_hours(first, decided)
    if within is None or precedes(decided, first) or precedes(decided, received):
        return CohortRow.left_out(MEASURE, case, first.on, team, "not_computable")
    met = within and world.flagged("role", referral["decided_by_role"], "manager_grade")
    if met and precedes(received, first):
        return CohortRow.left_out(MEASURE, case, first.on, team, "not_computable")
    return CohortRow.counted(MEASURE, case, first.on, team, met=met)


def is_dated_ahead(world: World, referral: Row) -> bool:
    """Return whether the referral, its contact or its decision is dated after its extract was taken."""
    contact = _linked_contact(world, referral)
    known_of = [
        (contact["received_at"], "referrals" if contact is referral else "contacts"),
        (referral["received_at"], "referrals"),
        (referral["decided_at"], "referrals"),
    ]
    return any(moment is not None and moment.on > world.taken_on(table) for moment, table in known_of)


def first_receipt(world: World, referral: Row) -> Moment:
    """Return when the referral first reached the council: by its contact, else by itself."""
    receipt: Moment = _linked_contact(world, referral)["received_at"]
    return receipt


def _linked_contact(world: World, referral: Row) -> Row:
    """Return the contact that the referral came from, or the referral itself where there is none."""
    contacts = world.rows("contacts")
    for contact in contacts:
        if contact["contact_id"] == referral["contact_id"]:
            return contact
    naming_it = [contact for contact in contacts if contact["referral_id"] == referral["referral_id"]]
    if naming_it:
        return min(naming_it, key=lambda contact: (contact["received_at"].utc, contact["contact_id"]))
    return referral


def time_is_up(first: Moment, as_at: Moment) -> bool:
    """Return whether 24 hours have passed; without a time of day, whether two dates have."""
    if first.timed:
        return as_at.utc - first.utc >= HOURS_24
    return (as_at.on - first.on).days >= 2


def within_24_hours(first: Moment, decided: Moment) -> bool | None:
    """Return None where a missing time leaves it open."""
    if first.timed and decided.timed:
        return decided.utc - first.utc <= HOURS_24
    days_apart = (decided.on - first.on).days
    if days_apart == 1:
        return None
    return days_apart < 1
