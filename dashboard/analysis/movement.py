"""Whether a measure has moved since something began: its mean since then held against its mean before.

One question is asked once, of all points since, so that asking it every week does not find a change by asking often:
do the two means lie further apart than three standard deviations of their difference? Both means are of points within
the limits' own model (binomial, Poisson or moving ranges), each with the deviation of a mean of so many points. That
something moved is no proof of what moved it, and nothing here says so.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from dashboard.analysis.judgement import Judgement
from dashboard.analysis.limits import LIMITS_FROM, Fit, fit
from dashboard.analysis.series import Point
from data_access.vocabulary import Chart, Polarity

FEWEST_SINCE: Final = 3
"""A mean of fewer points since says too little."""
_LATE_AT_MOST: Final = 8
_SIGMAS: Final = 3


class Moved(StrEnum):
    """What a measure did since something began."""

    BETTER = "better"
    WORSE = "worse"
    CHANGED = "changed"
    """Of a measure without a better direction."""
    ALREADY = "already"
    """It had been moving that way before."""
    NOT_BEYOND_CHANCE = "not_beyond_chance"
    TOO_FEW = "too_few"
    NOT_JUDGED = "not_judged"
    """Without limits: a stock, a yearly figure, days between events, or a figure that never varies."""
    NEW_STANDARD = "new_standard"
    """What is counted has changed since, so that nothing can be compared."""


@dataclass(frozen=True, slots=True)
class Movement:
    """What a measure did since a day: the means `before` and `since` where both can be told, and of how many points
    the second is. Of what is not judged they are the last figure before and the latest.
    """

    moved: Moved
    before: float | None = None
    since: float | None = None
    points: int = 0


def movement(judgement: Judgement, began: date, *, until: date | None = None) -> Movement:
    """Return what a judged measure did since a day: points that begin on it or later, against those before it.

    Those before are of the stretch of limits that held just then; those since reach to the latest, across rebases,
    which a change may have brought about, but not across a new standard. Where `until` is given, they begin by then.
    """
    judged = [each for each in judgement.points if each.point.judged and (until is None or each.point.start <= until)]
    earlier = [each for each in judged if each.point.start < began]
    later = [each for each in judged if each.point.start >= began]
    if earlier and any(_is_of_new_standard(judgement, each.segment, earlier[-1].segment) for each in later):
        return Movement(Moved.NEW_STANDARD)
    since = [each.point for each in later]
    before = [each.point for each in earlier if each.segment == earlier[-1].segment]
    if judgement.chart in (Chart.LINE, Chart.T):
        return _not_judged(before, since)
    if len(since) < FEWEST_SINCE or len(before) < LIMITS_FROM:
        return Movement(Moved.TOO_FEW, points=len(since))
    return _compared(judgement, before, since)


def _compared(judgement: Judgement, before: Sequence[Point], since: Sequence[Point]) -> Movement:
    fitted = fit(before, judgement.chart, screening=judgement.settings.screening)
    mean = _mean(since, judgement.chart)
    if fitted is None or fitted.sigma is None:
        return _not_judged(before, since)
    old = _mean(before, judgement.chart)
    step = _step(fitted, before, since)
    if step == 0:
        return Movement(Moved.NOT_BEYOND_CHANCE, old, mean, len(since))
    count = max(FEWEST_SINCE, min(len(since), _LATE_AT_MOST))
    earliest, late = before[:-count], before[-count:]
    early = fit(earliest, judgement.chart, screening=judgement.settings.screening)
    if len(earliest) >= LIMITS_FROM and early is not None and _step(early, earliest, late) == step:
        return Movement(Moved.ALREADY, old, mean, len(since))
    return Movement(_named(judgement.subject.polarity, step), old, mean, len(since))


def _not_judged(before: Sequence[Point], since: Sequence[Point]) -> Movement:
    if not before or not since:
        return Movement(Moved.NOT_JUDGED, points=len(since))
    return Movement(Moved.NOT_JUDGED, before[-1].value, since[-1].value, len(since))


def _step(fitted: Fit, before: Sequence[Point], since: Sequence[Point]) -> int:
    """Return 1 or -1 where the mean since lies above or below that before by more than three sigma, else 0."""
    of_before, of_since = fitted.deviation_of_mean(before), fitted.deviation_of_mean(since)
    if of_before is None or of_since is None:
        return 0
    apart = _mean(since, fitted.chart) - _mean(before, fitted.chart)
    if abs(apart) <= _SIGMAS * math.hypot(of_before, of_since):
        return 0
    return 1 if apart > 0 else -1


def _mean(points: Sequence[Point], chart: Chart) -> float:
    """Return the mean as limits have it: of all cases where points have counts, else of the points."""
    if chart.needs_counts:
        cases = math.fsum(point.denominator or 0.0 for point in points)
        return math.fsum(point.numerator or 0.0 for point in points) / cases
    return math.fsum(point.value or 0.0 for point in points) / len(points)


def _named(polarity: Polarity, step: int) -> Moved:
    if polarity is Polarity.NEITHER:
        return Moved.CHANGED
    wanted = 1 if polarity is Polarity.HIGHER else -1
    return Moved.BETTER if step == wanted else Moved.WORSE


def _is_of_new_standard(judgement: Judgement, segment: int, before: int) -> bool:
    """Return whether a new standard lies between two stretches."""
    begun = [each.begun_by for each in judgement.segments[before + 1 : segment + 1]]
    return any(rebase is not None and rebase.of_standard for rebase in begun)
