"""Staff who recorded in ICS and nowhere else, week by week."""

import datetime as dt

from tests.oracle.clocks import days_between, is_working_day
from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.spells import covers, is_out_of_order, spell_holds
from tests.oracle.world import Row, World, team_of

MEASURE = "staff_using_ics"
SUNDAY = dt.timedelta(days=6)


def staff_using_ics(world: World) -> list[CohortRow]:
    """Return a row per week and member of staff who uses the case system and was not away all week."""
    if not world.is_loaded("staff", "system_use", "absences"):
        return []
    coverage = world.coverage("staff", "system_use", "absences")
    rows = []
    for monday in days_between(coverage.begins, coverage.ends):
        if monday.weekday() != 0:
            continue
        for staff_id in sorted({spell["staff_id"] for spell in world.rows("staff")}):
            spell = _spell_of_users(world, staff_id, monday)
            if spell is None or _away_all_week(world, staff_id, monday):
                continue
            case, team = f"{staff_id}|{monday}", team_of(spell)
            if monday + SUNDAY > coverage.ends:
                rows.append(CohortRow.left_out(MEASURE, case, monday, team, "not_yet_due"))
            else:
                met = _recorded(world, staff_id, monday, "current_system") and not _recorded(
                    world, staff_id, monday, "replaced_system"
                )
                if is_out_of_order(spell) or (not met and _absent_out_of_order(world, staff_id, monday)):
                    rows.append(CohortRow.left_out(MEASURE, case, monday, team, "not_computable"))
                    continue
                rows.append(CohortRow.counted(MEASURE, case, monday, team, met=met))
    return rows


def _spell_of_users(world: World, staff_id: str, monday: dt.date) -> Row | None:
    mine = [
        spell for spell in world.rows("staff") if spell["staff_id"] == staff_id and spell["uses_case_system"] is True
    ]
    holding = [spell for spell in mine if spell_holds(spell, monday)]
    if not holding:
        week = days_between(monday, monday + SUNDAY)
        holding = [spell for spell in mine if is_out_of_order(spell) and spell["from"] in week]
    return max(holding, key=lambda spell: spell["from"]) if holding else None


def _absent_out_of_order(world: World, staff_id: str, monday: dt.date) -> bool:
    week = days_between(monday, monday + SUNDAY)
    return any(
        absence["staff_id"] == staff_id
        and absence["part_day"] is not True
        and is_out_of_order(absence)
        and absence["from"] in week
        for absence in world.rows("absences")
    )


def _away_all_week(world: World, staff_id: str, monday: dt.date) -> bool:
    absences = [
        absence
        for absence in world.rows("absences")
        if absence["staff_id"] == staff_id and absence["part_day"] is not True
    ]
    working_days = [day for day in days_between(monday, monday + SUNDAY) if is_working_day(day)]
    return all(any(covers(absence, day) for absence in absences) for day in working_days)


def _recorded(world: World, staff_id: str, monday: dt.date, flag: str) -> bool:
    return any(
        use["staff_id"] == staff_id
        and use["week"] == monday
        and use["recorded"] > 0
        and world.flagged("system", use["system"], flag)
        for use in world.rows("system_use")
    )
