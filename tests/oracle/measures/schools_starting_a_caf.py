"""Schools open on a closing day that started a CAF in the 12 months up to it."""

import datetime as dt

from tests.oracle.clocks import DAY, days_between, month_end, year_before
from tests.oracle.cohort_row import CohortRow
from tests.oracle.world import NO_TEAM, Coverage, Row, World

MEASURE = "schools_starting_a_caf"


def schools_starting_a_caf(world: World) -> list[CohortRow]:
    """Return a row per school open and last day of a week or month."""
    if not world.is_loaded("schools", "cafs"):
        return []
    coverage = world.coverage("schools", "cafs")
    return [
        _row(world, school, day, coverage)
        for day in days_between(coverage.begins, coverage.ends)
        if day.weekday() == 6 or day == month_end(day)
        for school in world.rows("schools")
        if _is_open(school, day)
    ]


def _row(world: World, school: Row, day: dt.date, coverage: Coverage) -> CohortRow:
    case, first = f"{school['school_id']}|{day}", year_before(day) + DAY
    if _closes_too_early(school) or first < coverage.begins:
        return CohortRow.left_out(MEASURE, case, day, NO_TEAM, "not_computable")
    started = [
        caf
        for caf in world.rows("cafs")
        if caf["school_id"] == school["school_id"]
        and caf["started_on"] is not None
        and first <= caf["started_on"] <= day
    ]
    return CohortRow.counted(MEASURE, case, day, NO_TEAM, met=bool(started))


def _is_open(school: Row, day: dt.date) -> bool:
    """Return whether a school is open on a day; one that closes before it opens is taken never to close."""
    if school["opened"] is not None and day < school["opened"]:
        return False
    return school["closed"] is None or day <= school["closed"] or _closes_too_early(school)


def _closes_too_early(school: Row) -> bool:
    return school["opened"] is not None and school["closed"] is not None and school["closed"] < school["opened"]
