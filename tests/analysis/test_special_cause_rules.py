"""The four rules, one by one."""

import pytest

from dashboard.analysis.limits import Limits
from dashboard.analysis.rules import Signal, signals
from data_access.vocabulary import Direction, Rule

LINES = Limits(0.0, -3.0, -2.0, 2.0, 3.0)
"""Mean 0, one sigma 1."""


def flagged(values, rule, **lengths):
    """The indices at which a rule holds; None is a gap."""
    found = signals([None if value is None else (value, LINES) for value in values], **lengths)
    return [index for index, point in enumerate(found) if any(signal.rule is rule for signal in point)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.5, 3.1, -3.1], [1, 2]),
        ([3.0, -3.0], []),
        ([3.0 + 1e-13], []),
    ],
    ids=["beyond", "on the limit", "on the limit but for rounding"],
)
def test_outside(values, expected):
    assert flagged(values, Rule.OUTSIDE) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 0.5] * 3 + [1], list(range(7))),
        ([1, 0.5] * 3, []),
        ([-1, *[1, 0.5] * 4], list(range(1, 9))),
        ([1, 0.5, 1, 0, 1, 0.5, 1, 0.5], []),
        ([1, 0.5, 1, None, 1, 0.5, 1, 0.5], []),
        ([1, 0.5, 1, -0.5, 1, 0.5, 1, 0.5], []),
    ],
    ids=["seven", "six", "all of a longer one", "broken by the mean", "broken by a gap", "broken by the other side"],
)
def test_run(values, expected):
    assert flagged(values, Rule.RUN) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([-1.5, -1, -0.5, 0.2, 0.5, 1, 1.5], list(range(7))),
        ([-1.5, -1, -0.5, 0.2, 0.5, 1], []),
        ([-1.5, -1, -0.5, 0.2, 0.2, 0.5, 1, 1.5], []),
        ([-1.5, -1, -0.5, None, 0.2, 0.5, 1, 1.5], []),
        ([1.5, 1, 0.5, 0.2, -0.5, -1, -1.5], list(range(7))),
    ],
    ids=["six rising steps", "five steps", "broken by equal neighbours", "broken by a gap", "falling"],
)
def test_trend(values, expected):
    assert flagged(values, Rule.TREND) == expected


def test_a_point_between_two_trends_takes_the_later():
    rise = [-1.5, -1, -0.5, 0.2, 0.5, 1, 1.5]
    found = signals([(value, LINES) for value in [*rise, *reversed(rise[:-1])]])
    directions = [point[0].direction for point in found]
    assert directions == [Direction.HIGH] * 6 + [Direction.LOW] * 7


def test_a_trend_points_where_it_travels_not_where_it_lies():
    found = signals([(value, LINES) for value in [-1.9, -1.8, -1.7, -1.6, -1.5, -1.4, -1.3]])
    assert [signal.rule for signal in found[-1]] == [Rule.TREND, Rule.RUN]
    assert [signal.direction for signal in found[-1]] == [Direction.HIGH, Direction.LOW]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([2.1, 1, 2.2], [0, 2]),
        ([1, 2.1, 2.2], [1, 2]),
        ([2.1, -1, 2.2], []),
        ([2.1, -2.2, 1], []),
        ([2.1, 0, 2.2], []),
        ([2.1, 1, 3.5], [0, 2]),
        ([3.5, 3.6, 1], [0, 1]),
        ([2.0, 1, 2.2], []),
        ([2.1, None, 2.2, 1], []),
        ([-2.1, -2.2, -2.3], [0, 1, 2]),
    ],
    ids=[
        "first and last",
        "last two",
        "one on the other side",
        "opposite sides",
        "one on the mean",
        "beyond three sigma counts",
        "both beyond three sigma count",
        "on the line is not beyond",
        "broken by a gap",
        "three below",
    ],
)
def test_two_of_three(values, expected):
    assert flagged(values, Rule.TWO_OF_THREE) == expected


def test_precedence_is_outside_trend_two_of_three_run():
    found = signals([(value, LINES) for value in [0.1, 0.5, 1, 1.5, 2.1, 2.5, 3.5]])
    assert [signal.rule for signal in found[-1]] == [Rule.OUTSIDE, Rule.TREND, Rule.TWO_OF_THREE, Rule.RUN]


def test_lengths_count_up_to_the_point():
    found = signals([(value, LINES) for value in [-1, *[1, 0.5] * 4]])
    assert found[-1] == (Signal(Rule.RUN, Direction.HIGH, 8),)
    assert found[1] == (Signal(Rule.RUN, Direction.HIGH, 1),)


@pytest.mark.parametrize(("length", "expected"), [(6, list(range(6))), (7, [])])
def test_lengths_are_settings(length, expected):
    assert flagged([1, 0.5] * 3, Rule.RUN, run_length=length) == expected
    assert flagged([-1.5, -1, -0.5, 0.2, 0.5, 1], Rule.TREND, trend_length=length) == expected


def test_without_limits_runs_and_trends_still_count():
    mean_only = Limits(0.0)
    found = signals([(1.0 + 0.1 * (index % 2), mean_only) for index in range(7)])
    assert all([signal.rule for signal in point] == [Rule.RUN] for point in found)


def test_nothing_to_judge():
    assert signals([]) == ()
    assert signals([None, None]) == ((), ())
