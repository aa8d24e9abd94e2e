"""Sets of days as stretches: pairs of first and last day, both included, in order and apart from each other.

Pure, as the vocabulary is: the ground floor of both layers.
"""

from collections.abc import Iterable
from datetime import date, timedelta

Stretch = tuple[date, date]
Days = tuple[Stretch, ...]

_DAY = timedelta(days=1)


def overlap(mine: Days, theirs: Days) -> bool:
    """Return whether the sets share a day."""
    return any(first <= end and begin <= last for first, last in mine for begin, end in theirs)


def contains(whole: Days, part: Days) -> bool:
    """Return whether every day of `part` is in `whole`."""
    return all(any(first <= begin and end <= last for first, last in whole) for begin, end in part)


def joined(stretches: Iterable[Stretch]) -> Days:
    """Return stretches, in any order, as a set: those that overlap or lie on neighbouring days are one."""
    apart: list[Stretch] = []
    for first, last in sorted(stretches):
        if apart and first <= apart[-1][1] + _DAY:
            apart[-1] = (apart[-1][0], max(apart[-1][1], last))
        else:
            apart.append((first, last))
    return tuple(apart)


def without(days: Days, taken: Iterable[Days]) -> Days:
    """Return the days that are in none of the sets taken away."""
    left = list(days)
    for begin, end in (stretch for each in taken for stretch in each):
        left = [(first, last) for stretch in left for first, last in _around(stretch, begin, end) if first <= last]
    return tuple(sorted(left))


def _around(stretch: Stretch, begin: date, end: date) -> tuple[Stretch, ...]:
    first, last = stretch
    if end < first or last < begin:
        return (stretch,)
    return ((first, begin - _DAY), (end + _DAY, last))
