"""A measure's last periods as a picture of a line's height: SVG text, drawn from the judgement alone."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final
from urllib.parse import quote

from dashboard.analysis.judgement import JudgedPoint, Judgement
from dashboard.analysis.vocabulary import Variation
from dashboard.charts.theme import Look

WIDTH: Final = 192
HEIGHT: Final = 34
PERIODS: Final = 26
_EDGE: Final = 5.0
"""Room at every side for the largest mark."""

Place = tuple[float, float]


def sparkline(judgement: Judgement, look: Look) -> str:
    """Return the picture as SVG: the last 26 periods with what is normal, the mean, the target and real changes.

    The line breaks over periods without a value, mean and band break at a rebase. A period that is not settled is a
    hollow dot, a concern an orange diamond, an improvement a blue dot, a real change of neither kind a square.
    """
    points = judgement.points[-PERIODS:]
    x_of, y_of = _scales(points)
    drawn = [
        *_bands(points, x_of, y_of, look),
        *_steps(points, x_of, y_of, lambda one: one.drawn.mean if one.drawn else None, look.limit, ""),
        *_targets(points, x_of, y_of, look),
        *_line(points, x_of, y_of, look),
        *_marks(points, x_of, y_of, look),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f"{''.join(drawn)}</svg>"
    )


def as_image(svg: str) -> str:
    """Return SVG text as the address of an image."""
    return f"data:image/svg+xml,{quote(svg, safe=' =:/,')}"


def _scales(points: Sequence[JudgedPoint]) -> tuple[Callable[[int], float], Callable[[float], float]]:
    shown = [value for one in points for value in _values(one)]
    low, high = (min(shown), max(shown)) if shown else (0.0, 1.0)
    if high - low < 1e-9:
        low, high = low - 0.5, high + 0.5
    step = (WIDTH - 2 * _EDGE) / max(PERIODS - 1, 1)
    first = PERIODS - len(points)

    def x_of(place: int) -> float:
        return round(_EDGE + (first + place) * step, 1)

    def y_of(value: float) -> float:
        return round(HEIGHT - _EDGE - (value - low) / (high - low) * (HEIGHT - 2 * _EDGE), 1)

    return x_of, y_of


def _values(one: JudgedPoint) -> Iterator[float]:
    if one.point.value is not None:
        yield one.point.value
    if one.target is not None:
        yield one.target.value
    if one.drawn is not None:
        yield from (line for line in (one.drawn.lower, one.drawn.upper) if line is not None)


def _stretches(points: Sequence[JudgedPoint]) -> Iterator[tuple[int, list[JudgedPoint]]]:
    """Yield the points of each stretch between rebases with the place of the first."""
    place = 0
    for _, found in groupby(points, key=lambda one: one.segment):
        stretch = list(found)
        yield place, stretch
        place += len(stretch)


def _bands(
    points: Sequence[JudgedPoint], x_of: Callable[[int], float], y_of: Callable[[float], float], look: Look
) -> Iterator[str]:
    for place, stretch in _stretches(points):
        limits = [
            (x_of(place + at), y_of(one.drawn.lower), y_of(one.drawn.upper))
            for at, one in enumerate(stretch)
            if one.drawn is not None and one.drawn.lower is not None and one.drawn.upper is not None
        ]
        if limits:
            upper = [(x, high) for x, _, high in limits]
            lower = [(x, low) for x, low, _ in reversed(limits)]
            yield f'<polygon points="{_path([*upper, *lower])}" fill="{look.band}"/>'


def _steps(
    points: Sequence[JudgedPoint],
    x_of: Callable[[int], float],
    y_of: Callable[[float], float],
    value_of: Callable[[JudgedPoint], float | None],
    colour: str,
    dashes: str,
) -> Iterator[str]:
    """Yield level lines, one for each run of the same value within a stretch."""
    half = (x_of(1) - x_of(0)) / 2
    for place, stretch in _stretches(points):
        for value, found in groupby(enumerate(stretch), key=lambda pair: value_of(pair[1])):
            places = [place + at for at, _ in found]
            if value is not None:
                y = y_of(value)
                yield (
                    f'<line x1="{x_of(places[0]) - half:.1f}" x2="{x_of(places[-1]) + half:.1f}" y1="{y}" y2="{y}" '
                    f'stroke="{colour}"{dashes}/>'
                )


def _targets(
    points: Sequence[JudgedPoint], x_of: Callable[[int], float], y_of: Callable[[float], float], look: Look
) -> Iterator[str]:
    for reference, dashes in ((False, "7 3"), (True, "2 3")):

        def value_of(one: JudgedPoint, *, reference: bool = reference) -> float | None:
            return one.target.value if one.target is not None and one.target.reference is reference else None

        given = f' stroke-width="1.5" stroke-dasharray="{dashes}"'
        yield from _steps(points, x_of, y_of, value_of, look.target, given)


def _line(
    points: Sequence[JudgedPoint], x_of: Callable[[int], float], y_of: Callable[[float], float], look: Look
) -> Iterator[str]:
    """Yield the line through the settled periods, broken where a period has no value."""
    for known, found in groupby(enumerate(points), key=lambda pair: pair[1].point.judged):
        places = [(x_of(at), y_of(one.point.value)) for at, one in found if one.point.value is not None]
        if known and len(places) > 1:
            yield f'<polyline points="{_path(places)}" fill="none" stroke="{look.line}" stroke-width="1.5"/>'


def _marks(
    points: Sequence[JudgedPoint], x_of: Callable[[int], float], y_of: Callable[[float], float], look: Look
) -> Iterator[str]:
    last = max((at for at, one in enumerate(points) if one.point.judged), default=None)
    for at, one in enumerate(points):
        if one.point.value is None:
            continue
        x, y = x_of(at), y_of(one.point.value)
        if not one.point.judged:
            yield f'<circle cx="{x}" cy="{y}" r="2.8" fill="{look.ground}" stroke="{look.line}" stroke-width="1.3"/>'
        elif one.variation is Variation.CONCERN:
            corners = _path([(x, y - 4.2), (x + 4.2, y), (x, y + 4.2), (x - 4.2, y)])
            yield f'<polygon points="{corners}" fill="{look.concern}" stroke="{look.outline}" stroke-width="0.8"/>'
        elif one.variation is Variation.IMPROVEMENT:
            yield f'<circle cx="{x}" cy="{y}" r="3.2" fill="{look.improvement}"/>'
        elif one.variation is Variation.NEITHER:
            yield f'<rect x="{x - 2.8:.1f}" y="{y - 2.8:.1f}" width="5.6" height="5.6" fill="{look.neither}"/>'
        elif at == last:
            yield f'<circle cx="{x}" cy="{y}" r="2.6" fill="{look.common}"/>'


def _path(places: Iterable[Place]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in places)
