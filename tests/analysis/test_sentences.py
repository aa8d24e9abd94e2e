"""The sentence and the advice: every combination, every unit, and nothing that excuses leaving a child waiting."""

import re
from dataclasses import replace
from datetime import date

import pytest

from dashboard.analysis.advice import ACT_TODAY
from dashboard.analysis.judging import judge
from dashboard.analysis.sentence_table import PAGE, every_pair, render, special_cases, weeks
from dashboard.analysis.sentences import alternative_text, assurance_words, target_tag
from dashboard.analysis.series import Point
from dashboard.analysis.subject import Subject
from dashboard.analysis.targets import Target
from dashboard.analysis.wording import (
    ASSURANCE_WORDS,
    RULE_WORDS,
    VARIATION_WORDS,
    figure,
    goal,
    period_name,
    periods,
)
from data_access.vocabulary import Assurance, Comparison, Period, Polarity, Rule, TargetState, Unit, Variation

PAIRS = list(every_pair())
SPECIAL = list(special_cases())
EVERY = [*PAIRS, *SPECIAL]
SAID = {example.case: example.judgement.sentence for example in EVERY}


def test_the_page_says_what_the_code_says():
    assert PAGE.read_text(encoding="utf-8") == render()


def test_every_combination_is_there():
    seen = set()
    for example in PAIRS:
        judgement = example.judgement
        rule = judgement.latest.signals[0].rule if judgement.latest.signals else None
        seen.add((judgement.subject.polarity, judgement.assurance, rule, judgement.latest.direction))
    aims = {Polarity.HIGHER: list(Assurance), Polarity.LOWER: list(Assurance), Polarity.NEITHER: [Assurance.NONE]}
    expected = {
        (polarity, assurance, rule, direction)
        for polarity, assurances in aims.items()
        for assurance in assurances
        for rule in [None, *Rule]
        for direction in ([None] if rule is None else ["high", "low"])
    }
    assert seen == expected
    assert {example.judgement.variation for example in EVERY} == set(Variation)
    assert {example.judgement.target_state for example in EVERY} == set(TargetState)


def test_no_two_cases_share_a_name():
    assert len(SAID) == len(EVERY)


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        (
            "higher is better · no target · run high",
            "Assessments in time 72%: above average for 7 weeks, a real improvement",
        ),
        (
            "higher is better · hit or miss · no rule",
            "Assessments in time 70%: no real change; "
            "some weeks will meet 75% and some will not, unless the work changes",
        ),
        (
            "lower is better · fail · no rule",
            "Re-referrals 70%: no real change; cannot reach 50% the way we work now",
        ),
        (
            "lower is better · no target · outside high",
            "Re-referrals 85%: higher than expected for this service; find out why",
        ),
        ("higher is better · pass · no rule", "Assessments in time 70%: no real change; the target is met reliably"),
        ("an aim that rises", "CAFs started 24: above average for 8 weeks, a real increase"),
        ("a rebase in the last 26 weeks", "Assessments in time 91%: from 70% to 93% since 2 November, steady since"),
        ("too few points", "Assessments in time 72%: too soon to judge (9 of 13 weeks)"),
        (
            "the latest week has no data",
            "Assessments in time: no data for w/c 2 November; last known 68%, no real change",
        ),
        (
            "a target still due, no change",
            "Staff using the case system 68%: no real change; due 100% by 30 June; at this pace 70%",
        ),
        (
            "an annual target, out of reach",
            "Initial assessments per referral 12% so far this year; 15% by 31 March is out of reach",
        ),
        (
            "a stock, target missed",
            "Children not yet seen 4 on 24 May: the target of 0 is missed; 5 still waiting on 29 May",
        ),
        (
            "a concern behind an improvement",
            "Assessments in time 84%: higher than expected for this service, yet falling over 7 weeks; find out why",
        ),
        (
            "almost 100%, target 100%",
            "Staff using the case system 99.6%: no real change; "
            "some weeks will meet 100% and some will not, unless the work changes",
        ),
    ],
)
def test_the_grammar_of_the_specification(case, sentence):
    assert SAID[case] == sentence


@pytest.mark.parametrize("example", EVERY, ids=lambda example: example.case)
def test_form(example):
    for text in (example.judgement.sentence, example.judgement.advice):
        assert text[0].isupper()
        assert "  " not in text
        assert "None" not in text
        assert not re.search(r"[a-z]_[a-z]", text)
    assert not example.judgement.sentence.endswith((".", ";", ":"))
    assert example.judgement.advice.endswith(".")
    assert len(example.judgement.sentence.split()) <= 30


@pytest.mark.parametrize("example", EVERY, ids=lambda example: example.case)
def test_nothing_excuses_leaving_a_child_waiting(example):
    judgement = replace(example.judgement, waiting=3)
    assert judgement.advice.startswith(ACT_TODAY)
    on = f" on {judgement.waiting_on.day} May" if judgement.waiting_on else ""
    assert judgement.sentence.endswith(f"; 3 still waiting{on}")
    excuses = (
        "nothing to do",
        "no action",
        "no need",
        "ignore",
        "can wait",
        "acceptable",
        "within tolerance",
        "fine",
    )
    for text in (judgement.sentence, judgement.advice):
        assert not any(excuse in text.lower() for excuse in excuses)


@pytest.mark.parametrize("example", EVERY, ids=lambda example: example.case)
def test_words_agree_with_icons(example):
    judgement, text = example.judgement, example.judgement.sentence
    assert ("improvement" in text) <= (judgement.variation is Variation.IMPROVEMENT)
    assert ("worsening" in text) <= (judgement.variation is Variation.CONCERN)
    assert ("no real change" in text) <= (judgement.variation is Variation.COMMON_CAUSE)
    assert ("met reliably" in text) <= (judgement.assurance is Assurance.PASS)
    assert ("the way we work now" in text) <= (judgement.assurance is Assurance.FAIL)
    if judgement.target_state is TargetState.MISSED:
        assert "the target is met" not in text
    if judgement.is_concern and judgement.target_state is not TargetState.DUE:
        assert "find out why" in text


@pytest.mark.parametrize(
    ("case", "tag"),
    [
        ("higher is better · pass · no rule", "Met"),
        ("higher is better · fail · no rule", "Missed"),
        ("a target still due, rising", "Due 30 Jun"),
        ("an annual target, in doubt", "Due 31 Mar"),
        ("too few points", "No target"),
        ("a reference line of our own", None),
        ("more than 5% not computable", None),
    ],
)
def test_tags(case, tag):
    judgement = next(example.judgement for example in EVERY if example.case == case)
    assert target_tag(judgement) == tag


@pytest.mark.parametrize(
    ("case", "lines"),
    [
        ("higher is better · hit or miss · no rule", "Mean 70%, limits 59% to 81%, target 75%."),
        ("a monthly rate", "Mean 51.7 per 10,000 children, trial limits"),
        ("too few points", ""),
        ("always 100%, target 100%", "Mean 100%, target 100%."),
        ("a reference line of our own", "reference 100%."),
    ],
)
def test_alternative_text(case, lines):
    judgement = next(example.judgement for example in EVERY if example.case == case)
    text = alternative_text(judgement)
    assert text.startswith(f"{judgement.sentence}.")
    assert lines in text.removeprefix(judgement.sentence)
    assert text.endswith(".")


def test_every_icon_and_rule_has_its_word():
    assert set(VARIATION_WORDS) == set(Variation)
    assert set(ASSURANCE_WORDS) == set(Assurance)
    assert set(RULE_WORDS) == set(Rule)


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("a target still due, rising", "Cannot meet yet"),
        ("a target that has moved", "Cannot meet"),
        ("late cases still open", "Reliably met"),
    ],
)
def test_limits_leave_a_target_still_due_open(case, words):
    judgement = next(example.judgement for example in EVERY if example.case == case)
    assert assurance_words(judgement) == words


def test_who_may_list_no_cases_is_told_whom_to_ask():
    for example in EVERY:
        listed, not_listed = (replace(example.judgement, lists_cases=may).advice for may in (True, False))
        assert "one by one" not in not_listed
        assert ("ask its manager" in not_listed) is ("one by one" in listed)


def test_the_sentence_speaks_of_the_measures_own_period():
    subject = Subject("Supervision held", Polarity.HIGHER, Unit.PERCENT, Period.MONTH)
    points = [Point.of_value(date(2009, month, 1), 0.7) for month in range(1, 5)]
    assert judge(subject, points).sentence == "Supervision held 70%: too soon to judge (4 of 13 months)"
    missing = judge(subject, [*points, Point.missing(date(2009, 5, 1))]).sentence
    assert missing.startswith("Supervision held: no data for May 2009; last known 70%")


@pytest.mark.parametrize(
    ("value", "unit", "per", "text"),
    [
        (0.86, Unit.PERCENT, "", "86%"),
        (0.285, Unit.PERCENT, "", "29%"),
        (0.061, Unit.PERCENT, "", "6.1%"),
        (0.0, Unit.PERCENT, "", "0%"),
        (1.0, Unit.PERCENT, "", "100%"),
        (0.996, Unit.PERCENT, "", "99.6%"),
        (0.0004, Unit.PERCENT, "", "0.04%"),
        (1.2, Unit.PERCENT, "", "120%"),
        (1021, Unit.COUNT, "", "1,021"),
        (21.64, Unit.COUNT, "", "21.6"),
        (12.34, Unit.RATE, "per 10,000 children", "12.3 per 10,000 children"),
        (1, Unit.DAYS, "", "1 day"),
        (4.5, Unit.DAYS, "per full-time post", "4.5 days per full-time post"),
        (0.67, Unit.NUMBER, "", "0.67"),
        (-12.34, Unit.NUMBER, "", "-12.3"),
        (1702.6, Unit.NUMBER, "", "1,703"),
    ],
)
def test_figures(value, unit, per, text):
    assert figure(value, Subject("Any", Polarity.HIGHER, unit, per=per)) == text


def test_a_figure_never_rounds_onto_another():
    subject = Subject("Any", Polarity.HIGHER, Unit.PERCENT)
    assert figure(0.848, subject, apart_from=[0.85]) == "84.8%"
    assert figure(0.85, subject, apart_from=[0.85]) == "85%"
    assert figure(0.85, subject, apart_from=[0.848]) == "85%"


def test_goals_say_where_equal_is_not_enough():
    subject = Subject("Any", Polarity.LOWER, Unit.PERCENT)
    assert goal(Target(0.054, Comparison.LESS_THAN), subject) == "under 5.4%"
    assert goal(Target(0.7, Comparison.MORE_THAN), subject) == "above 70%"
    assert goal(Target(0.22, Comparison.AT_MOST), subject) == "22%"


def test_periods():
    assert (periods(1, Period.WEEK), periods(7, Period.MONTH)) == ("1 week", "7 months")
    names = {period: period_name(date(2009, 11, 9), period) for period in Period}
    assert names == {
        Period.DAY: "9 November",
        Period.WEEK: "w/c 9 November",
        Period.MONTH: "November 2009",
        Period.QUARTER: "the quarter from November 2009",
        Period.YEAR: "the year from November 2009",
        Period.POINT: "9 November",
    }


def test_weeks_of_examples_leave_gaps_where_told():
    assert [point.value for point in weeks([1.0, None])] == [1.0, None]
