"""What must hold for any series whatever: shifts, scales, mirrors and the order of rows change nothing real."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.judgement import Settings
from dashboard.analysis.judging import judge
from dashboard.analysis.series import Point, Rebase
from dashboard.analysis.subject import Subject
from dashboard.analysis.targets import Target
from data_access.vocabulary import Assurance, Chart, Comparison, Direction, Polarity, Unit, Variation
from tests.analysis.builders import week, weekly

UNITS = {Polarity.HIGHER: Comparison.AT_LEAST, Polarity.LOWER: Comparison.AT_MOST}

values = st.lists(st.none() | st.integers(-50, 50).map(float), min_size=1, max_size=45)
counts = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 60)), min_size=2, max_size=45)


def judged(series, polarity=Polarity.HIGHER, target=None, **more):
    targets = [] if target is None else [Target(target, UNITS[polarity])]
    return judge(Subject("Any", polarity, Unit.NUMBER), weekly(series), targets=targets, **more)


def lines(judgement):
    return [
        None if point.limits is None else (point.limits.lower, point.limits.mean, point.limits.upper)
        for point in judgement.points
    ]


def rules(judgement):
    return [point.signals for point in judgement.points]


def moved(line, change):
    return None if line is None else tuple(None if value is None else change(value) for value in line)


def approximately(lines_):
    return [
        None
        if line is None
        else tuple(None if value is None else pytest.approx(value, abs=1e-9, rel=1e-9) for value in line)
        for line in lines_
    ]


@given(values, st.integers(-1000, 1000), st.booleans(), st.sampled_from([None, 12, 20]))
def test_a_shift_moves_values_and_limits_alike(series, by, screening, baseline):
    how = Settings(screening=screening, baseline=baseline)
    here = judged(series, settings=how)
    there = judged([None if value is None else value + by for value in series], settings=how)
    assert lines(there) == approximately([moved(line, lambda value: value + by) for line in lines(here)])
    assert rules(there) == rules(here)
    assert there.variation is here.variation


@given(values, st.sampled_from([0.01, 0.5, 3.0, 1000.0]))
def test_a_scale_stretches_values_and_limits_alike(series, by):
    here = judged(series)
    there = judged([None if value is None else value * by for value in series])
    assert lines(there) == approximately([moved(line, lambda value: value * by) for line in lines(here)])
    assert rules(there) == rules(here)


@given(values, st.integers(-60, 60))
def test_a_mirror_of_values_and_polarity_keeps_the_icons(series, target):
    here = judged(series, Polarity.HIGHER, target)
    there = judged([None if value is None else -value for value in series], Polarity.LOWER, -target)
    assert (there.variation, there.assurance, there.target_state) == (
        here.variation,
        here.assurance,
        here.target_state,
    )


@given(values)
def test_the_other_polarity_turns_the_icons(series):
    turned = {Variation.IMPROVEMENT: Variation.CONCERN, Variation.CONCERN: Variation.IMPROVEMENT}
    here, there = judged(series, Polarity.HIGHER), judged(series, Polarity.LOWER)
    assert there.variation is turned.get(here.variation, here.variation)
    assert lines(there) == lines(here)


@given(values, st.randoms(use_true_random=False), st.integers(0, 45))
def test_the_order_of_rows_is_irrelevant(series, random: Random, at):
    points = weekly(series)
    shuffled = random.sample(points, len(points))
    subject = Subject("Any", Polarity.HIGHER, Unit.NUMBER)
    rebases = [Rebase(week(at))]
    assert judge(subject, shuffled, rebases=rebases) == judge(subject, points, rebases=rebases)


@given(values, st.integers(0, 45))
def test_a_rebase_judges_each_side_as_if_alone(series, at):
    subject = Subject("Any", Polarity.HIGHER, Unit.NUMBER)
    points = weekly(series)
    whole = judge(subject, points, rebases=[Rebase(week(at))])
    apart = [judge(subject, part) for part in (points[:at], points[at:]) if part]
    assert lines(whole) == [line for part in apart for line in lines(part)]
    assert rules(whole) == [rule for part in apart for rule in rules(part)]


@given(values)
def test_what_is_set_aside_at_the_end_changes_nothing(series):
    subject = Subject("Any", Polarity.HIGHER, Unit.NUMBER)
    points = weekly(series)
    here = judge(subject, points)
    there = judge(subject, [*points, Point.of_value(week(99), 1e6, partial=True)])
    assert there.points[:-1] == here.points
    assert (there.variation, there.latest) == (here.variation, here.latest)


@given(values, st.integers(-60, 60), st.sampled_from([Polarity.HIGHER, Polarity.LOWER]))
def test_a_judgement_never_contradicts_itself(series, target, polarity):
    judgement = judged(series, polarity, target)
    for point in judgement.points:
        if point.limits is not None and point.limits.lower is not None:
            assert point.limits.lower <= point.limits.mean <= point.limits.upper
        assert point.signals == () or point.point.judged
    if judgement.variation in (Variation.IMPROVEMENT, Variation.CONCERN):
        good = (judgement.latest.direction is Direction.HIGH) is (polarity is Polarity.HIGHER)
        assert good is (judgement.variation is Variation.IMPROVEMENT)
    if judgement.variation is Variation.TOO_FEW:
        assert judgement.assurance is Assurance.NONE
    assert judgement.sentence
    assert judgement.advice


@given(counts, st.sampled_from([Chart.P, Chart.P_PRIME]))
def test_counting_the_cases_not_met_mirrors_a_proportion(pairs, chart):
    pairs = [(min(x, n), n) for x, n in pairs]

    def chart_of(counted, polarity):
        points = [Point.of_counts(week(index), x, n) for index, (x, n) in enumerate(counted)]
        return judge(Subject("Any", polarity, Unit.PERCENT), points, chart=chart)

    met = chart_of(pairs, Polarity.HIGHER)
    missed = chart_of([(n - x, n) for x, n in pairs], Polarity.LOWER)
    mirrored = [moved(line[::-1], lambda value: 1 - value) for line in lines(met)]
    assert lines(missed) == approximately(mirrored)
    assert missed.variation is met.variation


@given(counts, st.sampled_from([Chart.U, Chart.U_PRIME]), st.sampled_from([0.1, 10.0]))
def test_a_rate_per_ten_is_ten_times_the_rate(pairs, chart, by):
    def chart_of(factor):
        points = [Point.of_counts(week(index), x, n * factor) for index, (x, n) in enumerate(pairs)]
        return judge(Subject("Any", Polarity.HIGHER, Unit.RATE), points, chart=chart)

    here, there = chart_of(1.0), chart_of(by)
    assert lines(there) == approximately([moved(line, lambda value: value / by) for line in lines(here)])
    assert there.variation is here.variation
