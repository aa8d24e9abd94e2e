"""Whether two graders who read the same cases agree more than by chance: Cohen's kappa, weighted for ordered grades.

Weights are linear (Cicchetti & Allison 1971): a grade apart counts as a share of the whole way. The interval is that
of large samples (Fleiss, Cohen & Everitt, Psychological Bulletin 1969;72:323-327). With k grades there should be
2k² cases or more (Cicchetti, Applied Psychological Measurement 1981;5:101-104): below, no coefficient is told.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.analysis.intervals import Interval, quantile


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two gradings of some cases agree.

    `needed` are the cases from which `kappa` is told: 1 for full agreement, 0 for no more than chance. It is None
    with fewer, and where all grades are the same: then chance agrees fully as well. `interval` is None without it,
    and where every grade agrees, since an interval by the spread of disagreements has then no width.
    """

    cases: int
    alike: int
    needed: int
    kappa: float | None
    interval: Interval | None


def agreement(gradings: Sequence[tuple[str, str]], grades: Sequence[str], *, ordered: bool) -> Agreement:
    """Return how far first and second grade agree over some cases; `grades` are all that there are, in order.

    Where they are not `ordered`, whatever is not alike disagrees in full. Raise ValueError for a grade that there is
    not.
    """
    unknown = sorted({grade for pair in gradings for grade in pair} - set(grades))
    if unknown:
        raise ValueError(f"{unknown[0]!r} is no grade; there are: {', '.join(grades)}")
    cases, needed = len(gradings), 2 * len(grades) ** 2
    alike = sum(first == second for first, second in gradings)
    if cases < needed:
        return Agreement(cases, alike, needed, None, None)
    kappa, error = _kappa(gradings, grades, ordered=ordered)
    if kappa is None or not error:
        return Agreement(cases, alike, needed, kappa, None)
    half = quantile(0.95) * error
    return Agreement(cases, alike, needed, kappa, Interval(max(kappa - half, -1.0), min(kappa + half, 1.0)))


def _kappa(
    gradings: Sequence[tuple[str, str]], grades: Sequence[str], *, ordered: bool
) -> tuple[float | None, float]:
    """Return kappa, None where chance alone agrees fully, and its standard error."""
    cases, steps = len(gradings), max(len(grades) - 1, 1)

    def weight(first: str, second: str) -> float:
        if not ordered:
            return float(first == second)
        return 1 - abs(grades.index(first) - grades.index(second)) / steps

    shares = {pair: number / cases for pair, number in Counter(gradings).items()}
    firsts, seconds = (
        {grade: number / cases for grade, number in Counter(pair[side] for pair in gradings).items()}
        for side in (0, 1)
    )
    observed = sum(share * weight(*pair) for pair, share in shares.items())
    by_chance = sum(weight(a, b) * share * of_b for a, share in firsts.items() for b, of_b in seconds.items())
    if math.isclose(by_chance, 1):
        return None, 0.0
    kappa = (observed - by_chance) / (1 - by_chance)
    of_first = {a: sum(share * weight(a, b) for b, share in seconds.items()) for a in firsts}
    of_second = {b: sum(share * weight(a, b) for a, share in firsts.items()) for b in seconds}
    squares = sum(
        share * (weight(a, b) - (of_first[a] + of_second[b]) * (1 - kappa)) ** 2 for (a, b), share in shares.items()
    )
    variance = (squares - (kappa - by_chance * (1 - kappa)) ** 2) / (cases * (1 - by_chance) ** 2)
    return kappa, math.sqrt(variance) if variance > 1e-12 else 0.0
