"""Contacts that became a referral: that name one, or that one names."""

from tests.oracle.clocks import working_days_from
from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.referral_order import order
from tests.oracle.values import precedes
from tests.oracle.world import Moment, Row, World, team_of

MEASURE = "contacts_becoming_referrals"
DAYS_ALLOWED = 5


def contacts_becoming_referrals(world: World) -> list[CohortRow]:
    """Return a row per contact."""
    if not world.is_loaded("contacts"):
        return []
    as_at = world.as_at(required=["contacts"], optional=["referrals"])
    return [_row(world, contact, as_at) for contact in world.rows("contacts")]


def _row(world: World, contact: Row, as_at: Moment) -> CohortRow:
    case, received, team = contact["contact_id"], contact["received_at"], team_of(contact)
    referral = _referral_of(world, contact)
    if received.on > world.taken_on("contacts"):
        return CohortRow.left_out(MEASURE, case, received.on, team, "not_computable")
    if referral is not None:
        came = referral["received_at"]
        if came.on > world.taken_on("referrals") or precedes(came, received):
            return CohortRow.left_out(MEASURE, case, received.on, team, "not_computable")
    if referral is not None or contact["referral_id"] is not None:
        return CohortRow.counted(MEASURE, case, received.on, team, met=True)
    if working_days_from(received.on, as_at.on) > DAYS_ALLOWED:
        return CohortRow.counted(MEASURE, case, received.on, team, met=False)
    return CohortRow.left_out(MEASURE, case, received.on, team, "not_yet_due")


def _referral_of(world: World, contact: Row) -> Row | None:
    """Return the referral that the contact names, else the earliest that names the contact."""
    referrals = world.rows("referrals")
    if contact["referral_id"] is not None:
        return next((one for one in referrals if one["referral_id"] == contact["referral_id"]), None)
    naming = [one for one in referrals if one["contact_id"] == contact["contact_id"]]
    return min(naming, key=order) if naming else None
