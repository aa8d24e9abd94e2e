"""The points of one series, checked, and the stretches that rebases cut it into."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from data_access.vocabulary import Chart, Gap

UNCERTAIN_SHARE = 0.05
"""Above this share of due cases that cannot be computed, a figure is shown as a range."""
MOVED_BY = 0.01
"""A figure that rows in doubt could move by more than this is shown as a range: one percentage point of a share, one
in a hundred of a count."""


class SeriesError(ValueError):
    """A point that cannot be true. It names the row (counted from 0), the field, its value and what was expected."""

    def __init__(self, row: int, field: str, value: object, expected: str) -> None:
        super().__init__(f"row {row}: {field} is {value}, expected {expected}")
        self.row = row
        self.field = field
        self.value = value
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Doubt:
    """The rows in doubt behind a figure: those with a warning that affects it, and those that were refused.

    Of the cases counted `met` and `not_met` may be wrong, `joining` are not counted and could be, `not_computable`
    could not be computed; `either` rows could change one case each, either way. `rows` are all of them, and those of
    which nobody knows by how much they could move the figure.
    """

    rows: int
    met: int = 0
    not_met: int = 0
    joining: int = 0
    not_computable: int = 0
    either: int = 0

    @property
    def can_move(self) -> bool:
        """Whether it is known how the rows could move the figure."""
        return any((self.met, self.not_met, self.joining, self.not_computable, self.either))


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a series. Built by `Point.of_value`, `Point.of_counts` or `Point.missing`.

    `start` is the first day of the period. `value` is in the series' own unit; percentages are fractions.
    `partial` marks a period that is not settled yet; `ghost` is the reason why a known odd period is set aside.
    Both are drawn hollow and take no part in limits or rules. `not_computable` counts the due cases that could
    not be computed and stand in neither numerator nor denominator.
    """

    start: date
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    partial: bool = False
    ghost: str | None = None
    not_computable: int = 0
    gap: Gap | None = None
    doubt: Doubt | None = None

    @classmethod
    def of_value(
        cls,
        start: date,
        value: float,
        *,
        partial: bool = False,
        ghost: str | None = None,
        doubt: Doubt | None = None,
    ) -> "Point":
        """A point known by its value alone."""
        return cls(start, value, partial=partial, ghost=ghost, doubt=doubt)

    @classmethod
    def of_counts(
        cls,
        start: date,
        numerator: float,
        denominator: float,
        *,
        partial: bool = False,
        ghost: str | None = None,
        not_computable: int = 0,
        doubt: Doubt | None = None,
    ) -> "Point":
        """A point known by numerator and denominator. A denominator of 0 is "no cases", never 0%."""
        value = numerator / denominator if denominator else None
        gap = None
        if value is None:
            gap = Gap.NOT_COMPUTABLE if not_computable else Gap.NO_CASES
        return cls(start, value, numerator, denominator, partial, ghost, not_computable, gap, doubt)

    @classmethod
    def missing(cls, start: date, gap: Gap = Gap.NO_DATA, *, not_computable: int = 0) -> "Point":
        """A period without a value, and why."""
        return cls(start, None, gap=gap, not_computable=not_computable)

    @property
    def judged(self) -> bool:
        """Whether the point takes part in limits and rules."""
        return self.value is not None and not self.partial and self.ghost is None

    @property
    def is_incomplete(self) -> bool:
        """Whether more than 5% of the due cases could not be computed."""
        due = (self.denominator or 0) + self.not_computable
        return self.not_computable > UNCERTAIN_SHARE * due

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The figure if all that is not sure of it went against it, and if all went for it; None where it is sure.

        Not sure are the rows in doubt and, where they are more than 5% of the due cases, those that could not be
        computed: each may be a case that missed, one that met, or none.
        """
        doubt = self.doubt or Doubt(0)
        if self.value is None or not (self.is_incomplete or doubt.can_move):
            return None
        if self.numerator is None or self.denominator is None:
            low = max(self.value - doubt.met - doubt.either, 0.0)
            high = self.value + doubt.not_met + doubt.joining + doubt.not_computable + doubt.either
        else:
            unknown = self.not_computable if self.is_incomplete else doubt.not_computable
            due = self.denominator + unknown + doubt.joining
            low = max(self.numerator - doubt.met - doubt.either, 0.0) / due
            met = self.numerator + doubt.not_met + doubt.joining + unknown
            high = (met + min(doubt.either, max(due - met, 0.0))) / due
        return low, high

    @property
    def value_range(self) -> tuple[float, float] | None:
        """The bounds, where they are far enough from the figure for it to be shown as a range.

        That is where more than 5% of the due cases could not be computed, or rows in doubt could move the figure by
        more than a percentage point (a count: by more than one in a hundred).
        """
        if self.bounds is None or self.value is None:
            return None
        low, high = self.bounds
        most = MOVED_BY if self.denominator is not None else MOVED_BY * self.value
        far = max(self.value - low, high - self.value) > most + 1e-9
        return self.bounds if self.is_incomplete or far else None


@dataclass(frozen=True, slots=True)
class Rebase:
    """A dated decision that the process visibly changed: the first period on or after `start` begins a stretch.

    `of_standard`: a new standard changed what is counted instead, so that figures before it are never compared with
    those after it.
    """

    start: date
    reason: str = ""
    of_standard: bool = False


def days_between(events: Iterable[date]) -> tuple[Point, ...]:
    """The days between neighbouring events, dated by the later one: the points of a t chart.

    Several events on one day give one point, since a chart has one point a date; so no gap is 0 days.
    """
    return tuple(Point.of_value(later, (later - earlier).days) for earlier, later in pairwise(sorted(set(events))))


def in_order(points: Sequence[Point], chart: Chart, *, proportion: bool) -> tuple[Point, ...]:
    """The points by date, checked for `chart`; `proportion` says that no numerator may exceed its denominator.

    The order in which rows arrive is irrelevant. Raises SeriesError, naming the row as it arrived, for a repeated
    date, a value that is not finite, a negative count, counts that a chart needs and lacks, a numerator above the
    denominator of a proportion, or negative days.
    """
    seen: set[date] = set()
    for row, point in enumerate(points):
        if point.start in seen:
            raise SeriesError(row, "date", point.start.isoformat(), "each date once")
        seen.add(point.start)
        _check(row, point, chart, proportion=proportion)
    return tuple(sorted(points, key=lambda point: point.start))


def _check(row: int, point: Point, chart: Chart, *, proportion: bool) -> None:
    for field, number in (
        ("value", point.value),
        ("numerator", point.numerator),
        ("denominator", point.denominator),
    ):
        if number is not None and not math.isfinite(number):
            raise SeriesError(row, field, number, "a finite number")
        if number is not None and number < 0 and field != "value":
            raise SeriesError(row, field, number, "0 or more")
    if point.not_computable < 0:
        raise SeriesError(row, "not_computable", point.not_computable, "0 or more")
    if chart is Chart.T and point.value is not None and point.value < 0:
        raise SeriesError(row, "value", point.value, "0 days or more")
    if chart.needs_counts and point.value is not None and point.denominator is None:
        raise SeriesError(row, "denominator", None, f"a numerator and a denominator for a {chart} chart")
    if (
        proportion
        and point.numerator is not None
        and point.denominator is not None
        and point.numerator > point.denominator
    ):
        raise SeriesError(row, "numerator", point.numerator, f"no more than the denominator {point.denominator:g}")


def stretches(points: Sequence[Point], rebases: Sequence[Rebase]) -> tuple[tuple[range, Rebase | None], ...]:
    """The index ranges between rebases, each with the rebase that began it (None for the first).

    `points` are in order. A rebase before the first point or after the last begins no stretch; of two with no point
    between them the later one counts.
    """
    begun_by: dict[int, Rebase] = {}
    for rebase in sorted(rebases, key=lambda rebase: rebase.start):
        index = next((i for i, point in enumerate(points) if point.start >= rebase.start), None)
        if index:
            begun_by[index] = rebase
    edges = [0, *begun_by, len(points)]
    return tuple((range(first, end), begun_by.get(first)) for first, end in pairwise(edges) if end > first)
