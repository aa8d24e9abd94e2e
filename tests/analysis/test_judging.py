"""What a judgement holds: points, limits, stretches, display and icons, with every edge case of the specification."""

from datetime import date, timedelta

import polars as pl
import pytest

from dashboard.analysis.judgement import Settings
from dashboard.analysis.judging import judge
from dashboard.analysis.series import Point, Rebase, SeriesError, days_between
from dashboard.analysis.subject import Subject
from data_access.vocabulary import (
    Assurance,
    Chart,
    Direction,
    Display,
    Gap,
    Period,
    Polarity,
    Rule,
    TargetState,
    Unit,
    Variation,
)
from tests.analysis.builders import COUNT, FIRST, PERCENT, at_least, at_most, week, weekly


class TestPoints:
    def test_no_cases_is_missing_and_never_nought(self):
        point = Point.of_counts(FIRST, 0, 0)
        assert (point.value, point.gap, point.judged) == (None, Gap.NO_CASES, False)

    def test_nothing_computable_is_missing(self):
        assert Point.of_counts(FIRST, 0, 0, not_computable=3).gap is Gap.NOT_COMPUTABLE

    @pytest.mark.parametrize(("unknown", "expected"), [(5, None), (6, (60 / 101, 66 / 101))])
    def test_a_range_above_five_per_cent(self, unknown, expected):
        assert Point.of_counts(FIRST, 60, 95, not_computable=unknown).value_range == expected

    def test_days_between_events(self):
        events = [date(2010, 1, 8), date(2010, 1, 1), date(2010, 1, 1), date(2010, 1, 11)]
        assert [(point.start.day, point.value) for point in days_between(events)] == [(8, 7), (11, 3)]

    @pytest.mark.parametrize(
        ("points", "chart", "row", "field"),
        [
            ([Point.of_value(FIRST, 1), Point.of_value(FIRST, 2)], Chart.XMR, 1, "date"),
            ([Point.of_value(FIRST, float("nan"))], Chart.XMR, 0, "value"),
            ([Point.of_counts(FIRST, -1, 5)], Chart.U, 0, "numerator"),
            ([Point.of_counts(FIRST, 1, -5)], Chart.U, 0, "denominator"),
            ([Point.of_counts(FIRST, 6, 5)], Chart.P, 0, "numerator"),
            ([Point.of_value(FIRST, 0.5)], Chart.P_PRIME, 0, "denominator"),
            ([Point.of_value(FIRST, -1)], Chart.T, 0, "value"),
            ([Point.of_counts(FIRST, 1, 5, not_computable=-1)], Chart.U, 0, "not_computable"),
        ],
        ids=["twice", "not finite", "negative", "negative below", "above its whole", "no counts", "days", "unknown"],
    )
    def test_what_cannot_be_is_refused_with_its_row(self, points, chart, row, field):
        with pytest.raises(SeriesError, match=field) as refused:
            judge(COUNT, points, chart=chart)
        assert (refused.value.row, refused.value.field) == (row, field)

    def test_a_percentage_is_a_proportion_on_any_chart(self):
        point = Point.of_counts(FIRST, 6, 5)
        with pytest.raises(SeriesError):
            judge(PERCENT, [point])
        ratio = Subject("Assessments per referral", Polarity.HIGHER, Unit.PERCENT, may_pass_100=True)
        assert judge(ratio, [point]).latest.point.value == 1.2


class TestLimits:
    def test_two_points_have_limits_and_one_has_a_mean(self):
        two = judge(COUNT, weekly([10, 12])).points[0].limits
        assert (two.lower, two.upper) == pytest.approx((11 - 5.32, 11 + 5.32))
        one = judge(COUNT, weekly([10])).points[0].limits
        assert (one.mean, one.lower, one.upper) == (10, None, None)

    def test_no_moving_range_over_a_gap(self):
        limits = judge(COUNT, weekly([10, 12, None, 30, 32])).points[0].limits
        assert limits.upper - limits.mean == pytest.approx(2.66 * 2)

    @pytest.mark.parametrize("aside", ["partial", "ghost", "missing"])
    def test_what_is_set_aside_moves_nothing(self, aside):
        odd = {
            "partial": Point.of_value(week(26), 99, partial=True),
            "ghost": Point.of_value(week(26), 99, ghost="Christmas"),
            "missing": Point.missing(week(26)),
        }[aside]
        steady = weekly([10, 12] * 13)
        with_it = judge(COUNT, [*steady, odd])
        assert with_it.segments[0].mean == judge(COUNT, steady).segments[0].mean
        assert with_it.latest.point.start == week(25)
        assert with_it.points[-1].signals == ()
        assert with_it.points[-1].variation is Variation.NOT_JUDGED
        assert with_it.points[-1].drawn.mean == 11

    def test_equal_values_have_a_mean_only(self):
        # The mean of 0.1 thrice is not 0.1 in binary: no run may come of that.
        judgement = judge(PERCENT, weekly([0.1] * 20), targets=[at_least(0.1)])
        assert judgement.points[0].limits.mean == 0.1
        assert judgement.points[0].limits.lower is None
        assert judgement.variation is Variation.COMMON_CAUSE
        assert judgement.assurance is Assurance.PASS

    def test_equal_shares_of_different_wholes_have_a_mean_only(self):
        points = [Point.of_counts(week(index), 3 * size, 10 * size) for index, size in enumerate([1, 2, 3, 7] * 5)]
        judgement = judge(PERCENT, points, chart=Chart.P_PRIME)
        assert judgement.points[0].limits.lower is None
        assert judgement.variation is Variation.COMMON_CAUSE

    def test_sparse_counts_do_not_flag_every_point(self):
        # Screening would leave ranges of 0 only, and limits collapsed on the mean.
        judgement = judge(COUNT, weekly([0] * 10 + [1] + [0] * 10))
        assert judgement.points[0].limits.upper > judgement.segments[0].mean
        outside = [any(signal.rule is Rule.OUTSIDE for signal in judged.signals) for judged in judgement.points]
        assert outside == [False] * 10 + [True] + [False] * 10

    def test_limits_beyond_what_can_be_are_kept_but_not_drawn(self):
        judged = judge(PERCENT, weekly([0.99, 0.9] * 13)).points[0]
        assert judged.limits.upper > 1
        assert judged.drawn.upper == 1
        assert judged.upper_is_clipped
        assert not judged.lower_is_clipped

    def test_limits_of_a_p_chart_follow_the_denominator(self):
        points = [Point.of_counts(week(index), size // 2, size) for index, size in enumerate([20, 80] * 13)]
        limits = [judged.limits for judged in judge(PERCENT, points, chart=Chart.P).points]
        assert limits[0].upper - limits[0].mean == pytest.approx(2 * (limits[1].upper - limits[1].mean))

    def test_a_p_chart_has_no_limits_where_no_cases_are(self):
        points = [*(Point.of_counts(week(index), 10, 20) for index in range(3)), Point.of_counts(week(3), 0, 0)]
        judged = judge(PERCENT, points, chart=Chart.P).points[-1]
        assert (judged.limits.mean, judged.limits.lower) == (0.5, None)

    def test_u_prime_widens_u_by_the_spread_between_periods(self):
        points = [Point.of_counts(week(index), count, 1000) for index, count in enumerate([50, 150] * 13)]
        plain = judge(COUNT, points, chart=Chart.U).points[0].limits
        laney = judge(COUNT, points, chart=Chart.U_PRIME).points[0].limits
        # Every standardised range is 10 at a rate of 0.1 per 1: sigma_z = 10 / 1.128.
        assert laney.upper - laney.mean == pytest.approx((plain.upper - plain.mean) * 10 / 1.128)

    def test_days_between_events_keep_a_limit_below_nought(self):
        events = [Point.of_value(week(index), days) for index, days in enumerate([1, 200] * 13)]
        days = Subject("Days between complaints", Polarity.HIGHER, Unit.DAYS, Period.POINT)
        judged = judge(days, events, chart=Chart.T).points[0]
        assert judged.limits.lower < 0
        assert judged.drawn.lower == 0
        assert judged.lower_is_clipped


class TestStretches:
    def test_a_rebase_starts_mean_limits_and_rules_again(self):
        values = [10, 12] * 13 + [20, 22] * 13
        judgement = judge(COUNT, weekly(values), rebases=[Rebase(week(26), "new rota")])
        assert [(segment.mean, segment.count) for segment in judgement.segments] == [(11, 26), (21, 26)]
        assert judgement.segments[1].begun_by.reason == "new rota"
        assert all(judged.signals == () for judged in judgement.points)
        assert any(judged.signals for judged in judge(COUNT, weekly(values)).points)

    def test_a_rebase_within_a_week_starts_with_the_next(self):
        judgement = judge(COUNT, weekly([1, 2] * 5), rebases=[Rebase(week(3) + timedelta(days=2))])
        assert judgement.segments[1].start == week(4)

    @pytest.mark.parametrize("on", [week(-1), week(0), week(10)], ids=["before", "at the first", "after"])
    def test_a_rebase_without_points_on_both_sides_begins_nothing(self, on):
        assert len(judge(COUNT, weekly([1, 2] * 5), rebases=[Rebase(on)]).segments) == 1

    def test_of_two_rebases_without_a_point_between_the_later_counts(self):
        rebases = [Rebase(week(3), "first"), Rebase(week(3) - timedelta(days=3), "earlier")]
        judgement = judge(COUNT, weekly([1, 2] * 5), rebases=rebases)
        assert [segment.begun_by.reason for segment in judgement.segments[1:]] == ["first"]

    def test_a_fixed_baseline_sets_each_stretch(self):
        values = [10, 12] * 6 + [30] * 3 + [20, 22] * 6 + [50] * 3
        judgement = judge(COUNT, weekly(values), rebases=[Rebase(week(15))], settings=Settings(baseline=12))
        assert [segment.mean for segment in judgement.segments] == [11, 21]
        assert all(judged.direction is Direction.HIGH for judged in judgement.points[12:15])
        assert all(judged.direction is Direction.HIGH for judged in judgement.points[27:])

    def test_a_fixed_baseline_counts_judged_points_only(self):
        values = [10, None, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 99]
        assert judge(COUNT, weekly(values), settings=Settings(baseline=12)).segments[0].mean == 11

    def test_a_short_baseline_is_refused(self):
        with pytest.raises(ValueError, match="at least 12"):
            Settings(baseline=11)

    @pytest.mark.parametrize(
        ("count", "display"),
        [(12, Display.TOO_FEW), (13, Display.TRIAL), (25, Display.TRIAL), (26, Display.FULL)],
    )
    def test_what_may_be_shown(self, count, display):
        judgement = judge(PERCENT, weekly([0.7, 0.72] * 13)[:count], targets=[at_least(0.1)])
        assert judgement.segment.display is display
        assert judgement.is_trial is (display is Display.TRIAL)
        shown = display is not Display.TOO_FEW
        assert (judgement.points[0].drawn is not None) is shown
        assert judgement.points[0].limits.upper is not None
        assert judgement.variation is (Variation.COMMON_CAUSE if shown else Variation.TOO_FEW)
        assert judgement.assurance is (Assurance.PASS if shown else Assurance.NONE)

    def test_icons_come_from_the_latest_stretch(self):
        values = [10, 12] * 13 + [20, 22] * 3
        judgement = judge(COUNT, weekly(values), rebases=[Rebase(week(26))])
        assert judgement.variation is Variation.TOO_FEW
        assert judgement.points[0].drawn is not None
        assert judgement.points[-1].drawn is None

    def test_a_rebase_with_no_figures_since_leaves_the_icons(self):
        judgement = judge(COUNT, [*weekly([10, 12] * 13), Point.missing(week(26))], rebases=[Rebase(week(26))])
        assert judgement.segments[1].mean is None
        assert judgement.variation is Variation.COMMON_CAUSE


class TestVariation:
    @pytest.mark.parametrize(
        ("polarity", "value", "expected"),
        [
            (Polarity.HIGHER, 40, Variation.IMPROVEMENT),
            (Polarity.HIGHER, -20, Variation.CONCERN),
            (Polarity.LOWER, 40, Variation.CONCERN),
            (Polarity.LOWER, -20, Variation.IMPROVEMENT),
            (Polarity.NEITHER, 40, Variation.NEITHER),
            (Polarity.NEITHER, -20, Variation.NEITHER),
            (Polarity.HIGHER, 12, Variation.COMMON_CAUSE),
        ],
    )
    def test_icon(self, polarity, value, expected):
        subject = Subject("Anything", polarity, Unit.NUMBER)
        judgement = judge(subject, weekly([10, 12] * 13 + [10, value]))
        assert judgement.variation is expected

    def test_a_concern_never_hides_behind_an_improvement(self):
        values = [0.72, 0.68] * 13 + [0.9, 0.89, 0.88, 0.87, 0.86, 0.85, 0.84]
        judgement = judge(PERCENT, weekly(values), settings=Settings(baseline=26))
        assert [signal.rule for signal in judgement.latest.signals][:2] == [Rule.OUTSIDE, Rule.TREND]
        assert judgement.variation is Variation.IMPROVEMENT
        assert judgement.hides_concern
        assert judgement.is_concern
        assert "falling over 7 weeks" in judgement.sentence
        assert judgement.advice == "Find the cause."

    def test_stocks_and_yearly_points_are_plain_lines(self):
        judgement = judge(COUNT, weekly([10, 12] * 13 + [99]), chart=Chart.LINE, targets=[at_most(20)])
        assert judgement.variation is Variation.NOT_JUDGED
        assert judgement.assurance is Assurance.NONE
        assert judgement.target_state is TargetState.MISSED
        assert all(judged.limits is None and judged.signals == () for judged in judgement.points)


class TestFrame:
    def test_one_row_a_point_with_what_was_in_force(self):
        points = [*weekly([0.7, 0.72] * 13), Point.of_value(week(26), 0.95), Point.missing(week(27))]
        frame = judge(PERCENT, points, targets=[at_least(0.8)]).frame()
        assert frame.height == 28
        assert frame["start"].is_sorted()
        last = frame.row(-2, named=True)
        assert (last["rules"], last["direction"], last["variation"]) == ("outside", "high", "improvement")
        assert (last["target"], last["value"]) == (0.8, 0.95)
        assert frame.row(-1, named=True)["gap"] == "no_data"

    def test_limits_that_are_not_shown_are_null(self):
        frame = judge(PERCENT, weekly([0.7, 0.72] * 4)).frame()
        assert frame.select(pl.col("mean", "lower", "upper").is_null().all()).row(0) == (True, True, True)

    def test_an_empty_series_has_the_same_columns(self):
        assert judge(PERCENT, []).frame().schema == judge(PERCENT, weekly([0.7])).frame().schema
