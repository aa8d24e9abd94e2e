"""Means, limits, flags and icons against other people's published results (origins in REFERENCES.md)."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from dashboard.analysis.judgement import Settings
from dashboard.analysis.judging import judge
from dashboard.analysis.limits import MOVING_RANGE_TO_SIGMA, T_POWER, XMR_FACTOR
from dashboard.analysis.rules import variation_of
from dashboard.analysis.series import Point, Rebase
from dashboard.analysis.subject import Subject
from dashboard.analysis.targets import Target
from data_access.vocabulary import Assurance, Chart, Comparison, Direction, Polarity, Rule, Unit, Variation

HERE = Path(__file__).parent
R_CASES = json.loads((HERE / "spc_reference_cases.json").read_text(encoding="utf-8"))["cases"]
QIC_CASES = json.loads((HERE / "qicharts2_cases.json").read_text(encoding="utf-8"))["cases"]

POLARITY = {"increase": Polarity.HIGHER, "decrease": Polarity.LOWER}
VARIATION = {
    "common_cause": Variation.COMMON_CAUSE,
    "special_cause_improvement": Variation.IMPROVEMENT,
    "special_cause_concern": Variation.CONCERN,
}
ASSURANCE = {
    None: Assurance.NONE,
    "consistent_fail": Assurance.FAIL,
    "consistent_pass": Assurance.PASS,
    "inconsistent": Assurance.HIT_OR_MISS,
}


def judged_as_in_r(case):
    given = case["input"]
    polarity = POLARITY[given["improvement_direction"]]
    starts = [date.fromisoformat(day) for day in given["dates"]]
    points = [
        Point.missing(start) if value is None else Point.of_value(start, value)
        for start, value in zip(starts, given["values"], strict=True)
    ]
    comparison = Comparison.AT_LEAST if polarity is Polarity.HIGHER else Comparison.AT_MOST
    return judge(
        Subject("Reference", polarity, Unit.NUMBER),
        points,
        targets=[] if given["target"] is None else [Target(given["target"], comparison)],
        rebases=[Rebase(date.fromisoformat(day)) for day in given["rebase_dates"] or []],
        settings=Settings(screening=given["screen_outliers"], baseline=given["fix_after_n_points"]),
    )


@pytest.fixture(params=R_CASES, ids=lambda case: case["id"])
def r_case(request):
    return request.param, judged_as_in_r(request.param)


def test_there_are_eleven_cases():
    assert len(R_CASES) == 11


def test_means_and_limits(r_case):
    case, judgement = r_case
    assert [segment.mean for segment in judgement.segments] == pytest.approx(
        [limits["mean"] for limits in case["expected"]["limits"]], abs=1e-9
    )
    groups = {limits["rebase_group"]: limits for limits in case["expected"]["limits"]}
    for judged, group in zip(judgement.points, case["expected"]["rebase_group"], strict=True):
        assert judged.segment == group
        assert judged.limits.lower == pytest.approx(groups[group]["lpl"], abs=1e-9)
        assert judged.limits.upper == pytest.approx(groups[group]["upl"], abs=1e-9)


def test_every_point_is_flagged_alike(r_case):
    case, judgement = r_case
    polarity = judgement.subject.polarity
    ours = [variation_of(judged.direction, polarity) for judged in judgement.points]
    assert ours == [VARIATION[kind] for kind in case["expected"]["point_type"]]


def test_the_rule_named_is_the_same(r_case):
    case, judgement = r_case
    named = {Rule.OUTSIDE: "CL", Rule.TREND: "Trend", Rule.TWO_OF_THREE: "2 in 3", Rule.RUN: "Points"}
    for judged, expected in zip(judgement.points, case["expected"]["special_cause_type"], strict=True):
        if judged.signals:
            assert named[judged.signals[0].rule] in expected
        else:
            assert expected == "Common Cause"


def test_points_outside(r_case):
    case, judgement = r_case
    ours = [any(signal.rule is Rule.OUTSIDE for signal in judged.signals) for judged in judgement.points]
    assert ours == [bool(outside) for outside in case["expected"]["outside_limits"]]


def test_icons(r_case):
    case, judgement = r_case
    latest = variation_of(judgement.latest.direction, judgement.subject.polarity)
    assert latest is VARIATION[case["expected"]["variation_last_point"]]
    if judgement.segment.count < 13:
        assert (judgement.variation, judgement.assurance) == (Variation.TOO_FEW, Assurance.NONE)
    else:
        assert judgement.variation is latest
        assert judgement.assurance is ASSURANCE[case["expected"]["assurance"]]


def test_missing_points_are_not_counted():
    case = next(case for case in R_CASES if case["id"] == "ae_rrk_breaches_missing_middle")
    assert len(case["input"]["values"]) == 24
    assert judged_as_in_r(case).segments[0].count == 23


@pytest.mark.parametrize(
    ("screening", "lower", "upper"), [(True, -0.72, 4.60), (False, -3.06, 6.95)], ids=["screened", "unscreened"]
)
def test_published_caption(screening, lower, upper):
    case = next(case for case in R_CASES if case["id"] == f"deviations_screen_{'on' if screening else 'off'}")
    judgement = judged_as_in_r(case)
    assert round(judgement.segments[0].mean, 2) == 1.94
    assert round(judgement.points[0].limits.lower, 2) == lower
    assert round(judgement.points[0].limits.upper, 2) == upper


def judged_as_in_qicharts2(case):
    start = date(2010, 1, 4)
    if "values" in case:
        points = [Point.of_value(start + timedelta(days=index), value) for index, value in enumerate(case["values"])]
    else:
        points = [
            Point.of_counts(start + timedelta(days=index), numerator, denominator)
            for index, (numerator, denominator) in enumerate(
                zip(case["numerators"], case["denominators"], strict=True)
            )
        ]
    return judge(
        Subject("Reference", Polarity.NEITHER, Unit.NUMBER),
        points,
        chart=Chart(case["chart"]),
        settings=Settings(screening=case["screening"], baseline=case["baseline"]),
    )


@pytest.mark.parametrize("case", [case for case in QIC_CASES if case["chart"] != "t"], ids=lambda case: case["id"])
def test_charts_of_counts(case):
    judgement = judged_as_in_qicharts2(case)
    assert judgement.segments[0].mean == pytest.approx(case["mean"], abs=1e-12)
    assert [judged.limits.lower for judged in judgement.points] == pytest.approx(case["lower"], abs=1e-9)
    assert [judged.limits.upper for judged in judgement.points] == pytest.approx(case["upper"], abs=1e-9)


def test_days_between_events():
    case = next(case for case in QIC_CASES if case["chart"] == "t")
    judgement = judged_as_in_qicharts2(case)
    assert judgement.segments[0].mean == pytest.approx(case["mean"], abs=1e-9)
    # qicharts2 takes 3/1.128 average ranges where the XmR chart takes 2.66: the same sigma, one rounding apart.
    mean = case["mean"] ** (1 / T_POWER)
    for ours, theirs in (("lower", case["lower"][0]), ("upper", case["upper"][0])):
        scaled = mean + (theirs ** (1 / T_POWER) - mean) * XMR_FACTOR * MOVING_RANGE_TO_SIGMA / 3
        assert getattr(judgement.points[0].limits, ours) == pytest.approx(scaled**T_POWER, abs=1e-9)


def test_plain_p_over_flags_where_p_prime_does_not():
    outside = {}
    for case in QIC_CASES[:2]:
        judgement = judged_as_in_qicharts2(case)
        outside[case["chart"]] = sum(
            any(signal.rule is Rule.OUTSIDE for signal in judged.signals) for judged in judgement.points
        )
    assert outside == {"p": 16, "p_prime": 0}


def test_a_mirrored_series_mirrors_its_directions():
    case = next(case for case in R_CASES if case["id"] == "ae_rrk_within4h_target95")
    directions = [judged.direction for judged in judged_as_in_r(case).points]
    mirrored = {**case, "input": {**case["input"], "values": [-value for value in case["input"]["values"]]}}
    turned = {Direction.HIGH: Direction.LOW, Direction.LOW: Direction.HIGH, None: None}
    assert [judged.direction for judged in judged_as_in_r(mirrored).points] == [turned[each] for each in directions]
