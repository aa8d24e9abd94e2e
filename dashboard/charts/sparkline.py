"""A measure's last periods as a picture of a line's height: SVG text, drawn from the judgement alone."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final
from urllib.parse import quote

from dashboard.analysis.judgement import JudgedPoint, Judgement
from dashboard.analysis.targets import Target
from dashboard.charts.theme import Look
from data_access.vocabulary import TargetState, Variation

WIDTH: Final = 176
HEIGHT: Final = 31
PERIODS: Final = 26
PERIODS_AHEAD: Final = 8
"""Over how many of the last periods a target is drawn that is not due yet."""
_FEWEST: Final = 13
"""Fewer periods than this take only their share of the width."""
_EDGE: Final = 5.0
"""Space at every side for the largest mark."""

Place = tuple[float, float]


def sparkline(judgement: Judgement, look: Look) -> str:
    """Return the picture as SVG: the last 26 periods with what is normal, the mean, the target and real changes.

    The line breaks over periods without a value, mean and band break at a rebase. A period that is not settled is a
    hollow dot, a concern an orange diamond, an improvement a blue dot, a real change of neither kind a square.
    """
    points = judgement.points[-PERIODS:]
    aims = _aims(judgement, points)
    x_of, y_of = _scales(points, aims)
    drawn = [
        *_bands(points, x_of, y_of, look),
        *_means(points, x_of, y_of, look),
        *_targets(aims, x_of, y_of, look),
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


def _aims(judgement: Judgement, points: Sequence[JudgedPoint]) -> list[Target | None]:
    """Return the target at each point: the one in force, or over the last periods the one still due."""
    aims = [each.target for each in points]
    if judgement.target_state is TargetState.DUE:
        ahead = min(PERIODS_AHEAD, len(aims))
        aims[len(aims) - ahead :] = [judgement.target] * ahead
    return aims


def _scales(
    points: Sequence[JudgedPoint], aims: Sequence[Target | None]
) -> tuple[Callable[[int], float], Callable[[float], float]]:
    shown = [value for each in points for value in _values(each)] + [aim.value for aim in aims if aim is not None]
    low, high = (min(shown), max(shown)) if shown else (0.0, 1.0)
    if high - low < 1e-9:
        low, high = low - 0.5, high + 0.5
    slots = max(len(points), _FEWEST)
    step = (WIDTH - 2 * _EDGE) / (slots - 1)
    first = slots - len(points)

    def x_of(place: int) -> float:
        return round(_EDGE + (first + place) * step, 1)

    def y_of(value: float) -> float:
        share = min(max((value - low) / (high - low), 0.0), 1.0)
        return round(HEIGHT - _EDGE - share * (HEIGHT - 2 * _EDGE), 1)

    return x_of, y_of


def _values(judged_point: JudgedPoint) -> Iterator[float]:
    """Yield what the scale must hold; a period that is not settled may lie far off and is drawn at the edge."""
    if judged_point.point.value is not None and judged_point.point.judged:
        yield judged_point.point.value
    if judged_point.drawn is not None and not judged_point.point.partial:
        yield from (line for line in (judged_point.drawn.lower, judged_point.drawn.upper) if line is not None)


def _stretches(points: Sequence[JudgedPoint]) -> Iterator[tuple[int, list[JudgedPoint]]]:
    """Yield the points of each stretch between rebases with the place of the first."""
    place = 0
    for _, of_segment in groupby(points, key=lambda each: each.segment):
        stretch = list(of_segment)
        yield place, stretch
        place += len(stretch)


def _bands(
    points: Sequence[JudgedPoint], x_of: Callable[[int], float], y_of: Callable[[float], float], look: Look
) -> Iterator[str]:
    for place, stretch in _stretches(points):
        limits = [
            (x_of(place + at), y_of(each.drawn.lower), y_of(each.drawn.upper))
            for at, each in enumerate(stretch)
            if each.drawn is not None and each.drawn.lower is not None and each.drawn.upper is not None
        ]
        if limits:
            upper = [(x, high) for x, _, high in limits]
            lower = [(x, low) for x, low, _ in reversed(limits)]
            yield f'<polygon points="{_path([*upper, *lower])}" fill="{look.band}"/>'


def _means(
    points: Sequence[JudgedPoint], x_of: Callable[[int], float], y_of: Callable[[float], float], look: Look
) -> Iterator[str]:
    for place, stretch in _stretches(points):
        values = [None if each.drawn is None else each.drawn.mean for each in stretch]
        yield from _levels([None] * place + values, x_of, y_of, look.limit, "")


def _levels(
    values: Sequence[float | None],
    x_of: Callable[[int], float],
    y_of: Callable[[float], float],
    colour: str,
    dashes: str,
) -> Iterator[str]:
    """Yield level lines, one for each run of the same value."""
    half = (x_of(1) - x_of(0)) / 2
    for value, same in groupby(enumerate(values), key=lambda pair: pair[1]):
        places = [place for place, _ in same]
        if value is not None:
            y = y_of(value)
            yield (
                f'<line x1="{x_of(places[0]) - half:.1f}" x2="{x_of(places[-1]) + half:.1f}" y1="{y}" y2="{y}" '
                f'stroke="{colour}"{dashes}/>'
            )


def _targets(
    aims: Sequence[Target | None],
    x_of: Callable[[int], float],
    y_of: Callable[[float], float],
    look: Look,
) -> Iterator[str]:
    for reference, dashes in ((False, "7 3"), (True, "2 3")):
        values = [aim.value if aim is not None and aim.reference is reference else None for aim in aims]
        yield from _levels(values, x_of, y_of, look.target, f' stroke-width="1.5" stroke-dasharray="{dashes}"')


def _line(
    points: Sequence[JudgedPoint], x_of: Callable[[int], float], y_of: Callable[[float], float], look: Look
) -> Iterator[str]:
    """Yield the line through the settled periods, broken where a period has no value."""
    for known, neighbours in groupby(enumerate(points), key=lambda pair: pair[1].point.judged):
        places = [(x_of(at), y_of(each.point.value)) for at, each in neighbours if each.point.value is not None]
        if known and len(places) > 1:
            yield f'<polyline points="{_path(places)}" fill="none" stroke="{look.line}" stroke-width="1.5"/>'


def _marks(
    points: Sequence[JudgedPoint], x_of: Callable[[int], float], y_of: Callable[[float], float], look: Look
) -> Iterator[str]:
    last = max((at for at, each in enumerate(points) if each.point.judged), default=None)
    for at, each in enumerate(points):
        if each.point.value is None:
            continue
        x, y = x_of(at), y_of(each.point.value)
        if not each.point.judged:
            yield f'<circle cx="{x}" cy="{y}" r="2.8" fill="{look.ground}" stroke="{look.line}" stroke-width="1.3"/>'
        elif each.variation is Variation.CONCERN:
            corners = _path([(x, y - 4.2), (x + 4.2, y), (x, y + 4.2), (x - 4.2, y)])
            yield f'<polygon points="{corners}" fill="{look.concern}" stroke="{look.outline}" stroke-width="0.8"/>'
        elif each.variation is Variation.IMPROVEMENT:
            yield f'<circle cx="{x}" cy="{y}" r="3.2" fill="{look.improvement}"/>'
        elif each.variation is Variation.NEITHER:
            yield f'<rect x="{x - 2.8:.1f}" y="{y - 2.8:.1f}" width="5.6" height="5.6" fill="{look.neither}"/>'
        elif at == last:
            yield f'<circle cx="{x}" cy="{y}" r="2.6" fill="{look.common}"/>'


def _path(places: Iterable[Place]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in places)
