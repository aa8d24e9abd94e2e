"""Figures on staff health: shown for a team only where it has ten staff or more, and never to be worked out."""

from collections.abc import Mapping
from datetime import date
from typing import Final

FEWEST_STAFF: Final = 10


def hidden_teams(staff: Mapping[str, float]) -> set[str]:
    """Return the teams to hide, given how many staff each has.

    Those with fewer than ten staff are hidden; so are the next smallest, until those hidden have ten between them,
    since otherwise the whole less the teams shown would give a small team away.
    """
    hidden: set[str] = set()
    together = 0.0
    for team, number in sorted(staff.items(), key=lambda one: (one[1], one[0])):
        if number <= 0:
            continue
        if number < FEWEST_STAFF or (hidden and together < FEWEST_STAFF):
            hidden.add(team)
            together += number
    return hidden


def staff_behind(rows: int, first: date, end: date) -> float:
    """Return about how many staff stand behind a number of rows by person and month: the rows ÷ the months."""
    months = (end.year - first.year) * 12 + end.month - first.month + 1
    return rows / months
