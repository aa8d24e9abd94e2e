"""Working days: Monday to Friday without England's bank holidays."""

from datetime import date, timedelta

import holidays

_FIRST = date(2005, 1, 1)
_LAST = date(2012, 12, 31)
_BANK_HOLIDAYS = frozenset(holidays.country_holidays("GB", subdiv="ENG", years=range(_FIRST.year, _LAST.year + 1)))
_DAYS = [_FIRST + timedelta(days=i) for i in range((_LAST - _FIRST).days + 1)]
_WORKING = [day for day in _DAYS if day.weekday() < 5 and day not in _BANK_HOLIDAYS]
_WORKING_SET = frozenset(_WORKING)


def _numbers() -> dict[date, int]:
    numbers = {}
    count = 0
    for day in _DAYS:
        count += day in _WORKING_SET
        numbers[day] = count
    return numbers


_NUMBER = _numbers()


def is_working(day: date) -> bool:
    """Return whether this is a working day."""
    return day in _WORKING_SET


def number(day: date) -> int:
    """Return how many working days there were from 1 January 2005 up to and with this day."""
    return _NUMBER[day]


def after(day: date, count: int) -> date:
    """Return the working day that lies `count` working days after this day (the day itself for 0)."""
    return day if count == 0 else _WORKING[_NUMBER[day] + count - 1]


def between(first: date, last: date) -> list[date]:
    """Return the working days from `first` to `last`, both included."""
    before_first = _NUMBER[first] - (first in _WORKING_SET)
    return _WORKING[before_first : _NUMBER[last]]


def monday(day: date) -> date:
    """Return the Monday of this day's week."""
    return day - timedelta(days=day.weekday())
