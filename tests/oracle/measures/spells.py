"""Days within the `from` and `to` of a spell or absence."""

import datetime as dt

from tests.oracle.world import Row


def spell_holds(spell: Row, day: dt.date) -> bool:
    """Return whether the day lies in the spell; a spell without an end still lasts."""
    return spell["from"] <= day and (spell["to"] is None or day <= spell["to"])


def is_out_of_order(spell: Row) -> bool:
    """Return whether a spell or absence ends before it begins."""
    return spell["to"] is not None and spell["to"] < spell["from"]


def covers(absence: Row, day: dt.date) -> bool:
    """Return whether the day lies in the absence; someone without a last day of absence is still away."""
    return spell_holds(absence, day)
