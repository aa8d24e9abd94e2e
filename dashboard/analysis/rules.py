"""The four rules of special cause, for the points of one stretch; none reaches over a rebase or a gap.

Rules and precedence follow NHSRplotthedots 0.2.2, except that two of three counts points beyond three sigma too, as
NHS England's own tools do. Runs and trends are of seven: on a year of stable weeks that flags the latest point in
about one chart in fifty.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from dashboard.analysis.limits import Limits
from data_access.vocabulary import Direction, Polarity, Rule, Variation

RUN_LENGTH = 7
TREND_LENGTH = 7
_WINDOW = 3
_ROUNDING = 1e-10
"""Figures closer than this share of the largest are equal: 3/10 and 30% must not differ in the last digit."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One rule that a point meets.

    `length` counts the points at work up to and with this one: of the run or trend so far, or of those beyond two
    sigma among the three; 1 for a point outside.
    """

    rule: Rule
    direction: Direction
    length: int


Judged = tuple[float, Limits]


def signals(
    stretch: Sequence[Judged | None], *, run_length: int = RUN_LENGTH, trend_length: int = TREND_LENGTH
) -> tuple[tuple[Signal, ...], ...]:
    """The signals at each point of a stretch, in the order of `Rule`: the first one names the point.

    A None is a gap: a missing, partial or ghosted period. A value equal to a limit is inside; one equal to the mean
    is on neither side; equal neighbours break a trend. A point that ends one trend and starts another takes the
    later one.
    """
    signals_at: list[list[Signal]] = [[] for _ in stretch]
    tolerance = _ROUNDING * max((abs(judged[0]) for judged in stretch if judged), default=0.0)
    for first, part in _unbroken(stretch):
        sides = [_sign(value - limits.mean, tolerance) for value, limits in part]
        steps = [_sign(later[0] - earlier[0], tolerance) for earlier, later in pairwise(part)]
        for offset, signal in (
            *_outside(part, tolerance),
            *_trends(steps, trend_length),
            *_two_of_three(part, sides, tolerance),
            *_runs(sides, run_length),
        ):
            signals_at[first + offset].append(signal)
    return tuple(tuple(point) for point in signals_at)


def variation_of(direction: Direction | None, polarity: Polarity) -> Variation:
    """What a signal in a direction means under a polarity; no signal is common cause."""
    if direction is None:
        return Variation.COMMON_CAUSE
    if polarity is Polarity.NEITHER:
        return Variation.NEITHER
    return (
        Variation.IMPROVEMENT if (direction is Direction.HIGH) is (polarity is Polarity.HIGHER) else Variation.CONCERN
    )


def _unbroken(stretch: Sequence[Judged | None]) -> Iterator[tuple[int, list[Judged]]]:
    """The pieces between gaps, each with the index of its first point."""
    first = 0
    for present, group in groupby(stretch, key=lambda judged: judged is not None):
        piece = list(group)
        if present:
            yield first, [judged for judged in piece if judged is not None]
        first += len(piece)


def _sign(difference: float, tolerance: float) -> int:
    if abs(difference) <= tolerance:
        return 0
    return 1 if difference > 0 else -1


def _direction(sign: int) -> Direction:
    return Direction.HIGH if sign > 0 else Direction.LOW


def _beyond(value: float, lower: float | None, upper: float | None, tolerance: float) -> int:
    """1 strictly above `upper`, -1 strictly below `lower`, else 0."""
    if upper is not None and value > upper + tolerance:
        return 1
    if lower is not None and value < lower - tolerance:
        return -1
    return 0


def _outside(part: Sequence[Judged], tolerance: float) -> Iterator[tuple[int, Signal]]:
    for offset, (value, limits) in enumerate(part):
        side = _beyond(value, limits.lower, limits.upper, tolerance)
        if side:
            yield offset, Signal(Rule.OUTSIDE, _direction(side), 1)


def _runs(sides: Sequence[int], run_length: int) -> Iterator[tuple[int, Signal]]:
    offset = 0
    for side, group in groupby(sides):
        length = len(list(group))
        if side and length >= run_length:
            for position in range(length):
                yield offset + position, Signal(Rule.RUN, _direction(side), position + 1)
        offset += length


def _trends(steps: Sequence[int], trend_length: int) -> Iterator[tuple[int, Signal]]:
    by_point: dict[int, Signal] = {}
    offset = 0
    for step, group in groupby(steps):
        length = len(list(group))
        if step and length + 1 >= trend_length:
            for position in range(length + 1):
                by_point[offset + position] = Signal(Rule.TREND, _direction(step), position + 1)
        offset += length
    yield from by_point.items()


def _two_of_three(part: Sequence[Judged], sides: Sequence[int], tolerance: float) -> Iterator[tuple[int, Signal]]:
    far = [_beyond(value, limits.near_lower, limits.near_upper, tolerance) for value, limits in part]
    by_point: dict[int, Signal] = {}
    for last in range(_WINDOW - 1, len(part)):
        window = range(last - _WINDOW + 1, last + 1)
        side = sides[last]
        beyond = [offset for offset in window if far[offset] == side]
        if side and all(sides[offset] == side for offset in window) and len(beyond) >= _WINDOW - 1:
            for offset in beyond:
                by_point.setdefault(offset, Signal(Rule.TWO_OF_THREE, _direction(side), len(beyond)))
    yield from by_point.items()
