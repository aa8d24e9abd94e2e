"""Months, and who was in post on their first and on their last day."""

import datetime as dt

from tests.oracle.clocks import days_between, month_end
from tests.oracle.measures.spells import spell_holds
from tests.oracle.world import Coverage, Row


def months(coverage: Coverage) -> list[tuple[dt.date, dt.date]]:
    """Return first and last day of every month that begins in the days covered."""
    return [(day, month_end(day)) for day in days_between(coverage.begins, coverage.ends) if day.day == 1]


def spell_of(spells: list[Row], staff_id: str, first: dt.date, last: dt.date) -> Row | None:
    """Return the latest spell of a member of staff that holds the last day, if any holds the first one."""
    mine = [spell for spell in spells if spell["staff_id"] == staff_id]
    at_the_end = [spell for spell in mine if spell_holds(spell, last)]
    if not at_the_end or not any(spell_holds(spell, first) for spell in mine):
        return None
    return max(at_the_end, key=lambda spell: spell["from"])
