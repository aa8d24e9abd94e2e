"""Children with an open case whom no social worker works with, day by day."""

import datetime as dt

from tests.oracle.clocks import DAY, days_between, is_working_day
from tests.oracle.cohort_row import CohortRow, State
from tests.oracle.measures.open_cases import horizon, not_told, opened_on, sound_by_child, team_on, the_case
from tests.oracle.measures.spells import spell_holds
from tests.oracle.world import Row, World

MEASURE = "children_without_social_worker"
SOCIAL_WORKERS = ("social_worker", "senior_practitioner")
WORKING_DAYS = 5


def children_without_social_worker(world: World) -> list[CohortRow]:
    """Return a row for each time in which the case of a child was open and held by no social worker who is there."""
    if not world.is_loaded("referrals", "allocations", "staff", "absences"):
        return []
    end = horizon(world, "allocations", "staff", "absences")
    away = _days_away(world, end)
    rows = not_told(world, MEASURE)
    for child, sound in sound_by_child(world).items():
        allocations = [row for row in world.rows("allocations") if world.child(row["child_id"]) == child]
        first = min(opened_on(case) for case in sound)
        covered = {day for day in days_between(first, end) if _is_covered(world, allocations, away, day)}
        for case in sound:
            rows += _of_case(world, case, sound, covered, end)
    return rows


def as_at(world: World) -> dt.date:
    """Return the day as at which the measure is known."""
    return world.as_at(required=["referrals", "allocations", "staff", "absences"]).on


def _days_away(world: World, end: dt.date) -> set[tuple[str, dt.date]]:
    """Return who was away on which day: absent, and for five working days before."""
    found = set()
    for absence in world.rows("absences"):
        if absence["part_day"] is True:
            continue
        passed = 0
        for day in days_between(absence["from"], min(absence["to"] or end, end)):
            passed += day > absence["from"] and is_working_day(day)
            if passed >= WORKING_DAYS:
                found.add((absence["staff_id"], day))
    return found


def _is_covered(world: World, allocations: list[Row], away: set[tuple[str, dt.date]], day: dt.date) -> bool:
    holders = [row["staff_id"] for row in allocations if row["kind"] != "joint_worker" and spell_holds(row, day)]
    return any(
        spell["staff_id"] in holders
        and spell["role"] in SOCIAL_WORKERS
        and spell_holds(spell, day)
        and (spell["staff_id"], day) not in away
        for spell in world.rows("staff")
    )


def _of_case(world: World, case: Row, sound: list[Row], covered: set[dt.date], end: dt.date) -> list[CohortRow]:
    without = {
        day for day in days_between(opened_on(case), end) if day not in covered and the_case(sound, day) is case
    }
    rows = []
    for begun in sorted(day for day in without if day - DAY not in without):
        left = begun
        while left in without:
            left += DAY
        state: State = "counted" if begun <= as_at(world) else "not_yet_due"
        name, team = f"{case['referral_id']}|{begun}", team_on(world, case, begun)
        ended = None if left > end else left
        rows.append(CohortRow(MEASURE, name, begun, team, int(state == "counted"), 0, state, ended))
    return rows
