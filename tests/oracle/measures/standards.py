"""The working days that standards allow, by the day on which a clock started."""

import datetime as dt

from tests.oracle.clocks import DAY, is_working_day
from tests.oracle.world import World


def days_allowed(world: World, standard: str, start: dt.date) -> int | None:
    """Return the working days that the standard of a measure in force on a day allows."""
    in_force = [
        row
        for row in world.rows("standards")
        if row["measure"] == standard and row["from"] <= start and (row["to"] is None or start <= row["to"])
    ]
    if not in_force:
        return None
    latest = max(in_force, key=lambda row: (row["from"], row["standard_id"]))
    return int(latest["working_days"])


def first_day_past(world: World, standard: str, start: dt.date | None) -> dt.date | None:
    """Return the first working day past those allowed; none where no clock started or no standard is in force."""
    allowed = None if start is None else days_allowed(world, standard, start)
    if start is None or allowed is None:
        return None
    day, left = start, allowed + 1
    while left:
        day += DAY
        left -= is_working_day(day)
    return day
