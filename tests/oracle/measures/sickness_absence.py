"""Working days lost to sickness, in 1/200 of a full-time working day."""

import datetime as dt

from tests.oracle.clocks import days_between, is_working_day, month_end
from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.spells import covers, is_out_of_order, spell_holds
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
    if is_out_of_order(spell):
        return _counted_beside(spell, coverage)
    by_month: dict[dt.date, list[dt.date]] = {}
    for day in days_between(coverage.begins, coverage.ends):
        if spell_holds(spell, day) and is_working_day(day):
            by_month.setdefault(day.replace(day=1), []).append(day)
    sickness = [
        absence
        for absence in world.rows("absences")
        if absence["staff_id"] == spell["staff_id"] and absence["kind"] == "sickness"
    ]
    rows = []
    for month, days in by_month.items():
        case, team = f"{spell['staff_id']}|{spell['from']}|{month}", team_of(spell)
        if _begins_out_of_order(sickness, spell, month, coverage):
            rows.append(CohortRow.left_out(MEASURE, case, month, team, "not_computable"))
            continue
        lost = spell["fte"] * sum(_halves_lost(sickness, day) for day in days)
        due = spell["fte"] * HALVES_IN_A_DAY * len(days)
        rows.append(CohortRow(MEASURE, case, month, team, lost, due, "counted"))
    return rows


def _counted_beside(spell: Row, coverage: Coverage) -> list[CohortRow]:
    """Return a row for the month in which the spell begins, where a covered working day of it follows."""
    begins = spell["from"]
    month = begins.replace(day=1)
    days = days_between(max(begins, coverage.begins), min(month_end(month), coverage.ends))
    if not any(is_working_day(day) for day in days):
        return []
    case = f"{spell['staff_id']}|{begins}|{month}"
    return [CohortRow.left_out(MEASURE, case, month, team_of(spell), "not_computable")]


def _begins_out_of_order(sickness: list[Row], spell: Row, month: dt.date, coverage: Coverage) -> bool:
    days = days_between(max(month, coverage.begins), min(month_end(month), coverage.ends))
    return any(
        is_out_of_order(absence) and absence["from"] == day and spell_holds(spell, day)
        for absence in sickness
        for day in days
    )


def _halves_lost(sickness: list[Row], day: dt.date) -> int:
    that_day = [absence for absence in sickness if covers(absence, day)]
    if any(absence["part_day"] is not True for absence in that_day):
        return 2
    return 1 if that_day else 0
