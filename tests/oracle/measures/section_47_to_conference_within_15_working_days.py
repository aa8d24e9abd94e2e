"""Section 47 enquiries that call for an initial conference, and reached it within 15 working days."""

import datetime as dt

from tests.oracle.clocks import working_days_from
from tests.oracle.cohort_row import CohortRow
from tests.oracle.world import Row, World, team_of

MEASURE = "section_47_to_conference_within_15_working_days"


def section_47_to_conference_within_15_working_days(world: World) -> list[CohortRow]:
    """Return a row per enquiry that ended in a call for a conference, or was followed by its own."""
    if not world.is_loaded("section_47_enquiries", "conferences"):
        return []
    return [
        _row(world, enquiry)
        for enquiry in world.rows("section_47_enquiries")
        if _calls_for_conference(world, enquiry)
    ]


def still_waits(world: World, row: CohortRow) -> bool:
    """Return whether a late conference has not been held yet."""
    return row.not_met and first_conference(world, world.row("section_47_enquiries", row.case_id)) is None


def _row(world: World, enquiry: Row) -> CohortRow:
    case, discussed, team = enquiry["enquiry_id"], enquiry["strategy_discussion_on"], team_of(enquiry)
    held = first_conference(world, enquiry)
    if discussed > world.taken_on("section_47_enquiries"):
        return CohortRow.left_out(MEASURE, case, discussed, team, "not_computable")
    if held is not None and held > world.taken_on("conferences"):
        return CohortRow.left_out(MEASURE, case, discussed, team, "not_computable")
    today = world.as_at(required=["section_47_enquiries", "conferences"]).on
    if held is None and working_days_from(discussed, today) <= 15:
        return CohortRow.left_out(MEASURE, case, discussed, team, "not_yet_due")
    met = held is not None and working_days_from(discussed, held) <= 15
    return CohortRow.counted(MEASURE, case, discussed, team, met=met)


def first_conference(world: World, enquiry: Row) -> dt.date | None:
    """Return the day of the child's first initial conference since an enquiry's strategy discussion."""
    days: list[dt.date] = [
        conference["held_on"]
        for conference in world.rows("conferences")
        if conference["kind"] == "initial"
        and world.child(conference["child_id"]) == world.child(enquiry["child_id"])
        and conference["held_on"] is not None
        and conference["held_on"] >= enquiry["strategy_discussion_on"]
    ]
    return min(days, default=None)


def _calls_for_conference(world: World, enquiry: Row) -> bool:
    if enquiry["outcome"] is not None:
        return bool(enquiry["outcome"] == "conference")
    held = first_conference(world, enquiry)
    return held is not None and not any(
        world.child(other["child_id"]) == world.child(enquiry["child_id"])
        and enquiry["strategy_discussion_on"] < other["strategy_discussion_on"] <= held
        for other in world.rows("section_47_enquiries")
    )
