"""Funnels: published lines, scipy as a second opinion, and no team accused by its size."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from dashboard.analysis.funnel import (
    INNER,
    OUTER,
    Basis,
    Method,
    Unit,
    Verdict,
    exact_binomial_line,
    funnel,
    overdispersed_line,
    poisson_line,
    score_line,
)
from dashboard.analysis.intervals import byar, poisson, rate, wilson

proportions = st.floats(0.02, 0.98)


def units(*pairs):
    return [
        Unit(f"Team {number}", numerator, denominator) for number, (numerator, denominator) in enumerate(pairs, 1)
    ]


@pytest.mark.parametrize(
    ("size", "inner", "outer"),
    [
        (18, (62.390093, 98.894803), (51.864359, 100)),
        (154, (74.402301, 86.882595), (70.803745, 90.481151)),
        (15171, (80.013741, 81.271155), (79.65118, 81.633716)),
    ],
)
def test_published_lines_of_a_proportion(size, inner, outer):
    for confidence, (lower, upper) in ((INNER, inner), (OUTER, outer)):
        line = score_line(0.80642448, size, confidence)
        assert (100 * line.lower, 100 * line.upper) == pytest.approx((lower, upper), abs=1e-5)


@pytest.mark.parametrize(
    ("expected", "inner", "outer"),
    [
        (15, (0.5596924, 1.649348), (0.3862650, 2.082907)),
        (20, (0.6108260, 1.544419), (0.4479107, 1.902094)),
        (30, (0.6746958, 1.427562), (0.5289724, 1.702771)),
    ],
)
def test_published_lines_of_a_rate(expected, inner, outer):
    for confidence, (lower, upper) in ((INNER, inner), (OUTER, outer)):
        line = poisson_line(1.0, expected, confidence)
        assert (round(line.lower, 7), round(line.upper, 6)) == (lower, upper)


@given(proportions, st.integers(1, 300), st.sampled_from([INNER, OUTER]))
def test_the_score_line_is_wilson_turned_round(centre, size, confidence):
    line = score_line(centre, size, confidence)
    if line.lower > 0:
        assert wilson(line.lower * size, size, confidence).upper == pytest.approx(centre, abs=1e-9)
    if line.upper < 1:
        assert wilson(line.upper * size, size, confidence).lower == pytest.approx(centre, abs=1e-9)


@given(proportions, st.integers(1, 120), st.sampled_from([INNER, OUTER]))
def test_the_exact_line_parts_counts_as_the_exact_tails_do(centre, size, confidence):
    line, tail = exact_binomial_line(centre, size, confidence), (1 - confidence) / 2
    below, above = stats.binom.cdf(range(size + 1), size, centre), stats.binom.sf(range(-1, size), size, centre)
    for count in range(size + 1):
        if abs(below[count] - tail) > 1e-9:
            assert (count < line.lower * size - 1e-7) is bool(below[count] < tail)
        if abs(above[count] - tail) > 1e-9:
            assert (count > line.upper * size + 1e-7) is bool(above[count] < tail)


def test_the_exact_line_interpolates_between_counts():
    # 20 cases at 30%: F(1) = 0.0076, F(2) = 0.0355, so 2.5% lies between one and two.
    lower = exact_binomial_line(0.3, 20, INNER).lower * 20
    below, upto = stats.binom.cdf([1, 2], 20, 0.3)
    assert lower == pytest.approx(2 - (upto - 0.025) / (upto - below))


def test_all_of_a_few_is_no_accusation():
    late = units((5, 5), (80, 100), (81, 100), (79, 100), (160, 200))
    placed = funnel(late, Basis.PROPORTION)
    assert placed.lines.method is Method.EXACT_BINOMIAL
    assert placed.units[0].verdict is Verdict.INSIDE


def test_five_units_make_a_funnel_and_four_do_not():
    few = funnel(units((8, 10), (16, 20), (24, 30), (32, 40)), Basis.PROPORTION)
    assert not few.is_funnel
    assert "95% intervals" in few.note
    assert few.units[0].interval == wilson(8, 10)
    assert funnel(units(*[(80, 100)] * 5), Basis.PROPORTION).is_funnel


def test_verdicts():
    placed = funnel(
        units((500, 1000), (500, 1000), (500, 1000), (535, 1000), (560, 1000)), Basis.PROPORTION, centre=0.5
    )
    assert placed.lines.centre == 0.5
    assert [unit.verdict for unit in placed.units] == [
        Verdict.INSIDE,
        Verdict.INSIDE,
        Verdict.INSIDE,
        Verdict.LOOK_AGAIN,
        Verdict.OUTSIDE,
    ]


def test_the_exact_form_serves_where_few_are_expected():
    assert funnel(units(*[(50, 100)] * 5), Basis.PROPORTION).lines.method is Method.SCORE
    assert funnel(units(*[(50, 100)] * 5, (5, 9)), Basis.PROPORTION).lines.method is Method.EXACT_BINOMIAL
    # Exactly five expected is enough, however 1 - 18/23 is rounded.
    assert funnel(units((18, 23)), Basis.PROPORTION).lines.method is Method.SCORE
    assert funnel(units(*[(98, 100)] * 5), Basis.PROPORTION).lines.method is Method.EXACT_BINOMIAL


@pytest.mark.parametrize("share", [0, 100], ids=["none", "all"])
def test_where_all_are_alike_all_are_inside(share):
    placed = funnel(units(*[(share, 100)] * 6), Basis.PROPORTION)
    assert {unit.verdict for unit in placed.units} == {Verdict.INSIDE}


def test_rates_are_placed_by_the_count_expected():
    placed = funnel(units((10, 100), (11, 100), (9, 100), (10, 100), (40, 100)), Basis.RATE)
    assert placed.lines.method is Method.EXACT_POISSON
    assert placed.lines.centre == pytest.approx(0.16)
    assert [unit.verdict for unit in placed.units][-1] is Verdict.OUTSIDE


def verdict_of_a_rate(count, expected):
    """Return what is said of one unit around a centre of 1 event for each 1 of its size."""
    (placed,) = funnel([Unit("North", count, expected)], Basis.RATE, centre=1.0).units
    return placed.verdict


@pytest.mark.parametrize(
    ("count", "expected", "verdict"),
    [
        # OHID's exact limits of a count: 0 has 3.69 at 95% and 6.91 at 99.8%; 5 has 1.62 to 11.67 and 0.74 to 16.45.
        (0, 0.5, Verdict.INSIDE),
        (0, 3.68, Verdict.INSIDE),
        (0, 3.70, Verdict.LOOK_AGAIN),
        (0, 6.90, Verdict.LOOK_AGAIN),
        (0, 6.92, Verdict.OUTSIDE),
        (5, 0.73, Verdict.OUTSIDE),
        (5, 0.75, Verdict.LOOK_AGAIN),
        (5, 1.63, Verdict.INSIDE),
        (5, 11.66, Verdict.INSIDE),
        (5, 11.68, Verdict.LOOK_AGAIN),
        (5, 16.46, Verdict.OUTSIDE),
        # Byar's limits of 65, as published: 50.16 to 82.85 at 95%
        (65, 50.15, Verdict.LOOK_AGAIN),
        (65, 50.17, Verdict.INSIDE),
        (65, 82.84, Verdict.INSIDE),
        (65, 82.86, Verdict.LOOK_AGAIN),
    ],
)
def test_a_rate_is_judged_by_the_interval_of_its_own_count(count, expected, verdict):
    assert verdict_of_a_rate(count, expected) is verdict


@given(st.integers(0, 300), st.floats(0.05, 300))
def test_a_rate_is_outside_where_the_count_expected_lies_outside_its_interval(count, expected):
    def beyond(confidence):
        own = byar(count, confidence) if count >= 10 else poisson(count, confidence)
        return not own.lower <= expected <= own.upper

    known = Verdict.OUTSIDE if beyond(OUTER) else Verdict.LOOK_AGAIN if beyond(INNER) else Verdict.INSIDE
    assert verdict_of_a_rate(count, expected) is known


@pytest.mark.parametrize("expected", [number / 10 for number in range(1, 501)])
def test_chance_alone_calls_a_rate_outside_no_more_often_than_99_8_percent_allows(expected):
    """Every count that could happen, weighted by how likely it is where only chance is at work."""
    counts = range(int(expected + 12 * math.sqrt(expected) + 20))
    likely = stats.poisson.pmf(counts, expected)
    for far, allowed in ((Verdict.OUTSIDE,), 1 - OUTER), ((Verdict.OUTSIDE, Verdict.LOOK_AGAIN), 1 - INNER):
        falsely = [count for count in counts if verdict_of_a_rate(count, expected) in far]
        assert sum(likely[count] for count in falsely) <= allowed
        for one_side in ([c for c in falsely if c < expected], [c for c in falsely if c > expected]):
            assert sum(likely[count] for count in one_side) <= allowed / 2


@pytest.mark.parametrize("count", range(60))
def test_no_expected_count_in_between_is_worse(count):
    """The chance is greatest just beyond the ends of an interval: there it is what the tail allows, or less."""
    for confidence in (INNER, OUTER):
        ends, tail = rate(count, 1, confidence=confidence), (1 - confidence) / 2
        assert stats.poisson.cdf(count, ends.upper) <= tail * (1 + 1e-9)
        assert count == 0 or stats.poisson.sf(count - 1, ends.lower) <= tail * (1 + 1e-9)


@given(st.floats(0.01, 60), st.sampled_from([INNER, OUTER]))
def test_no_line_of_a_rate_is_drawn_above_nought_where_none_may_be_chance(expected, confidence):
    assert (poisson_line(1.0, expected, confidence).lower == 0) is (
        math.exp(-expected) >= (1 - confidence) / 2 or expected <= poisson(0, confidence).upper
    )


SHARES = [0.025, 0.05, 0.1, 0.2, 0.3, 0.45, 0.5, 0.55, 0.7, 0.8, 0.9, 0.95, 0.975]


@pytest.mark.parametrize("centre", SHARES)
def test_none_or_all_of_a_few_is_outside_only_where_chance_hardly_does_it(centre):
    """Units of every size beside large ones, whatever way the lines were worked out."""
    alike = [Unit(f"Large {number}", round(400 * centre), 400) for number in range(5)]
    apart = [Unit(f"Apart {step}", round(400 * centre) + 25 * step, 400) for step in (-2, -1, 0, 1, 2)]
    for others in (alike, alike + [unit for unit in apart if 0 <= unit.numerator <= 400]):
        for size in range(1, 41):
            for count in (0, size):
                placed = funnel([*others, Unit("Small", count, size)], Basis.PROPORTION, centre=centre)
                if placed.units[-1].verdict is Verdict.OUTSIDE:
                    likely = (1 - centre) ** size if count == 0 else centre**size
                    assert likely <= (1 - OUTER) / 2 * (1 + 1e-9), (placed.lines.method, count, size)


def test_suppressed_and_empty_units_are_left_out_and_counted():
    shown = [*units(*[(50, 100)] * 5), Unit("Duty", 3, 9, suppressed=True), Unit("Night", 0, 0)]
    placed = funnel(shown, Basis.PROPORTION)
    assert placed.left_out == ("Duty", "Night")
    assert "1 not shown: small numbers." in placed.note
    assert "1 not shown: no cases." in placed.note
    assert placed.lines.centre == 0.5
    assert funnel(shown[5:], Basis.PROPORTION) is None


class TestOverdispersion:
    SPREAD = units(*[(400 + 40 * step, 1000) for step in range(-5, 6)])

    def test_as_an_independent_reckoning_has_it(self):
        placed = funnel(self.SPREAD, Basis.PROPORTION)
        counts = np.array([unit.numerator for unit in self.SPREAD])
        sizes = np.array([unit.denominator for unit in self.SPREAD])
        z = (np.arcsin(np.sqrt(counts / sizes)) - np.arcsin(np.sqrt(counts.sum() / sizes.sum()))) * 2 * np.sqrt(sizes)
        z = np.clip(z, *np.quantile(z, [0.1, 0.9]))
        number, weights = len(z), 4 * sizes
        phi = (z**2).sum() / number
        tau2 = (number * phi - (number - 1)) / (weights.sum() - (weights**2).sum() / weights.sum())
        assert placed.lines.method is Method.OVERDISPERSED
        assert placed.lines.tau2 == pytest.approx(tau2)
        assert "widened" in placed.note

    def test_it_widens_the_lines(self):
        plain, wide = score_line(0.4, 1000, OUTER), overdispersed_line(0.4, 1000, OUTER, 0.005)
        assert wide.lower < plain.lower < plain.upper < wide.upper

    def test_no_more_spread_than_chance_leaves_the_lines(self):
        placed = funnel(units(*[(400 + step, 1000) for step in range(-5, 6)]), Basis.PROPORTION)
        assert (placed.lines.method, placed.lines.tau2, placed.note) == (Method.SCORE, 0.0, "")

    def test_fewer_than_ten_units_are_not_adjusted_and_told(self):
        placed = funnel(self.SPREAD[:9], Basis.PROPORTION)
        assert placed.lines.tau2 is None
        assert "not widened" in placed.note

    def test_the_sine_never_turns_back(self):
        sizes = range(1, 200)
        upper = [overdispersed_line(0.95, size, OUTER, 0.01).upper for size in sizes]
        lower = [overdispersed_line(0.05, size, OUTER, 0.01).lower for size in sizes]
        assert upper == sorted(upper, reverse=True)
        assert lower == sorted(lower)
        assert upper[0] == pytest.approx(1)
        assert lower[0] == 0


@pytest.mark.parametrize(
    ("unit", "message"),
    [
        (Unit("North", -1, 5), "below 0"),
        (Unit("North", 6, 5), "no proportion"),
        (Unit("North", 1.5, 5), "whole cases"),
    ],
)
def test_counts_that_cannot_be_are_refused(unit, message):
    with pytest.raises(ValueError, match=f"North: .*{message}"):
        funnel([unit], Basis.PROPORTION)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), min_size=1, max_size=14))
def test_turning_cases_round_mirrors_the_verdicts(pairs):
    pairs = [(min(x, n), n) for x, n in pairs]
    met = funnel(units(*pairs), Basis.PROPORTION)
    missed = funnel(units(*[(n - x, n) for x, n in pairs]), Basis.PROPORTION)
    for here, there in zip(met.units, missed.units, strict=True):
        assert there.outer.lower == pytest.approx(1 - here.outer.upper, abs=1e-9)
        near = min(
            abs(here.value - line)
            for line in (here.inner.lower, here.inner.upper, here.outer.lower, here.outer.upper)
        )
        assert near < 1e-9 or there.verdict is here.verdict
    assert math.isclose(met.lines.centre, 1 - missed.lines.centre, abs_tol=1e-12)
