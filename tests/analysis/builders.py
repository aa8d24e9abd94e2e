"""Small series and targets to judge."""

from collections.abc import Sequence
from datetime import date, timedelta

from dashboard.analysis.series import Point
from dashboard.analysis.subject import Subject
from dashboard.analysis.targets import Target
from data_access.vocabulary import Comparison, Polarity, Unit

FIRST = date(2009, 5, 4)
PERCENT = Subject("Assessments in time", Polarity.HIGHER, Unit.PERCENT)
COUNT = Subject("Contacts", Polarity.NEITHER, Unit.COUNT)


def week(number: int) -> date:
    return FIRST + timedelta(weeks=number)


def weekly(values: Sequence[float | None]) -> list[Point]:
    """One point a week; None is a week without data."""
    return [
        Point.missing(week(index)) if value is None else Point.of_value(week(index), value)
        for index, value in enumerate(values)
    ]


def at_least(value: float, starts: date | None = None, *, reference: bool = False) -> Target:
    return Target(value, Comparison.AT_LEAST, starts, reference)


def at_most(value: float) -> Target:
    return Target(value, Comparison.AT_MOST)
