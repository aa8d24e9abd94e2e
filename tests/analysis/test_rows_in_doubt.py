"""A figure that rows in doubt could move: its bounds against every way in which they could count, and its words."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.judging import judge
from dashboard.analysis.series import Doubt, Point
from dashboard.analysis.subject import Subject
from dashboard.analysis.targets import Target, tag
from data_access.vocabulary import Comparison, Polarity, TargetState, Unit

DAY = date(2010, 3, 22)
MET, MISSED, OUT = (1, 1), (0, 1), (0, 0)
SHARE = Subject("Decisions in time", Polarity.HIGHER, Unit.PERCENT)
COUNT = Subject("CAFs started", Polarity.HIGHER, Unit.COUNT)
AT_LEAST = Comparison.AT_LEAST


def every_figure(met: int, missed: int, unknown: int, doubt: Doubt) -> set[float]:
    """Return each share that could be: every row in doubt met, missed or no case, every `either` row turning one."""
    free = [(MET, MISSED, OUT)] * (doubt.met + doubt.not_met + doubt.joining + unknown)
    sure = [MET] * (met - doubt.met) + [MISSED] * (missed - doubt.not_met)
    found = set()
    for ways in product(*free):
        cases = [*sure, *ways]
        due, good = sum(case[1] for case in cases), sum(case[0] for case in cases)
        for turned in range(-doubt.either, doubt.either + 1):
            if due:
                found.add(min(max(good + turned, 0), due) / due)
    return found


small = st.integers(0, 2)


@given(small, small, small, small, small, st.integers(0, 3), st.integers(0, 3))
def test_the_bounds_of_a_share_are_the_least_and_greatest_figure_that_could_be(
    met: int, not_met: int, joining: int, unknown: int, either: int, more_met: int, more_missed: int
) -> None:
    doubt = Doubt(9, met, not_met, joining, unknown, either)
    good, missed = met + more_met, not_met + more_missed
    point = Point.of_counts(DAY, good, good + missed, not_computable=unknown, doubt=doubt)
    if good + missed == 0:
        assert point.bounds is None
        return
    possible = every_figure(good, missed, unknown, doubt)
    assert (point.bounds or (point.value, point.value)) == pytest.approx((min(possible), max(possible)))


@given(small, small, small, st.integers(0, 4))
def test_the_bounds_of_a_count_are_the_least_and_greatest_that_could_be(
    met: int, joining: int, either: int, more: int
) -> None:
    point = Point.of_value(DAY, met + more, doubt=Doubt(9, met=met, joining=joining, either=either))
    possible = {
        max(more + sum(ways) + turned, 0)
        for ways in product((0, 1), repeat=met + joining)
        for turned in range(-either, either + 1)
    }
    assert (point.bounds or (met + more,) * 2) == (min(possible), max(possible))


@pytest.mark.parametrize(
    ("met", "of", "doubt", "target", "shown", "tagged", "said"),
    [
        (64, 100, Doubt(2, met=1, joining=1), 0.9, "62% to 64%", TargetState.MISSED, "2 rows in doubt could move it"),
        (64, 100, Doubt(5, not_met=5), 0.66, "64% to 69%", TargetState.UNCERTAIN, "5 rows in doubt could move it"),
        (660, 1000, Doubt(1, met=1), 0.66, "65.9% to 66%", TargetState.UNCERTAIN, "1 row in doubt could move it"),
        (660, 1000, Doubt(1, met=1), 0.5, "66%", TargetState.MET, ""),
        (660, 1000, Doubt(10, not_met=10), 0.5, "66%", TargetState.MET, ""),
        (660, 1000, Doubt(11, not_met=11), 0.5, "66% to 67%", TargetState.MET, "11 rows in doubt could move it"),
        (64, 100, Doubt(3), 0.9, "64%", TargetState.MISSED, ""),
        (100, 100, Doubt(1, joining=1), 1.0, "99% to 100%", TargetState.UNCERTAIN, "1 row in doubt could move it"),
    ],
)  # fmt: skip
def test_a_share_becomes_a_range_where_it_could_move_by_more_than_a_point_or_change_its_tag(
    met: int, of: int, doubt: Doubt, target: float, shown: str, tagged: TargetState, said: str
) -> None:
    judgement = judge(SHARE, [Point.of_counts(DAY, met, of, doubt=doubt)], targets=[Target(target, AT_LEAST)])
    title, _, clauses = judgement.sentence.partition(": ")
    assert title == f"Decisions in time {shown}"
    assert judgement.target_state is tagged
    assert clauses.endswith(said) if said else "in doubt" not in clauses
    assert ("Correct the rows in doubt" in judgement.advice) is bool(said)


@pytest.mark.parametrize(
    ("value", "doubt", "target", "shown", "tagged"),
    [
        (24, Doubt(1, met=1), 20, "23 to 24", TargetState.MET),
        (24, Doubt(2, joining=1, either=1), 25, "23 to 26", TargetState.UNCERTAIN),
        (500, Doubt(5, joining=5), 400, "500", TargetState.MET),
        (500, Doubt(6, joining=6), 400, "500 to 506", TargetState.MET),
        (0, Doubt(1, joining=1), 0, "0 to 1", TargetState.MET),
    ],
)
def test_a_count_becomes_a_range_from_one_in_a_hundred_on(
    value: int, doubt: Doubt, target: float, shown: str, tagged: TargetState
) -> None:
    judgement = judge(COUNT, [Point.of_value(DAY, value, doubt=doubt)], targets=[Target(target, AT_LEAST)])
    assert judgement.sentence.startswith(f"CAFs started {shown}: ")
    assert judgement.target_state is tagged


def test_rows_in_doubt_and_cases_not_computed_are_both_told() -> None:
    point = Point.of_counts(DAY, 64, 81, not_computable=9, doubt=Doubt(3, met=1, not_computable=2))
    judgement = judge(SHARE, [point], targets=[Target(0.9, AT_LEAST)])
    assert judgement.sentence == (
        "Decisions in time 70% to 81%: too soon to judge (1 of 13 weeks); 9 of 90 cases could not be worked out; "
        "3 rows in doubt could move it"
    )
    assert judgement.target_state is TargetState.UNCERTAIN


def test_a_reference_of_our_own_gets_no_tag_and_no_range_from_it() -> None:
    ours = Target(0.66, AT_LEAST, reference=True)
    point = Point.of_counts(DAY, 660, 1000, doubt=Doubt(1, met=1))
    assert tag(point, ours) is TargetState.REFERENCE
    assert judge(SHARE, [point], targets=[ours]).span is None


def test_only_the_latest_settled_figure_speaks() -> None:
    before, after = date(2010, 3, 15), date(2010, 3, 29)
    points = [
        Point.of_counts(before, 5, 10, doubt=Doubt(1, met=1)),
        Point.of_counts(DAY, 5, 10),
        Point.of_counts(after, 5, 10, partial=True, doubt=Doubt(1, met=1)),
    ]
    judgement = judge(SHARE, points)
    assert judgement.in_doubt == 0
    assert "in doubt" not in judgement.sentence
