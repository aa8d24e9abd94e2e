"""Whether a manager looked at each open case in the last 20 working days, day by day."""

import datetime as dt

from tests.oracle.clocks import DAY, days_between, is_working_day, working_days_from
from tests.oracle.cohort_row import CohortRow, State
from tests.oracle.measures.open_cases import horizon, not_told, opened_on, sound_by_child, team_on, the_case
from tests.oracle.world import Row, World

MEASURE = "management_oversight_on_open_cases"
WORKING_DAYS = 20


def management_oversight_on_open_cases(world: World) -> list[CohortRow]:
    """Return a row for each time in which a case was overseen, and for each in which it was not."""
    if not world.is_loaded("referrals", "oversight"):
        return []
    rows = not_told(world, MEASURE)
    for child, sound in sound_by_child(world).items():
        records = _records(world, child)
        for case in sound:
            rows += _of_case(world, case, sound, records)
    return rows


def _records(world: World, child: str) -> dict[dt.date, str]:
    """Return the smallest reference of the records about a child by day."""
    found: dict[dt.date, str] = {}
    for record in world.rows("oversight"):
        if world.child(record["child_id"]) == child:
            day = record["recorded_on"]
            found[day] = min(record["oversight_id"], found.get(day, record["oversight_id"]))
    return found


def _lapses_on(day: dt.date) -> dt.date:
    left = WORKING_DAYS + 1
    while left:
        day += DAY
        left -= is_working_day(day)
    return day


def _of_case(world: World, case: Row, sound: list[Row], records: dict[dt.date, str]) -> list[CohortRow]:
    taken, end = world.taken_on("oversight"), horizon(world, "oversight")
    opened = opened_on(case)
    asked = [
        day
        for day in days_between(opened, end)
        if the_case(sound, day) is case and (day - opened).days >= WORKING_DAYS
    ]
    asked = [day for day in asked if (day - opened).days > 60 or working_days_from(opened, day) >= WORKING_DAYS]
    if not asked:
        return []
    lapses = {day: _lapses_on(day) for day in records if day <= taken}
    spells: list[tuple[dt.date, dt.date | None]] = []
    for day in asked:
        counting = max((made for made in lapses if made <= day < lapses[made]), default=None)
        if not spells or spells[-1][1] != counting:
            spells.append((day, counting))
    ends: list[dt.date | None] = [begun for begun, _ in spells[1:]]
    ends.append(None if asked[-1] == end else asked[-1] + DAY)
    rows = [
        _row(world, case, begun, None if made is None else records[made], left, is_met=made is not None)
        for (begun, made), left in zip(spells, ends, strict=True)
    ]
    for day, record in records.items():
        begun = max(day, asked[0])
        if day > taken and begun in asked and _lapses_on(day) > asked[0]:
            closed = case["closed_on"] or _lapses_on(day)
            left = min(_lapses_on(day), closed)
            team = team_on(world, case, begun)
            rows.append(
                CohortRow(MEASURE, f"{case['referral_id']}|{record}", begun, team, 0, 0, "not_computable", left)
            )
    return rows


def _row(
    world: World, case: Row, begun: dt.date, record: str | None, left: dt.date | None, *, is_met: bool
) -> CohortRow:
    as_at = world.as_at(required=["referrals", "oversight"], optional=["allocations"]).on
    state: State = "counted" if begun <= as_at else "not_yet_due"
    is_counted = state == "counted"
    name = f"{case['referral_id']}|{record or begun}"
    team = team_on(world, case, begun)
    return CohortRow(MEASURE, name, begun, team, int(is_met and is_counted), int(is_counted), state, left)
