"""The closed lists of words that measures and their judgements are made of: the ground floor of both layers.

Every member's value is the word that exports and the command line write; it never changes once published.
"""

from enum import StrEnum
from typing import Final


class Polarity(StrEnum):
    """Which direction is better."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


COMPARISONS: Final = {
    Polarity.HIGHER: ("at_least", "above"),
    Polarity.LOWER: ("at_most", "below"),
    Polarity.NEITHER: ("at_least", "above", "at_most", "below"),
}
"""The comparisons with a target that suit each polarity: any other would call the worse figure the better one."""


class Unit(StrEnum):
    """What the figures of a series are, which decides how they are written and where their axis ends."""

    PERCENT = "percent"
    """A fraction: 0.86 is written 86%."""
    COUNT = "count"
    RATE = "rate"
    DAYS = "days"
    NUMBER = "number"
    """A plain number of unknown kind; it alone may be negative."""


class Period(StrEnum):
    """The length of time that a point covers; its value is the word for one such length."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    POINT = "point"
    """No regular length, such as the days between two events."""


NATURAL_PERIODS: Final = (Period.WEEK, Period.MONTH, Period.QUARTER, Period.YEAR)
"""The periods over which a measure can be read: those of the calendar."""


class Chart(StrEnum):
    """How limits are worked out. Fixed for a measure by its metadata, never switched by its data."""

    XMR = "xmr"
    P = "p"
    P_PRIME = "p_prime"
    U = "u"
    U_PRIME = "u_prime"
    T = "t"
    """Days between events, judged on the power 1/3.6."""
    LINE = "line"
    """No limits and no icons: stocks, which are not independent from week to week, and yearly points."""

    @property
    def needs_counts(self) -> bool:
        """Whether every point must bring its numerator and denominator."""
        return self in _NEED_COUNTS

    @property
    def is_proportion(self) -> bool:
        """Whether a numerator can never exceed its denominator."""
        return self in _PROPORTIONS


_PROPORTIONS = frozenset({Chart.P, Chart.P_PRIME})
_NEED_COUNTS = _PROPORTIONS | {Chart.U, Chart.U_PRIME}


class Gap(StrEnum):
    """Why a point has no value. It is never drawn as 0."""

    NO_DATA = "no_data"
    NO_CASES = "no_cases"
    NOT_COMPUTABLE = "not_computable"
    HIDDEN = "hidden"
    """There is a value, and it may not leave the service."""


class Rule(StrEnum):
    """The four rules of special cause, in the order in which they are named when several hold."""

    OUTSIDE = "outside"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"
    RUN = "run"


class Direction(StrEnum):
    """Where a signal points."""

    HIGH = "high"
    LOW = "low"


class Variation(StrEnum):
    """What the latest point says about the process."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEITHER = "neither"
    """A real change of a measure without a better direction."""
    COMMON_CAUSE = "common_cause"
    TOO_FEW = "too_few"
    NOT_JUDGED = "not_judged"
    """A plain line: stocks and yearly points."""


class Assurance(StrEnum):
    """Whether the process, left as it is, will meet the target."""

    PASS = "pass"  # noqa: S105 - a word of the field, not a password
    FAIL = "fail"
    HIT_OR_MISS = "hit_or_miss"
    NONE = "none"


class Comparison(StrEnum):
    """How a figure is held against its target."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"

    @property
    def wants_high(self) -> bool:
        """Whether high figures meet the target."""
        return self in (Comparison.AT_LEAST, Comparison.MORE_THAN)

    @property
    def is_strict(self) -> bool:
        """Whether a figure equal to the target misses it."""
        return self in (Comparison.MORE_THAN, Comparison.LESS_THAN)


class TargetState(StrEnum):
    """The tag next to a figure: the latest settled period against its target, nothing more."""

    MET = "met"
    MISSED = "missed"
    DUE = "due"
    NO_TARGET = "no_target"
    REFERENCE = "reference"
    """A line of our own to look at, not a promise: it gets no tag."""
    UNCERTAIN = "uncertain"
    """Too many cases cannot be computed: the figure is a range and gets no tag."""


class Display(StrEnum):
    """Which limits a stretch may show; the limits themselves exist from two points on."""

    TOO_FEW = "too_few"
    TRIAL = "trial"
    FULL = "full"
