"""Targets: what is in force, due or out of reach, and whether the process can meet it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dashboard.analysis.judgement import Settings
from dashboard.analysis.judging import judge
from dashboard.analysis.series import Point
from dashboard.analysis.subject import Subject
from dashboard.analysis.targets import Target, YearToDate
from data_access.vocabulary import (
    Assurance,
    Comparison,
    Polarity,
    Rule,
    TargetState,
    Unit,
)
from tests.analysis.builders import COUNT, PERCENT, at_least, at_most, week, weekly


class TestAssurance:
    """Values 10 and 12 in turn: limits 11 ± 5.32."""

    @pytest.mark.parametrize(
        ("target", "expected"),
        [
            (at_least(5.68), Assurance.PASS),
            (at_least(5.69), Assurance.HIT_OR_MISS),
            (at_least(16.31), Assurance.HIT_OR_MISS),
            (at_least(16.32), Assurance.FAIL),
            (Target(5.68, Comparison.MORE_THAN), Assurance.HIT_OR_MISS),
            (at_most(16.32), Assurance.PASS),
            (at_most(16.31), Assurance.HIT_OR_MISS),
            (at_most(5.68), Assurance.FAIL),
            (Target(16.32, Comparison.LESS_THAN), Assurance.HIT_OR_MISS),
            (at_least(0, reference=True), Assurance.NONE),
        ],
    )
    def test_ties_count_and_passing_is_asked_first(self, target, expected):
        polarity = Polarity.HIGHER if target.comparison.wants_high else Polarity.LOWER
        subject = Subject("Anything", polarity, Unit.NUMBER)
        assert judge(subject, weekly([10, 12] * 13), targets=[target]).assurance is expected

    @pytest.mark.parametrize("target", [0.95, 1.0])
    def test_always_at_100_per_cent_passes(self, target):
        judgement = judge(PERCENT, weekly([1.0] * 13), targets=[at_least(target)])
        assert (judgement.assurance, judgement.target_state) == (Assurance.PASS, TargetState.MET)

    def test_limits_are_not_clipped_before_they_are_compared(self):
        judgement = judge(PERCENT, weekly([0.99, 0.9] * 13), targets=[at_least(1.0)])
        assert judgement.assurance is Assurance.HIT_OR_MISS
        late = Subject("Overdue", Polarity.LOWER, Unit.COUNT)
        assert judge(late, weekly([0, 4] * 13), targets=[at_most(0)]).assurance is Assurance.HIT_OR_MISS

    def test_neither_direction_has_none(self):
        judgement = judge(COUNT, weekly([10, 12] * 13), targets=[at_least(11)])
        assert (judgement.assurance, judgement.target_state) == (Assurance.NONE, TargetState.MET)

    def test_where_nothing_varies_the_values_decide(self):
        late = Subject("Overdue", Polarity.LOWER, Unit.COUNT)
        assert judge(late, weekly([0] * 13), targets=[at_most(0)]).assurance is Assurance.PASS
        assert judge(late, weekly([2] * 13), targets=[at_most(0)]).assurance is Assurance.FAIL


class TestTargets:
    STEPS = (at_least(0.5), at_least(0.8, starts=week(10)), at_least(1.0, starts=week(30)))

    def test_the_step_in_force_at_the_latest_point(self):
        judgement = judge(PERCENT, weekly([0.7, 0.72] * 13), targets=self.STEPS)
        assert judgement.target.value == 0.8
        assert judgement.target_state is TargetState.MISSED
        assert judgement.assurance is Assurance.FAIL
        assert [judged.target.value for judged in judgement.points[8:12]] == [0.5, 0.5, 0.8, 0.8]

    def test_before_the_first_step_the_target_is_due(self):
        judgement = judge(PERCENT, weekly([0.7, 0.72] * 13), targets=self.STEPS[2:])
        assert (judgement.target.value, judgement.target_state) == (1.0, TargetState.DUE)
        assert judgement.points[-1].target is None
        assert judgement.pace == pytest.approx(0.71)

    def test_a_trend_carries_on(self):
        values = [0.7, 0.72] * 13 + [0.60 + 0.02 * step for step in range(7)]
        target = at_least(0.9, starts=week(35))
        judgement = judge(PERCENT, weekly(values), targets=[target], settings=Settings(baseline=26))
        assert judgement.latest.signals[0].rule is Rule.TREND
        assert judgement.pace == pytest.approx(0.72 + 3 * 0.02)

    def test_a_pace_ends_at_100_per_cent(self):
        values = [0.7, 0.72] * 13 + [0.60 + 0.02 * step for step in range(7)]
        far = at_least(1.0, starts=week(80))
        judgement = judge(PERCENT, weekly(values), targets=[far], settings=Settings(baseline=26))
        assert judgement.pace == 1.0

    def test_a_run_stays_at_the_average_of_its_last_seven_points(self):
        values = [0.70, 0.72] * 13 + [0.73, 0.74] * 4
        target = at_least(0.9, starts=week(60))
        judgement = judge(PERCENT, weekly(values), targets=[target], settings=Settings(baseline=26))
        assert judgement.latest.signals[0].rule is Rule.RUN
        assert judgement.pace == pytest.approx((3 * 0.73 + 4 * 0.74) / 7)

    def test_a_range_gets_no_tag(self):
        points = [*weekly([0.7, 0.72] * 13), Point.of_counts(week(26), 60, 90, not_computable=10)]
        assert judge(PERCENT, points, targets=[at_least(0.5)]).target_state is TargetState.UNCERTAIN

    def test_a_reference_gets_no_tag(self):
        judgement = judge(PERCENT, weekly([0.7]), targets=[at_least(0.5, reference=True)])
        assert judgement.target_state is TargetState.REFERENCE

    def test_no_figures_get_no_tag(self):
        judgement = judge(PERCENT, weekly([None, None]), targets=[at_least(0.5)])
        assert judgement.target_state is TargetState.UNCERTAIN
        assert judge(PERCENT, []).target_state is TargetState.NO_TARGET

    @pytest.mark.parametrize(
        ("targets", "message"),
        [([at_most(0.5)], "contradicts"), ([at_least(0.5), at_least(0.6)], "same day")],
    )
    def test_contradictions_are_refused(self, targets, message):
        with pytest.raises(ValueError, match=message):
            judge(PERCENT, weekly([0.7]), targets=targets)

    def test_equal_but_for_rounding_is_met(self):
        assert at_least(0.3).is_met_by(0.1 + 0.2)
        assert at_most(0.3).is_met_by(0.1 + 0.2)
        assert not Target(0.3, Comparison.MORE_THAN).is_met_by(0.1 + 0.2)


class TestYear:
    YEAR = YearToDate(at_least(0.15), 0.12, date(2009, 4, 1), date(2010, 3, 21), date(2010, 3, 31))

    def test_it_is_due_until_the_year_is_over(self):
        assert judge(PERCENT, weekly([0.7]), year=self.YEAR).target_state is TargetState.DUE

    def test_it_is_not_drawn_on_the_periods(self):
        judgement = judge(PERCENT, weekly([0.7, 0.72] * 13), year=self.YEAR)
        assert all(judged.target is None for judged in judgement.points)
        assert judgement.assurance is Assurance.NONE

    @pytest.mark.parametrize(
        ("figure", "weeks_done", "expected"),
        [(10, 26, "on_course"), (4, 26, "in_doubt"), (0, 50, "out_of_reach")],
    )
    def test_a_yearly_total(self, figure, weeks_done, expected):
        start = date(2009, 4, 1)
        year = YearToDate(
            at_least(15),
            figure,
            start,
            start + timedelta(weeks=weeks_done, days=-1),
            start + timedelta(weeks=52, days=-1),
            adds_up=True,
        )
        counts = Subject("Schools starting a CAF", Polarity.HIGHER, Unit.COUNT)
        judgement = judge(counts, weekly([0, 0.5] * 13), year=year)
        assert judgement.year_end == expected

    def test_without_limits_only_the_impossible_is_out_of_reach(self):
        early = replace(self.YEAR, as_at=date(2009, 11, 1))
        assert judge(PERCENT, weekly([0.7] * 3), year=early).year_end == "in_doubt"
        assert judge(PERCENT, weekly([0.7] * 3), year=self.YEAR).year_end == "out_of_reach"

    def test_two_kinds_of_target_are_refused(self):
        with pytest.raises(ValueError, match="not both"):
            judge(PERCENT, weekly([0.7]), year=self.YEAR, targets=[at_least(0.5)])
