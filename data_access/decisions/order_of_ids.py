"""The order of ids: numbers as numbers, so that 9b stands before 10, and event-2 before event-10."""

import re

_NUMBER = re.compile(r"(\d+)")


def in_order(decision_id: str) -> list[tuple[int, int, str]]:
    """Return by what an id is put in order."""
    parts = [part for part in _NUMBER.split(decision_id) if part]
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]
