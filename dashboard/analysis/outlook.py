"""Where a target with a date is heading: at this pace by its day, or by the end of the year."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dashboard.analysis.limits import Limits
from dashboard.analysis.rules import RUN_LENGTH, Signal
from dashboard.analysis.series import Point
from dashboard.analysis.subject import Subject
from dashboard.analysis.targets import YearToDate
from data_access.vocabulary import Period, Rule

_DAYS = {
    Period.DAY: 1.0,
    Period.WEEK: 7.0,
    Period.MONTH: 365.25 / 12,
    Period.QUARTER: 365.25 / 4,
    Period.YEAR: 365.25,
}


class YearEnd(StrEnum):
    """What the year's figure can still become."""

    ON_COURSE = "on_course"
    IN_DOUBT = "in_doubt"
    OUT_OF_REACH = "out_of_reach"


@dataclass(frozen=True, slots=True)
class Process:
    """The latest stretch as it stands: its judged points, oldest first, its lines, and the latest point's signals."""

    points: Sequence[Point]
    limits: Limits
    signals: Sequence[Signal]


def pace(process: Process, subject: Subject, due: date) -> float:
    """The value to expect on `due`, never beyond what the unit allows.

    A trend carries on along its least-squares line, a run stays at the average of its last seven points (its older
    ones may lie far below a rise), and anything else at the stretch's mean.
    """
    for signal in process.signals:
        if signal.rule is Rule.TREND:
            return subject.clip(_carried_on(process.points[-signal.length :], due))
        if signal.rule is Rule.RUN:
            latest = min(signal.length, RUN_LENGTH)
            return _mean([point.value or 0.0 for point in process.points[-latest:]])
    return process.limits.mean


def year_end(year: YearToDate, subject: Subject, process: Process | None) -> YearEnd:
    """Whether the annual target will be, may be or cannot be met.

    The rest of the year is expected at the stretch's mean, or at the figure so far where no stretch can be judged;
    "cannot" is said only if even the best limit (or the best that the unit allows) every period would not do.
    """
    high = year.target.comparison.wants_high
    expected, best = year.figure, subject.ceiling if high else subject.floor
    if process is not None:
        expected = process.limits.mean
        limit = process.limits.upper if high else process.limits.lower
        best = subject.clip(expected if limit is None else limit)
    elif year.adds_up:
        expected = year.figure / _elapsed(year) * _DAYS.get(subject.period, 1.0)
    if year.target.is_met_by(_at_year_end(year, subject, expected)):
        return YearEnd.ON_COURSE
    if best is not None and not year.target.is_met_by(_at_year_end(year, subject, best)):
        return YearEnd.OUT_OF_REACH
    return YearEnd.IN_DOUBT


def _at_year_end(year: YearToDate, subject: Subject, each_period: float) -> float:
    """The year's figure if each remaining period is `each_period`."""
    elapsed = _elapsed(year)
    left = max((year.ends - year.as_at).days, 0)
    if year.adds_up:
        return year.figure + each_period * left / _DAYS.get(subject.period, 1.0)
    return (year.figure * elapsed + each_period * left) / (elapsed + left)


def _elapsed(year: YearToDate) -> int:
    return (year.as_at - year.starts).days + 1


def _carried_on(points: Sequence[Point], due: date) -> float:
    days = [float(point.start.toordinal()) for point in points]
    values = [point.value or 0.0 for point in points]
    middle, level = _mean(days), _mean(values)
    slope = math.fsum((x - middle) * (y - level) for x, y in zip(days, values, strict=True)) / math.fsum(
        (x - middle) ** 2 for x in days
    )
    return level + slope * (due.toordinal() - middle)


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)
