"""Clocks, by naive loops: London time, working days, the day a year before."""

import datetime as dt
from zoneinfo import ZoneInfo

import holidays

LONDON = ZoneInfo("Europe/London")
BANK_HOLIDAYS = holidays.country_holidays("GB", subdiv="ENG")
DAY = dt.timedelta(days=1)


def utc_from_london(local: dt.datetime) -> dt.datetime:
    """Return the UTC moment of a naive London local time; the repeated autumn hour is read as the first.

    Raises ValueError for a time in the hour that the spring change leaves out.
    """
    moment = local.replace(tzinfo=LONDON, fold=0).astimezone(dt.UTC)
    if moment.astimezone(LONDON).replace(tzinfo=None) != local:
        raise ValueError(f"{local} never was: the clocks went forward")
    return moment


def london_date(moment: dt.datetime) -> dt.date:
    """Return the London date of a UTC moment."""
    return moment.astimezone(LONDON).date()


def is_working_day(day: dt.date) -> bool:
    """Return whether the day is Monday to Friday and no bank holiday in England."""
    return day.weekday() < 5 and day not in BANK_HOLIDAYS


def days_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """Return every day from `first` to `last`, both included; none where `last` is earlier."""
    days = []
    day = first
    while day <= last:
        days.append(day)
        day += DAY
    return days


def working_days_from(start: dt.date, end: dt.date) -> int:
    """Return the working days after `start` up to and including `end`; below 0 where `end` comes first."""
    if end < start:
        return -working_days_from(end, start)
    return sum(1 for day in days_between(start + DAY, end) if is_working_day(day))


def year_before(day: dt.date) -> dt.date:
    """Return the same date a year earlier; 28 February for 29 February."""
    if (day.month, day.day) == (2, 29):
        return dt.date(day.year - 1, 2, 28)
    return dt.date(day.year - 1, day.month, day.day)


def monday_of(day: dt.date) -> dt.date:
    """Return the Monday of the day's week."""
    while day.weekday() != 0:
        day -= DAY
    return day


def month_end(day: dt.date) -> dt.date:
    """Return the last day of the day's month."""
    while (day + DAY).month == day.month:
        day += DAY
    return day
