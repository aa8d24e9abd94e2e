"""Wilson, Byar and exact Poisson: published values, and scipy as a second opinion."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from dashboard.analysis.intervals import byar, poisson, quantile, rate, wilson

confidences = st.sampled_from([0.8, 0.95, 0.998])


def test_quantiles_are_exact():
    assert quantile(0.95) == pytest.approx(1.959963984540054, abs=1e-12)
    assert quantile(0.998) == pytest.approx(3.090232306167813, abs=1e-12)


def test_published_values():
    interval = wilson(65, 100)
    assert (round(interval.lower, 4), round(interval.upper, 4)) == (0.5525, 0.7364)
    interval = byar(65)
    assert (round(interval.lower, 2), round(interval.upper, 2)) == (50.16, 82.85)


@given(st.integers(0, 400), st.integers(1, 400), confidences)
def test_wilson_as_scipy_has_it(numerator, denominator, confidence):
    numerator = min(numerator, denominator)
    ours = wilson(numerator, denominator, confidence)
    theirs = stats.binomtest(numerator, denominator).proportion_ci(confidence, method="wilson")
    assert (ours.lower, ours.upper) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@given(st.integers(0, 500), confidences)
def test_exact_poisson_as_the_chi_square_form_has_it(count, confidence):
    ours, tail = poisson(count, confidence), (1 - confidence) / 2
    lower = stats.chi2.ppf(tail, 2 * count) / 2 if count else 0.0
    upper = stats.chi2.ppf(1 - tail, 2 * count + 2) / 2
    assert (ours.lower, ours.upper) == pytest.approx((lower, upper), rel=1e-9)


@given(st.integers(10, 2000))
def test_byar_is_close_to_exact(count):
    near, exact = byar(count), poisson(count)
    assert (near.lower, near.upper) == pytest.approx((exact.lower, exact.upper), rel=0.01)


def test_the_method_changes_at_ten_events():
    assert rate(9, 1).upper == poisson(9).upper
    assert rate(10, 1).upper == byar(10).upper
    assert rate(0, 50).lower == 0
    assert rate(65, 130, multiplier=10).lower == pytest.approx(byar(65).lower / 13)


@pytest.mark.parametrize(("numerator", "denominator"), [(1, 0), (-1, 5), (6, 5)])
def test_what_is_no_proportion_is_refused(numerator, denominator):
    with pytest.raises(ValueError, match="no proportion"):
        wilson(numerator, denominator)


def test_what_is_no_count_is_refused():
    with pytest.raises(ValueError, match="cannot be -1"):
        poisson(-1)
    with pytest.raises(ValueError, match="10 or more"):
        byar(9)
    with pytest.raises(ValueError, match="above 0"):
        rate(1, 0)
