"""Contacts decided within 24 hours of their receipt."""

from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.decisions_within_24_hours import time_is_up, within_24_hours
from tests.oracle.values import precedes
from tests.oracle.world import Moment, Row, World, team_of

MEASURE = "contacts_decided_within_24_hours"


def contacts_decided_within_24_hours(world: World) -> list[CohortRow]:
    """Return a row per contact."""
    if not world.is_loaded("contacts"):
        return []
    as_at = world.as_at(required=["contacts"])
    return [_row(world, contact, as_at) for contact in world.rows("contacts")]


def still_waits(world: World, row: CohortRow) -> bool:
    """Return whether a late contact has no decision yet."""
    return row.not_met and world.row("contacts", row.case_id)["decided_at"] is None


def _row(world: World, contact: Row, as_at: Moment) -> CohortRow:
    case, team = contact["contact_id"], team_of(contact)
    received, decided = contact["received_at"], contact["decided_at"]
    last_told = max(moment.on for moment in (received, decided) if moment is not None)
    if last_told > world.taken_on("contacts"):
        return CohortRow.left_out(MEASURE, case, received.on, team, "not_computable")
    if decided is None:
        if time_is_up(received, as_at):
            return CohortRow.counted(MEASURE, case, received.on, team, met=False)
        return CohortRow.left_out(MEASURE, case, received.on, team, "not_yet_due")
    within = within_24_hours(received, decided)
    if within is None or precedes(decided, received):
        return CohortRow.left_out(MEASURE, case, received.on, team, "not_computable")
    return CohortRow.counted(MEASURE, case, received.on, team, met=within)
