"""How a number of rows went from load to load, as a picture of a line's height: SVG text."""

from collections.abc import Sequence
from typing import Final

from dashboard.charts.theme import Look

WIDTH: Final = 120
HEIGHT: Final = 24
LOADS: Final = 26
_EDGE: Final = 4.0


def counts_line(numbers: Sequence[int], look: Look) -> str:
    """Return the last 26 numbers as SVG: a line from nought to the largest, its last end a dot."""
    shown = numbers[-LOADS:]
    top = max([1, *shown])
    step = (WIDTH - 2 * _EDGE) / max(1, len(shown) - 1)
    first = WIDTH - _EDGE - step * (len(shown) - 1)
    places = [
        (first + step * place, HEIGHT - _EDGE - (HEIGHT - 2 * _EDGE) * number / top)
        for place, number in enumerate(shown)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    x, y = places[-1]
    base = HEIGHT - _EDGE / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f'<path d="M0 {base}H{WIDTH}" stroke="{look.grid}"/>'
        f'<polyline points="{line}" fill="none" stroke="{look.line}" stroke-width="1.5"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{look.mean}"/></svg>'
    )


def counts_told(numbers: Sequence[int]) -> str:
    """Return the same in words."""
    shown = numbers[-LOADS:]
    if len(shown) == 1:
        return f"{shown[0]:,} rows at the only load counted"
    return f"from {shown[0]:,} to {shown[-1]:,} rows over {len(shown)} loads, at most {max(shown):,}"
