"""Minutes in which the current case system was up, minute by minute in the service's hours."""

import datetime as dt

from data_access.extracts import NO_TEAM
from tests.oracle.clocks import DAY, days_between, utc_from_london
from tests.oracle.cohort_row import CohortRow
from tests.oracle.values import precedes
from tests.oracle.world import Row, World

MEASURE = "ics_available"
SATURDAY = 5
FRIDAY = 4
MINUTES = 600


def ics_available(world: World) -> list[CohortRow]:
    """Return a row per weekday covered and current system, in minutes."""
    if not world.is_loaded("system_incidents"):
        return []
    coverage = world.coverage("system_incidents")
    systems = {
        row["code"] for row in world.rows("codes") if row["list"] == "system" and row["current_system"] is True
    }
    rows = []
    for system in sorted(systems):
        outages = [
            row
            for row in world.rows("system_incidents")
            if row["system"] == system and row["kind"] not in ("slow", "records_lost")
        ]
        weekdays = [day for day in days_between(coverage.begins, coverage.ends) if day.weekday() < SATURDAY]
        rows += [_row(f"{system}|{day}", day, outages) for day in weekdays]
    return rows


def _row(case: str, day: dt.date, outages: list[Row]) -> CohortRow:
    told_here = {day, day + DAY, day + 2 * DAY} if day.weekday() == FRIDAY else {day}
    for outage in outages:
        ended = outage["ended_at"]
        if outage["started_at"].on in told_here and ended is not None and precedes(ended, outage["started_at"]):
            return CohortRow.left_out(MEASURE, case, day, NO_TEAM, "not_computable")
    lost = len(_minutes_lost(day, outages))
    return CohortRow(MEASURE, case, day, NO_TEAM, MINUTES - lost, MINUTES, "counted")


def _minutes_lost(day: dt.date, outages: list[Row]) -> set[int]:
    """Return the minutes of service, from 0 on, in which the system was down, if only for a part of them."""
    opens = utc_from_london(dt.datetime.combine(day, dt.time(8)))
    down: set[int] = set()
    for outage in outages:
        begins = (outage["started_at"].utc - opens).total_seconds()
        ends = (_end(outage, day) - opens).total_seconds()
        down.update(minute for minute in range(MINUTES) if begins < 60 * (minute + 1) and ends > 60 * minute)
    return down


def _end(outage: Row, day: dt.date) -> dt.datetime:
    """Return when an outage was over, as far as the day is concerned; without a time, at the end of its date."""
    ended = outage["ended_at"]
    if ended is None:
        return utc_from_london(dt.datetime.combine(day + DAY, dt.time()))
    if ended.timed:
        end: dt.datetime = ended.utc
        return end
    return utc_from_london(dt.datetime.combine(ended.on + DAY, dt.time()))
