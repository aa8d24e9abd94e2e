"""Intervals for comparing places or teams: Wilson for proportions, exact Poisson and Byar for counts and rates.

They are not for the weekly series, where limits do that work. Methods as in OHID's technical guidance and
PHEindicatormethods; normal quantiles are exact, not rounded.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

from scipy import special

BYAR_FROM = 10
"""Byar's approximation serves from this many events; below, the exact Poisson limits."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A lower and an upper end, in the unit of the figure."""

    lower: float
    upper: float


def quantile(confidence: float) -> float:
    """The normal deviate of a two-sided confidence: 1.959964 for 0.95, 3.090232 for 0.998."""
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def wilson(numerator: float, denominator: float, confidence: float = 0.95) -> Interval:
    """The Wilson score interval of a proportion, as fractions.

    Raises ValueError unless 0 ≤ numerator ≤ denominator and the denominator is above 0.
    """
    if not (denominator > 0 and 0 <= numerator <= denominator):
        raise ValueError(f"{numerator} of {denominator} is no proportion")
    z = quantile(confidence)
    centre = 2 * numerator + z**2
    half = z * math.sqrt(z**2 + 4 * numerator * (1 - numerator / denominator))
    width = 2 * (denominator + z**2)
    return Interval(max((centre - half) / width, 0.0), min((centre + half) / width, 1.0))


def poisson(count: float, confidence: float = 0.95) -> Interval:
    """The exact Poisson interval of a count; the lower end of 0 is 0."""
    _check_count(count)
    tail = (1 - confidence) / 2
    lower = float(special.gammaincinv(count, tail)) if count else 0.0
    return Interval(lower, float(special.gammainccinv(count + 1, tail)))


def byar(count: float, confidence: float = 0.95) -> Interval:
    """Byar's approximation to the Poisson interval, for counts from 10."""
    _check_count(count)
    if count < BYAR_FROM:
        raise ValueError(f"Byar's approximation needs a count of {BYAR_FROM} or more, not {count}")
    z = quantile(confidence)
    above = count + 1
    return Interval(
        count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3,
        above * (1 - 1 / (9 * above) + z / (3 * math.sqrt(above))) ** 3,
    )


def rate(count: float, denominator: float, *, multiplier: float = 1.0, confidence: float = 0.95) -> Interval:
    """The interval of a count per `denominator`, times `multiplier`: exact below 10 events, Byar from 10."""
    if denominator <= 0:
        raise ValueError(f"a rate needs a denominator above 0, not {denominator}")
    ends = byar(count, confidence) if count >= BYAR_FROM else poisson(count, confidence)
    scale = multiplier / denominator
    return Interval(ends.lower * scale, ends.upper * scale)


def _check_count(count: float) -> None:
    if count < 0:
        raise ValueError(f"a count cannot be {count}")
