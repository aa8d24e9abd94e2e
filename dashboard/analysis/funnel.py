"""Teams or councils side by side: a funnel from five units, intervals below. No ranking, no league table.

Sources: Spiegelhalter (2005) for the exact binomial lines, OHID Fingertips for the score form and the rates,
FunnelPlotR for over-dispersion. A unit is "outside" only beyond 99.8%; between the two lines it says "look again".

A share is judged by the lines around the centre. A rate is judged as Fingertips does it: it is outside where the
count expected of it lies outside the interval of the count observed. The lines drawn for rates are the interval of
the count expected; judging by them would call a unit without events outside wherever it is.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from scipy import special

from dashboard.analysis.intervals import Interval, poisson, quantile, rate, wilson

INNER = 0.95
OUTER = 0.998
FUNNEL_FROM = 5
"""Fewer units get a dot and an interval each."""
DISPERSION_FROM = 10
"""Over-dispersion is worked out from this many units."""
_SMALL = 5
_WINSORISED = 0.1


class Basis(StrEnum):
    """What the figures are."""

    PROPORTION = "proportion"
    RATE = "rate"


class Method(StrEnum):
    """How the lines were worked out."""

    SCORE = "score"
    EXACT_BINOMIAL = "exact_binomial"
    EXACT_POISSON = "exact_poisson"
    OVERDISPERSED = "overdispersed"


class Verdict(StrEnum):
    """Where a unit lies. Only an outside unit may be named in a sentence."""

    INSIDE = "inside"
    LOOK_AGAIN = "look_again"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Unit:
    """A team or council: its counts over the window, and whether they must not be shown."""

    name: str
    numerator: float
    denominator: float
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class PlacedUnit:
    """A unit that is shown: its value and 95% interval, the lines at its size, and the verdict."""

    unit: Unit
    value: float
    interval: Interval
    inner: Interval
    outer: Interval
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a funnel around its centre.

    `tau2` is the spread between units that chance does not explain; None where it was not worked out.
    """

    method: Method
    centre: float
    tau2: float | None

    def at(self, denominator: float, confidence: float) -> Interval:
        """Both lines at a denominator, for 95% (`INNER`) or 99.8% (`OUTER`)."""
        if self.method is Method.EXACT_POISSON:
            return poisson_line(self.centre, denominator, confidence)
        if self.centre <= 0 or self.centre >= 1:
            return Interval(self.centre, self.centre)
        if self.method is Method.EXACT_BINOMIAL:
            return exact_binomial_line(self.centre, denominator, confidence)
        if self.method is Method.OVERDISPERSED:
            wide = overdispersed_line(self.centre, denominator, confidence, self.tau2 or 0.0)
            exact = exact_binomial_line(self.centre, denominator, confidence)
            return Interval(min(wide.lower, exact.lower), max(wide.upper, exact.upper))
        return score_line(self.centre, denominator, confidence)


@dataclass(frozen=True, slots=True)
class Funnel:
    """Units around a centre, in the order given.

    `is_funnel` is False below five units: draw `interval` for each instead of lines. `left_out` names the units not
    shown; `note` says what a reader must know.
    """

    basis: Basis
    lines: Lines
    units: tuple[PlacedUnit, ...]
    is_funnel: bool
    left_out: tuple[str, ...]
    note: str


def funnel(units: Sequence[Unit], basis: Basis, *, centre: float | None = None) -> Funnel | None:
    """Place units around their pooled value or around `centre` (England's, named by the caller).

    Suppressed units and those without cases are left out and counted in the note. None if no unit is left. Raises
    ValueError for counts that cannot be.
    """
    for unit in units:
        _check(unit, basis)
    shown = [unit for unit in units if not unit.suppressed and unit.denominator > 0]
    if not shown:
        return None
    middle = (
        math.fsum(unit.numerator for unit in shown) / math.fsum(unit.denominator for unit in shown)
        if centre is None
        else centre
    )
    tau2 = _tau2(shown, middle) if basis is Basis.PROPORTION and len(shown) >= DISPERSION_FROM else None
    lines = Lines(_method(shown, basis, middle, tau2), middle, tau2)
    return Funnel(
        basis=basis,
        lines=lines,
        units=tuple(_place(unit, basis, lines) for unit in shown),
        is_funnel=len(shown) >= FUNNEL_FROM,
        left_out=tuple(unit.name for unit in units if unit not in shown),
        note=_note(units, shown, tau2),
    )


def score_line(centre: float, denominator: float, confidence: float) -> Interval:
    """The score test's lines around a proportion, within 0 and 1: Wilson's interval turned round."""
    half = quantile(confidence) * math.sqrt(centre * (1 - centre) / denominator)
    return Interval(max(centre - half, 0.0), min(centre + half, 1.0))


def exact_binomial_line(centre: float, denominator: float, confidence: float) -> Interval:
    """Spiegelhalter's interpolated binomial lines, within 0 and 1.

    The lower line is his. The upper one is the lower line of the cases not met, turned round: taken straight, his
    formula puts a count above the line that is too likely by up to one case (five of five late, at 80% late).
    """
    tail = (1 - confidence) / 2
    return Interval(
        _binomial_quantile(centre, denominator, tail) / denominator,
        1 - _binomial_quantile(1 - centre, denominator, tail) / denominator,
    )


def poisson_line(centre: float, denominator: float, confidence: float) -> Interval:
    """The exact chi-square lines around a rate, at the count expected; the lower is 0 where chance may bring none."""
    expected = centre * denominator
    line = poisson(expected, confidence)
    lower = line.lower if expected > poisson(0, confidence).upper else 0.0
    return Interval(lower / denominator, line.upper / denominator)


def overdispersed_line(centre: float, denominator: float, confidence: float, tau2: float) -> Interval:
    """The lines of proportions that vary more than chance: on the arcsine scale, widened by tau².

    For a few cases the arcsine is too narrow by far: one alone would be outside at 0% where 80% is usual. So `Lines`
    takes the exact lines where they are wider.
    """
    middle = math.asin(math.sqrt(centre))
    half = quantile(confidence) * math.sqrt(1 / (4 * denominator) + tau2)
    return Interval(
        math.sin(max(middle - half, 0.0)) ** 2,
        math.sin(min(middle + half, math.pi / 2)) ** 2,
    )


def _binomial_quantile(proportion: float, denominator: float, tail: float) -> float:
    """The count below which `tail` of the binomial lies, interpolated between counts and never below 0."""

    def up_to(count: int) -> float:
        return float(special.bdtr(count, denominator, proportion)) if count >= 0 else 0.0

    near = float(special.bdtrik(tail, denominator, proportion))
    count = 0 if math.isnan(near) else max(math.floor(near), 0)
    while up_to(count - 1) >= tail:
        count -= 1
    while up_to(count) < tail:
        count += 1
    return max(count - (up_to(count) - tail) / (up_to(count) - up_to(count - 1)), 0.0)


def _check(unit: Unit, basis: Basis) -> None:
    if unit.numerator < 0 or unit.denominator < 0:
        raise ValueError(f"{unit.name}: counts cannot be below 0")
    if basis is Basis.PROPORTION and unit.numerator > unit.denominator:
        raise ValueError(f"{unit.name}: {unit.numerator:g} of {unit.denominator:g} is no proportion")
    if basis is Basis.PROPORTION and not (
        float(unit.numerator).is_integer() and float(unit.denominator).is_integer()
    ):
        raise ValueError(f"{unit.name}: a proportion counts whole cases")


def _method(shown: Sequence[Unit], basis: Basis, centre: float, tau2: float | None) -> Method:
    if basis is Basis.RATE:
        return Method.EXACT_POISSON
    if tau2:
        return Method.OVERDISPERSED
    expected = min(unit.denominator for unit in shown) * min(centre, 1 - centre)
    return Method.SCORE if expected >= _SMALL or math.isclose(expected, _SMALL) else Method.EXACT_BINOMIAL


def _place(unit: Unit, basis: Basis, lines: Lines) -> PlacedUnit:
    value = unit.numerator / unit.denominator
    inner, outer = lines.at(unit.denominator, INNER), lines.at(unit.denominator, OUTER)
    if basis is Basis.PROPORTION:
        interval = wilson(unit.numerator, unit.denominator)
        is_beyond = _beyond(value, outer), _beyond(value, inner)
    else:
        interval = rate(unit.numerator, unit.denominator)
        wide = rate(unit.numerator, unit.denominator, confidence=OUTER)
        is_beyond = _beyond(lines.centre, wide), _beyond(lines.centre, interval)
    return PlacedUnit(unit, value, interval, inner, outer, _verdict(*is_beyond))


def _verdict(is_beyond_outer: bool, is_beyond_inner: bool) -> Verdict:
    if is_beyond_outer:
        return Verdict.OUTSIDE
    return Verdict.LOOK_AGAIN if is_beyond_inner else Verdict.INSIDE


def _beyond(value: float, line: Interval) -> bool:
    rounding = 1e-12 * max(abs(value), 1e-12)
    return value < line.lower - rounding or value > line.upper + rounding


def _tau2(shown: Sequence[Unit], centre: float) -> float:
    """The variance between units beyond chance, on the arcsine scale, from z scores winsorised at 10% each end."""
    weights = [4 * unit.denominator for unit in shown]
    middle = math.asin(math.sqrt(min(max(centre, 0.0), 1.0)))
    scores = [
        (math.asin(math.sqrt(unit.numerator / unit.denominator)) - middle) * math.sqrt(weight)
        for unit, weight in zip(shown, weights, strict=True)
    ]
    low, high = _quantile_7(scores, _WINSORISED), _quantile_7(scores, 1 - _WINSORISED)
    squares = math.fsum(min(max(score, low), high) ** 2 for score in scores)
    chance = len(shown) - 1
    if squares <= chance:
        return 0.0
    total = math.fsum(weights)
    return (squares - chance) / (total - math.fsum(weight**2 for weight in weights) / total)


def _quantile_7(values: Sequence[float], share: float) -> float:
    """R's default sample quantile (type 7): linear between the order statistics."""
    ordered = sorted(values)
    position = share * (len(ordered) - 1)
    below = math.floor(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


def _note(units: Sequence[Unit], shown: Sequence[Unit], tau2: float | None) -> str:
    suppressed = sum(unit.suppressed for unit in units)
    empty = len(units) - len(shown) - suppressed
    parts = []
    if suppressed:
        parts.append(f"{suppressed} not shown: small numbers.")
    if empty:
        parts.append(f"{empty} not shown: no cases.")
    if len(shown) < FUNNEL_FROM:
        parts.append(f"Fewer than {FUNNEL_FROM} to compare: 95% intervals instead of a funnel.")
    elif tau2 is None:
        parts.append("Lines not widened for differences between units.")
    elif tau2:
        parts.append("Lines widened: these units differ by more than chance.")
    return " ".join(parts)
