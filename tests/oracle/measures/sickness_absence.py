"""Working days lost to sickness, in 1/200 of a full-time working day."""

import datetime as dt

from tests.oracle.clocks import days_between, is_working_day
from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.spells import covers, spell_holds
from tests.oracle.world import Coverage, Row, World, team_of

MEASURE = "sickness_absence"
HALVES_IN_A_DAY = 2


def sickness_absence(world: World) -> list[CohortRow]:
    """Return a row per staff spell and month with a working day in it."""
    if not world.is_loaded("staff", "absences"):
        return []
    coverage = world.coverage("staff", "absences")
    rows = []
    for spell in world.rows("staff"):
        rows.extend(_rows(world, spell, coverage))
    return rows


def _rows(world: World, spell: Row, coverage: Coverage) -> list[CohortRow]:
    by_month: dict[dt.date, list[dt.date]] = {}
    for day in days_between(coverage.begins, coverage.ends):
        if spell_holds(spell, day) and is_working_day(day):
            by_month.setdefault(day.replace(day=1), []).append(day)
    sickness = [
        absence
        for absence in world.rows("absences")
        if absence["staff_id"] == spell["staff_id"] and absence["kind"] == "sickness"
    ]
    return [
        CohortRow(
            MEASURE,
            f"{spell['staff_id']}|{spell['from']}|{month}",
            month,
            team_of(spell),
            spell["fte"] * sum(_halves_lost(sickness, day) for day in days),
            spell["fte"] * HALVES_IN_A_DAY * len(days),
            "counted",
        )
        for month, days in by_month.items()
    ]


def _halves_lost(sickness: list[Row], day: dt.date) -> int:
    that_day = [absence for absence in sickness if covers(absence, day)]
    if any(absence["part_day"] is not True for absence in that_day):
        return 2
    return 1 if that_day else 0
