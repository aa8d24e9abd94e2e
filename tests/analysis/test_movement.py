"""Whether a measure moved since something began: by hand, by rules, and how often chance alone is called a move."""

import math
import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.judging import judge
from dashboard.analysis.movement import FEWEST_SINCE, Moved, Movement, movement
from dashboard.analysis.series import Point, Rebase
from dashboard.analysis.subject import Subject
from data_access.vocabulary import Chart, Polarity, Unit
from tests.analysis.builders import COUNT, PERCENT, week, weekly

HIGHER = replace(COUNT, polarity=Polarity.HIGHER)
LOWER = replace(COUNT, polarity=Polarity.LOWER)
STEADY = [10, 12] * 10
"""Moving ranges of 2: sigma is 2.66 × 2 / 3 = 1.77, and the mean 11."""


def moved(
    values: list[float | None],
    began: int,
    subject: Subject = HIGHER,
    chart: Chart = Chart.XMR,
    rebases: tuple[Rebase, ...] = (),
) -> Moved:
    return movement(judge(subject, weekly(values), chart=chart, rebases=rebases), week(began)).moved


def test_a_step_is_named_by_what_is_better() -> None:
    """From 11 to 16: the deviation of the difference is 1.77 × √(1/20 + 1/5) = 0.89, and 5 is more than 3 × 0.89."""
    up, down = [*STEADY, *[16] * 5], [*STEADY, *[6] * 5]
    assert [moved(up, 20, each) for each in (HIGHER, LOWER, COUNT)] == [Moved.BETTER, Moved.WORSE, Moved.CHANGED]
    assert [moved(down, 20, each) for each in (HIGHER, LOWER)] == [Moved.WORSE, Moved.BETTER]
    told = movement(judge(HIGHER, weekly(up)), week(20))
    assert (told.before, told.since, told.points) == (11, 16, 5)


@pytest.mark.parametrize(("since", "expected"), [(13.6, Moved.NOT_BEYOND_CHANCE), (13.7, Moved.BETTER)])
def test_three_sigma_of_the_difference_decide(since: float, expected: Moved) -> None:
    """3 × 1.7733 × √(1/20 + 1/5) = 2.66: 13.6 lies within 11 + 2.66, 13.7 beyond."""
    assert moved([*STEADY, *[since] * 5], 20) is expected


def test_counts_are_held_by_all_their_cases() -> None:
    """60% of 50 a week for 20 weeks, then 80% for 4: apart by more than three sigma of 1,000 and 200 cases."""
    points = [Point.of_counts(week(place), 29 + place % 3, 50) for place in range(20)]
    points += [Point.of_counts(week(20 + place), 40, 50) for place in range(4)]
    told = movement(judge(PERCENT, points, chart=Chart.P), week(20))
    assert (told.moved, told.since) == (Moved.BETTER, 0.8)
    assert told.before == pytest.approx(sum(29 + place % 3 for place in range(20)) / 1000)
    apart = 3 * math.sqrt(told.before * (1 - told.before) * (1 / 1000 + 1 / 200))
    assert told.since - told.before > apart


def test_what_moved_before_is_told() -> None:
    climb = [*STEADY, 13, 14, 15, 16, 17, 18, 19, 20, *[22] * 6]
    assert moved(climb, 28) is Moved.ALREADY


def test_points_after_the_day_of_a_review_say_nothing() -> None:
    judgement = judge(HIGHER, weekly([*STEADY, *[16] * 5, *[6] * 5]))
    assert movement(judgement, week(20), until=week(24)).moved is Moved.BETTER
    assert movement(judgement, week(20), until=week(21)) == Movement(Moved.TOO_FEW, points=2)
    assert movement(judgement, week(20)).moved is Moved.NOT_BEYOND_CHANCE


def test_too_little_says_nothing() -> None:
    assert moved([*STEADY, 16, 16], 20) is Moved.TOO_FEW
    assert moved([*STEADY[:12], *[16] * 5], 12) is Moved.TOO_FEW
    assert moved(STEADY, 40) is Moved.TOO_FEW
    assert moved([*STEADY, None, 16, None, 16], 20) is Moved.TOO_FEW
    assert moved([], 0) is Moved.TOO_FEW


def test_what_has_no_limits_is_told_with_its_figures() -> None:
    told = movement(judge(LOWER, weekly([*STEADY, 3, 2]), chart=Chart.LINE), week(20))
    assert (told.moved, told.before, told.since) == (Moved.NOT_JUDGED, 12, 2)
    assert moved([5] * 25, 20) is Moved.NOT_JUDGED


def test_no_figure_is_compared_across_a_new_standard() -> None:
    values: list[float | None] = [*STEADY, *[16] * 8]
    standard, decided = (Rebase(week(22), "changed", of_standard=of) for of in (True, False))
    assert moved(values, 20, rebases=(standard,)) is Moved.NEW_STANDARD
    assert moved(values, 20, rebases=(decided,)) is Moved.BETTER
    assert moved(values, 25, rebases=(replace(standard, start=week(2)),)) is not Moved.NEW_STANDARD


def test_those_before_are_of_the_stretch_that_held_then() -> None:
    """After a rebase at week 15 the level before is 30, not the 11 of long ago."""
    values: list[float | None] = [*STEADY[:15], *[29, 31] * 8, *[30] * 5]
    told = movement(judge(HIGHER, weekly(values), rebases=[Rebase(week(15), "work changed")]), week(31))
    assert (told.moved, told.before) == (Moved.NOT_BEYOND_CHANCE, 30)


@given(
    st.lists(st.integers(0, 40), min_size=16, max_size=40),
    st.integers(13, 30),
    st.floats(0.1, 10),
    st.integers(-50, 50),
)
def test_a_scale_or_a_shift_changes_no_verdict(values: list[int], began: int, scale: float, shift: int) -> None:
    subject = Subject("Anything", Polarity.HIGHER, Unit.NUMBER)

    def verdict(figures: list[float]) -> Moved:
        return movement(judge(subject, weekly(list(figures))), week(began)).moved

    plain = verdict([float(value) for value in values])
    assert verdict([value * 2.0 ** round(math.log2(scale)) for value in values]) is plain
    assert verdict([float(value + shift) for value in values]) is plain


@given(st.lists(st.integers(0, 40), min_size=20, max_size=40), st.integers(14, 30))
def test_what_is_better_for_one_is_worse_for_the_other(values: list[int], began: int) -> None:
    other = {Moved.BETTER: Moved.WORSE, Moved.WORSE: Moved.BETTER}
    first = moved([float(value) for value in values], began, HIGHER)
    assert moved([float(value) for value in values], began, LOWER) is other.get(first, first)


@pytest.mark.parametrize("since", [FEWEST_SINCE, 15, 52])
def test_chance_alone_is_seldom_called_a_move(since: int) -> None:
    """Stable series, asked once: at most one in twenty, however long since. (By the chart's rules, up to a half.)"""
    chance = random.Random(since)  # noqa: S311 - a series, not a secret
    began = 52
    called = 0
    for _ in range(200):
        points = [
            Point.of_value(week(0) + timedelta(weeks=place), chance.gauss(50, 5)) for place in range(began + since)
        ]
        told = movement(judge(HIGHER, points), week(began)).moved
        called += told in (Moved.BETTER, Moved.WORSE)
    assert called <= 10
