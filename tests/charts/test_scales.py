"""Ticks are round, labels keep apart, and neither leaves the plot."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.scales import axis_of, period_labels, round_ticks, spread
from dashboard.charts.specification import number_format
from data_access.vocabulary import Period


@pytest.mark.parametrize(
    ("low", "high", "whole", "ticks"),
    [
        (0.61, 0.98, False, (0.6, 0.7, 0.8, 0.9, 1.0)),
        (12, 28, True, (10, 15, 20, 25, 30)),
        (0, 2, True, (0, 1, 2)),
        (0, 1, False, (0, 0.2, 0.4, 0.6, 0.8, 1.0)),
    ],
)
def test_ticks_are_round_and_enclose(low: float, high: float, whole: bool, ticks: tuple[float, ...]) -> None:
    assert round_ticks(low, high, whole=whole) == ticks


@pytest.mark.parametrize(
    ("ticks", "told"),
    [
        ((0, 20, 40, 60), ",.0f"),
        ((0, 0.5, 1.0), ",.1f"),
        ((12.25, 12.5), ",.2f"),
        ((0, 2_000, 4_000), ",.0f"),
        ((), ",.0f"),
    ],
)
def test_numbers_of_an_axis_have_the_decimals_that_its_ticks_need(ticks: tuple[float, ...], told: str) -> None:
    assert number_format(ticks) == told


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_every_figure_lies_within_its_axis(values: list[float]) -> None:
    axis = axis_of(values, floor=0, ceiling=1, whole=False, height=300, strip=20)
    assert axis.low < min(values)
    assert max(values) < axis.high
    assert len(axis.ticks) >= 2
    assert axis.ticks == tuple(sorted(axis.ticks))


@given(st.lists(st.floats(0, 300), max_size=12))
def test_labels_keep_their_distance_and_their_order(places: list[float]) -> None:
    moved = spread(places, 16, 0, 300)
    order = sorted(range(len(places)), key=lambda index: places[index])
    ordered = [moved[index] for index in order]
    assert all(later - earlier >= 15.999 for earlier, later in itertools.pairwise(ordered))
    assert all(-1e-9 <= place <= 300 + 1e-9 for place in moved)


def test_labels_that_have_room_do_not_move() -> None:
    assert spread([200, 10, 100], 16, 0, 300) == [200, 10, 100]


def test_the_latest_period_is_labelled_and_a_year_where_it_begins_again() -> None:
    weeks = [date(2009, 11, 2) + timedelta(weeks=number) for number in range(20)]
    labels = period_labels(weeks, Period.WEEK)
    assert list(labels)[-1] == weeks[-1]
    assert labels[weeks[-1]] == ["15 Mar"]
    assert next(text for text in labels.values() if len(text) == 2)[1] == "2009"
    assert sum("2010" in text for text in labels.values()) == 1
    assert period_labels([date(2010, 2, 1)], Period.MONTH) == {date(2010, 2, 1): ["Feb", "2010"]}
