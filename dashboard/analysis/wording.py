"""Figures, dates and periods in words, the same everywhere."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from dashboard.analysis.subject import Subject
from dashboard.analysis.targets import Target, same
from data_access.vocabulary import Assurance, Comparison, Period, Rule, Unit, Variation

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MOST_PLACES = 3
VARIATION_WORDS = {
    Variation.IMPROVEMENT: "Improving",
    Variation.CONCERN: "Concern",
    Variation.NEITHER: "Real change",
    Variation.COMMON_CAUSE: "No real change",
    Variation.TOO_FEW: "Too soon to judge",
    Variation.NOT_JUDGED: "Not judged",
}
"""The word next to each variation icon."""
ASSURANCE_WORDS = {
    Assurance.PASS: "Reliably met",
    Assurance.FAIL: "Cannot meet",
    Assurance.HIT_OR_MISS: "Hit or miss",
    Assurance.NONE: "–",
}
"""The word next to each assurance icon."""
RULE_WORDS = {
    Rule.OUTSIDE: "outside the limits",
    Rule.TREND: "part of a trend",
    Rule.TWO_OF_THREE: "two of three near a limit",
    Rule.RUN: "part of a run",
}
"""The word for each rule that a point meets, for tooltips and tables."""


def figure(value: float, subject: Subject, *, apart_from: Iterable[float] = ()) -> str:
    """`value` as a reader sees it: "86%", "6.1%", "1,021", "12.3 per 10,000", "4.5 days", "1 day".

    Halves round up, as in Excel. A figure never rounds onto a different figure next to it: it takes as many decimal
    places as it needs, so that 99.6% is not shown as a missed 100%. `apart_from` names those figures; 0 and 100%
    always count.
    """
    others = [0.0, *([1.0] if subject.unit is Unit.PERCENT else []), *apart_from]
    return _written(value, subject, _places(value, subject.unit), others)


def goal(target: Target, subject: Subject, *, apart_from: Iterable[float] = ()) -> str:
    """The target's figure with its direction where equal is not enough: "85%", "above 21.6", "under 5.4%".

    A target keeps one decimal place if it has one.
    """
    text = _written(target.value, subject, max(1, _places(target.value, subject.unit)), list(apart_from))
    if target.comparison is Comparison.MORE_THAN:
        return f"above {text}"
    return f"under {text}" if target.comparison is Comparison.LESS_THAN else text


def _written(value: float, subject: Subject, places: int, others: Sequence[float]) -> str:
    unit = subject.unit
    while places < _MOST_PLACES and any(
        not same(value, other) and _rounded(other, unit, places) == _rounded(value, unit, places) for other in others
    ):
        places += 1
    text = f"{_rounded(value, unit, places):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if unit is Unit.PERCENT:
        return f"{text}%"
    days = ["day" if text == "1" else "days"] if unit is Unit.DAYS else []
    return " ".join([text, *days, *([subject.per] if subject.per else [])])


def _places(value: float, unit: Unit) -> int:
    match unit:
        case Unit.NUMBER:
            return 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
        case Unit.PERCENT:
            return 1 if abs(value) < 0.1 else 0
        case Unit.COUNT:
            return 0 if float(value).is_integer() else 1
        case _:
            return 1


def _rounded(value: float, unit: Unit, places: int) -> Decimal:
    exact = Decimal(repr(float(value))) * (100 if unit is Unit.PERCENT else 1)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def periods(count: int, period: Period) -> str:
    """A number of periods: "1 week", "7 weeks"."""
    return f"{count} {period}" if count == 1 else f"{count} {period}s"


def day(on: date) -> str:
    """A date within the year: "14 December"."""
    return f"{on.day} {_MONTHS[on.month - 1]}"


def short_day(on: date) -> str:
    """A date for a tag: "30 Jun"."""
    return f"{on.day} {_MONTHS[on.month - 1][:3]}"


def period_name(start: date, period: Period) -> str:
    """The period that starts on a day: "w/c 10 November", "November 2009", "the year from April 2009"."""
    month = f"{_MONTHS[start.month - 1]} {start.year}"
    match period:
        case Period.WEEK:
            return f"w/c {day(start)}"
        case Period.MONTH:
            return month
        case Period.QUARTER | Period.YEAR:
            return f"the {period} from {month}"
        case _:
            return day(start)
