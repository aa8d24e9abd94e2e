"""Mean and limits of one stretch: XmR, p, p′, u, u′ and t.

Sources: NHSRplotthedots 0.2.2 for XmR and its screening; Laney (2002) for p′ and u′; Montgomery for p and u; the
power 1/3.6 of the t chart is Nelson's, as in qicharts2. The limits here are unclipped: only the drawn line ends at
0 or 100%.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dashboard.analysis.series import Point
from data_access.vocabulary import Chart, Display

XMR_FACTOR = 2.66
"""Three sigma in average moving ranges, rounded as in R, Excel and the teaching."""
SCREENING_FACTOR = 3.267
"""A moving range at or beyond this many average ranges is left out, once."""
MOVING_RANGE_TO_SIGMA = 1.128
"""The average moving range of a unit normal series (d2 for two)."""
T_POWER = 3.6
LIMITS_FROM = 13
"""Limits and icons show from this many judged points in a stretch."""
TRIAL_TO = 25
"""Up to this many, limits are called trial limits."""
_NEGLIGIBLE = 1e-12
"""A spread this small compared with the figures is rounding, not variation."""
_NEGLIGIBLE_Z = 1e-9


@dataclass(frozen=True, slots=True)
class Limits:
    """The lines at one point: mean, two sigma ("near") and three sigma. The four are None where nothing varies."""

    mean: float
    lower: float | None = None
    near_lower: float | None = None
    near_upper: float | None = None
    upper: float | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """What the baseline of a stretch taught: `limits_at` gives the lines for any point of it.

    `mean` and `sigma` are on the scale of judging: days to the power 1/3.6 for t; for p and u charts `sigma`
    multiplies each point's own binomial or Poisson deviation. `sigma` is None where the lines would collapse.
    """

    chart: Chart
    mean: float
    sigma: float | None

    def limits_at(self, point: Point) -> Limits:
        """The lines at `point`. Without its denominator a p or u chart has only a mean there."""
        deviation = self._deviation(point)
        if deviation is None:
            return Limits(_to_days(self.mean) if self.chart is Chart.T else self.mean)
        lines = (
            self.mean,
            self.mean - 3 * deviation,
            self.mean - 2 * deviation,
            self.mean + 2 * deviation,
            self.mean + 3 * deviation,
        )
        return Limits(*(_to_days(line) for line in lines)) if self.chart is Chart.T else Limits(*lines)

    def deviation_of_mean(self, points: Sequence[Point]) -> float | None:
        """The standard deviation of the mean of some points of the stretch, taken as not hanging on one another.

        None where nothing varies. On a p or u chart the mean is that of all their cases.
        """
        if self.sigma is None:
            return None
        if not self.chart.needs_counts:
            return self.sigma / math.sqrt(len(points))
        cases = math.fsum(point.denominator or 0.0 for point in points)
        return self.sigma * _deviation_of_counts(self.chart, self.mean, cases) if cases else None

    def _deviation(self, point: Point) -> float | None:
        if self.sigma is None or not self.chart.needs_counts:
            return self.sigma
        if not point.denominator:
            return None
        return self.sigma * _deviation_of_counts(self.chart, self.mean, point.denominator)


def fit(baseline: Sequence[Point | None], chart: Chart, *, screening: bool) -> Fit | None:
    """Mean and sigma from the baseline points of one stretch, oldest first.

    A None stands for a gap (a missing, partial or ghosted period): no moving range reaches over it. Gives None for
    a plain line and for a baseline without points; from two points on there are limits, unless nothing varies.
    """
    present = [point for point in baseline if point is not None]
    if chart is Chart.LINE or not present:
        return None
    if chart.needs_counts:
        return _fit_counts(baseline, chart, screening=screening)
    values = [None if point is None else _on_scale(chart, point) for point in baseline]
    known = [value for value in values if value is not None]
    mean = math.fsum(known) / len(known) if min(known) < max(known) else known[0]
    average = _average_moving_range(values, screening=screening, negligible=_NEGLIGIBLE * max(map(abs, known)))
    return Fit(chart, mean, None if average is None else XMR_FACTOR * average / 3)


def display(count: int) -> Display:
    """What a stretch of so many judged points may show."""
    if count < LIMITS_FROM:
        return Display.TOO_FEW
    return Display.TRIAL if count <= TRIAL_TO else Display.FULL


def _fit_counts(baseline: Sequence[Point | None], chart: Chart, *, screening: bool) -> Fit:
    counts = [None if point is None else (point.numerator or 0.0, point.denominator or 0.0) for point in baseline]
    known = [pair for pair in counts if pair is not None]
    mean = math.fsum(x for x, _ in known) / math.fsum(n for _, n in known)
    if mean <= 0 or (chart.is_proportion and mean >= 1):
        return Fit(chart, mean, None)
    if chart in (Chart.P, Chart.U):
        return Fit(chart, mean, 1.0 if len(known) > 1 else None)
    standardised = [
        None if pair is None else (pair[0] / pair[1] - mean) / _deviation_of_counts(chart, mean, pair[1])
        for pair in counts
    ]
    average = _average_moving_range(standardised, screening=screening, negligible=_NEGLIGIBLE_Z)
    return Fit(chart, mean, None if average is None else average / MOVING_RANGE_TO_SIGMA)


def _average_moving_range(values: Sequence[float | None], *, screening: bool, negligible: float) -> float | None:
    """The average range between neighbours, screened once; None where there is none or nothing varies.

    Where screening leaves nothing, or only ranges of 0, all ranges count: otherwise sparse counts would get
    collapsed limits that flag every point.
    """
    ranges = [
        abs(later - earlier) for earlier, later in pairwise(values) if earlier is not None and later is not None
    ]
    if not ranges:
        return None
    average = math.fsum(ranges) / len(ranges)
    if screening:
        kept = [moving for moving in ranges if moving < SCREENING_FACTOR * average]
        screened = math.fsum(kept) / len(kept) if kept else 0.0
        if screened > negligible:
            return screened
    return average if average > negligible else None


def _deviation_of_counts(chart: Chart, mean: float, denominator: float) -> float:
    variance = mean * (1 - mean) if chart.is_proportion else mean
    return math.sqrt(variance / denominator)


def _on_scale(chart: Chart, point: Point) -> float:
    value = point.value or 0.0
    return value ** (1 / T_POWER) if chart is Chart.T else value


def _to_days(scaled: float) -> float:
    """Back to days. The sign is kept, so that a limit below 0 stays below 0 and is never clipped here."""
    return math.copysign(abs(scaled) ** T_POWER, scaled)
