"""Where ticks and labels go, worked out beforehand: an axis must show round figures, and labels must not overlap."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from dashboard.analysis.wording import short_day
from data_access.vocabulary import Period

_NEGLIGIBLE: Final = 1e-6
_STEPS: Final = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True)
class Axis:
    """A vertical axis: its ticks, and the ends of its scale in the unit of the figures."""

    ticks: tuple[float, ...]
    low: float
    high: float


def round_ticks(low: float, high: float, *, wanted: int = 6, whole: bool = False) -> tuple[float, ...]:
    """Return about `wanted` evenly spaced round figures that enclose `low` to `high`; `whole` keeps them integers."""
    if high - low <= _NEGLIGIBLE * max(abs(high), 1.0):
        span = abs(low) if abs(low) > _NEGLIGIBLE else 1.0
        low, high = low - span / 2, high + span / 2
    rough = (high - low) / max(wanted - 1, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(each * power for each in _STEPS if each * power >= rough * (1 - 1e-9))
    if whole:
        step = max(1.0, float(round(step)))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(number * step, 10) for number in range(first, last + 1))


def axis_of(
    values: Sequence[float],
    *,
    floor: float | None,
    ceiling: float | None,
    whole: bool,
    height: float,
    strip: float,
) -> Axis:
    """Return the axis for some figures on a plot of `height` pixels, the lowest `strip` of them kept free of data.

    Ticks never pass `floor` or `ceiling`; a little room stays above the highest, so that a line on it can be seen.
    """
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    ticks = tuple(
        tick
        for tick in round_ticks(low, high, whole=whole)
        if (floor is None or tick >= floor - 1e-9) and (ceiling is None or tick <= ceiling + 1e-9)
    )
    if len(ticks) < 2:
        ticks = (low, high) if high > low else (low, low + 1.0)
    span = ticks[-1] - ticks[0]
    margin = 6.0
    each_pixel = span / (height - strip - 2 * margin)
    return Axis(ticks, ticks[0] - (strip + margin) * each_pixel, ticks[-1] + margin * each_pixel)


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return the places moved apart to at least `gap`, as little as may be, within `low` to `high`; order is kept."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = [places[index] for index in order]
    for index in range(1, len(moved)):
        moved[index] = max(moved[index], moved[index - 1] + gap)
    if moved and moved[-1] > high:
        moved[-1] = high
        for index in range(len(moved) - 2, -1, -1):
            moved[index] = min(moved[index], moved[index + 1] - gap)
    if moved and moved[0] < low:
        moved[0] = low
        for index in range(1, len(moved)):
            moved[index] = max(moved[index], moved[index - 1] + gap)
    back = [0.0] * len(places)
    for index, place in zip(order, moved, strict=True):
        back[index] = place
    return back


def period_labels(starts: Sequence[date], period: Period, *, most: int = 10) -> dict[date, list[str]]:
    """Return the labels below the axis, by first day: every so many periods, with the year where it begins."""
    every = max(1, math.ceil(len(starts) / most))
    if period is Period.WEEK and every > 1:
        every = math.ceil(every / 4) * 4 if every > 2 else every
    chosen = list(reversed(list(reversed(starts))[::every]))
    labels: dict[date, list[str]] = {}
    year: int | None = None
    for start in chosen:
        text = short_day(start) if period in (Period.WEEK, Period.DAY) else short_day(start).split(" ", 1)[1]
        labels[start] = [text, str(start.year)] if start.year != year else [text]
        year = start.year
    return labels
