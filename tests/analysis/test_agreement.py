"""Cohen's kappa: a published example, a naive count over pairs, and what is not told."""

import math
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard.analysis.agreement import agreement

GRADES = ("poor", "adequate", "good", "excellent")
PUBLISHED = [[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]]
"""Two ratings of 91 cases on four ordered levels: REFERENCES.md."""


def pairs_of(table: list[list[int]]) -> list[tuple[str, str]]:
    return [
        (GRADES[row], GRADES[column])
        for row, numbers in enumerate(table)
        for column, number in enumerate(numbers)
        for _ in range(number)
    ]


@pytest.mark.parametrize(
    ("ordered", "kappa", "lower", "upper"),
    [(False, 0.1293, -0.005120, 0.263781), (True, 0.2374, 0.083883, 0.390878)],
)
def test_the_published_example(ordered: bool, kappa: float, lower: float, upper: float) -> None:
    told = agreement(pairs_of(PUBLISHED), GRADES, ordered=ordered)
    assert (told.cases, told.alike) == (91, 33)
    assert told.kappa == pytest.approx(kappa, abs=5e-5)
    assert told.interval is not None
    assert (told.interval.lower, told.interval.upper) == pytest.approx((lower, upper), abs=2e-6)


def naive(pairs: list[tuple[str, str]]) -> float | None:
    """One less the distance between the grades of a case, over that between grades of any two cases."""

    def apart(first: str, second: str) -> int:
        return abs(GRADES.index(first) - GRADES.index(second))

    within = sum(apart(*pair) for pair in pairs) * len(pairs)
    anyhow = sum(apart(first, second) for (first, _), (_, second) in product(pairs, pairs))
    return None if not anyhow else 1 - within / anyhow


GRADINGS = st.lists(st.tuples(st.sampled_from(GRADES), st.sampled_from(GRADES)), min_size=32, max_size=60)


@given(GRADINGS)
def test_a_naive_count_gives_the_same_kappa(pairs: list[tuple[str, str]]) -> None:
    told, expected = agreement(pairs, GRADES, ordered=True).kappa, naive(pairs)
    assert (told is None) is (expected is None)
    assert told is None or told == pytest.approx(expected, abs=1e-9)


@given(GRADINGS)
def test_the_interval_is_that_of_small_changes_to_each_case(pairs: list[tuple[str, str]]) -> None:
    """The spread of kappa follows from how a little more weight on each case would move it."""
    told = agreement(pairs, GRADES, ordered=True)
    assume(told.interval is not None and told.interval.lower > -1 and told.interval.upper < 1)
    assert told.kappa is not None
    assert told.interval is not None

    def weighted(weights: list[float]) -> float:
        every = sum(weights)
        within = sum(w * abs(GRADES.index(a) - GRADES.index(b)) for w, (a, b) in zip(weights, pairs, strict=True))
        firsts, seconds = (
            [sum(w for w, pair in zip(weights, pairs, strict=True) if pair[side] == grade) for grade in GRADES]
            for side in (0, 1)
        )
        anyhow = sum(firsts[i] * seconds[j] * abs(i - j) for i, j in product(range(4), range(4)))
        return 1 - within * every / anyhow

    step, moved = 1e-6, []
    for place in range(len(pairs)):
        weights = [1.0] * len(pairs)
        weights[place] += step
        moved.append((weighted(weights) - told.kappa) / step)
    error = math.sqrt(sum(each**2 for each in moved))
    half = (told.interval.upper - told.interval.lower) / 2
    assert half == pytest.approx(1.959964 * error, rel=1e-3, abs=1e-5)


def test_with_few_cases_no_coefficient_is_told() -> None:
    few = agreement([("good", "good"), ("good", "poor")] * 15, GRADES, ordered=True)
    assert (few.cases, few.alike, few.needed, few.kappa, few.interval) == (30, 15, 32, None, None)
    enough = agreement(
        [("good", "good"), ("poor", "poor"), ("good", "poor"), ("poor", "good")] * 8, GRADES, ordered=True
    )
    assert enough.kappa == pytest.approx(0)
    assert agreement([], GRADES, ordered=True).cases == 0


def test_graders_who_agree_in_all_have_no_interval_and_in_a_single_grade_no_kappa() -> None:
    told = agreement([(grade, grade) for grade in GRADES] * 8, GRADES, ordered=True)
    assert (told.kappa, told.interval) == (pytest.approx(1), None)
    same = agreement([("good", "good")] * 40, GRADES, ordered=True)
    assert (same.alike, same.kappa, same.interval) == (40, None, None)


def test_a_word_that_is_no_grade_is_refused() -> None:
    with pytest.raises(ValueError, match="'outstanding' is no grade"):
        agreement([("good", "outstanding")], GRADES, ordered=True)
