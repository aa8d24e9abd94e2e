"""Periods and the spans of days behind them. Weeks run Monday to Sunday, the financial year from 1 April."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from data_access.vocabulary import Period


class Grain(StrEnum):
    """What each figure of a series covers."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    YEAR_TO_DATE = "ytd"
    TWELVE_MONTHS = "12m"


@dataclass(frozen=True, order=True)
class Span:
    """A figure's period (`start`, `end`) and the days that it counts (`first` to `end`), all included."""

    start: date
    end: date
    first: date


def week_of(day: date) -> date:
    """Return the Monday of the week in which the day lies."""
    return day - timedelta(days=day.weekday())


def period_of(day: date, period: Period) -> tuple[date, date]:
    """Return the first and last day of the period in which the day lies."""
    if period is Period.WEEK:
        monday = week_of(day)
        return monday, monday + timedelta(days=6)
    months = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}[period]
    since_april = (day.month - 4) % 12
    start = month_after(day.replace(day=1), -(since_april % months))
    return start, month_after(start, months) - timedelta(days=1)


def part_of(day: date) -> date:
    """Return the first day of the part in which a day lies: a week, cut where a month ends."""
    return max(week_of(day), day.replace(day=1))


def month_after(first: date, months: int) -> date:
    """Return the first of the month so many months later (earlier where negative)."""
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def periods(period: Period, first: date, last: date) -> list[tuple[date, date]]:
    """Return every period from the one in which `first` lies to the one in which `last` lies."""
    all_periods = []
    start, end = period_of(first, period)
    while start <= last:
        all_periods.append((start, end))
        start, end = period_of(end + timedelta(days=1), period)
    return all_periods


def periods_back(period: Period, last: date, first: date) -> Iterator[tuple[date, date]]:
    """Yield the periods from the one in which `last` lies back to the one in which `first` lies."""
    start, end = period_of(last, period)
    while end >= first:
        yield start, end
        start, end = period_of(start - timedelta(days=1), period)


def ended_by(day: date, period: Period) -> date:
    """Return the last day of the latest period that had ended by a day: a later one was not yet known then."""
    start, end = period_of(day, period)
    return day if end == day else start - timedelta(days=1)


def spans(grain: Grain, natural: Period, first: date, last: date) -> list[Span]:
    """Return the spans of a series from `first` to `last`.

    Year to date and twelve months are given at the end of each natural period: the first counts from 1 April, the
    second the 52 weeks, or the 12 calendar months, that end with it.
    """
    if grain in (Grain.YEAR_TO_DATE, Grain.TWELVE_MONTHS):
        ends = []
        for start, end in periods(natural, first, last):
            since = (
                period_of(end, Period.YEAR)[0]
                if grain is Grain.YEAR_TO_DATE
                else start - timedelta(weeks=51)
                if natural is Period.WEEK
                else month_after(end.replace(day=1), -11)
            )
            ends.append(Span(start, end, since))
        return ends
    return [Span(start, end, start) for start, end in periods(Period(grain), first, last)]


def latest_end(grain: Grain, natural: Period, day: date) -> date:
    """Return the last day of the period of a series in which the day lies."""
    return period_of(day, natural if grain in (Grain.YEAR_TO_DATE, Grain.TWELVE_MONTHS) else Period(grain))[1]
