"""Groups too small to be told: the handful, and what would give it away."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.small_groups import hidden_groups, small_groups


@pytest.mark.parametrize(
    ("groups", "small"),
    [
        ([(5, 5), (6, 6), (0, 0), (0, 1)], {0, 3}),
        # a count has no denominator
        ([(5, 0), (6, 0), (0, 0)], {0}),
        # few that are met are no small group
        ([(1, 40)], set()),
    ],
)
def test_groups_of_fewer_than_six_are_small(groups: list[tuple[int, int]], small: set[int]) -> None:
    assert small_groups(groups) == small


@pytest.mark.parametrize(
    ("groups", "in_parts", "hidden"),
    [
        ([(100, 110), (90, 100)], True, set()),
        # 104 less 100 is small, and the total would give it away but for another
        ([(100, 104), (90, 100)], True, {0, 1}),
        ([(100, 104), (90, 100), (50, 70)], True, {0, 2}),
        ([(8, 8), (9, 9)], True, set()),
        # the only group is the total itself
        ([(3, 0)], False, {0}),
        ([(3, 0), (10, 0), (12, 0)], False, {0, 1}),
    ],
)
def test_what_would_give_a_small_number_away_is_hidden_with_it(
    groups: list[tuple[int, int]], hidden: set[int], *, in_parts: bool
) -> None:
    assert hidden_groups(groups, in_parts=in_parts) == hidden


@given(st.lists(st.integers(0, 12), min_size=1, max_size=4))
def test_no_hidden_count_can_be_worked_out_from_the_others_and_the_total(counts: list[int]) -> None:
    hidden = hidden_groups([(count, 0) for count in counts], in_parts=False)
    assert all(place in hidden for place, count in enumerate(counts) if 0 < count < 6)
    if len(hidden) == len(counts):
        return
    rest = sum(counts[place] for place in hidden)
    fitting = [
        each
        for each in itertools.product(
            *(range(1, 6) if counts[place] < 6 else range(6, rest + 1) for place in sorted(hidden))
        )
        if sum(each) == rest
    ]
    for place in range(len(hidden)):
        assert len({each[place] for each in fitting}) > 1
