"""Steps out of order: toy paths with what each shows, a naive second way to say it, and rules that always hold."""

import datetime as dt
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.step_order import ORDER, Rule, Step, StepKind, Tie, in_order_of_time, out_of_order
from data_access.extracts import EXTRACTS, extract_named
from data_access.quality.dates import IN_ORDER

K = StepKind
MONDAY = dt.date(2010, 3, 1)
NO_ENQUIRY = {"strategy_discussion_E1": None, "enquiry_ended_E1": None}
CASE = (
    (K.CONTACT, "C1", 0, None),
    (K.CONTACT_DECIDED, "C1", 0, None),
    (K.REFERRAL, "R1", 0, None),
    (K.DECISION, "R1", 1, None),
    (K.REFERRER_TOLD, "R1", 2, None),
    (K.ASSESSMENT, "A1", 2, "initial"),
    (K.SEEN, "A1", 4, "initial"),
    (K.COMPLETED, "A1", 8, "initial"),
    (K.STRATEGY_DISCUSSION, "E1", 8, None),
    (K.ASSESSMENT, "A2", 9, "core"),
    (K.CONFERENCE, "F1", 20, "initial"),
    (K.ENQUIRY_ENDED, "E1", 20, None),
    (K.PLAN, "P1", 20, "cp"),
    (K.SEEN, "A2", 25, "core"),
    (K.COMPLETED, "A2", 40, "core"),
    (K.PLAN_ENDED, "P1", 90, "cp"),
    (K.CLOSED, "R1", 91, None),
)
"""One case as it should go: the step, its row, the day, and the kind of assessment, conference or plan."""


def path(**moved: int | None) -> list[Step]:
    """Return the case with some steps moved to other days, or left out: `seen_A1=9`, `decision_R1=None`."""
    days = {f"{kind.name.lower()}_{row}": day for kind, row, day, _ in CASE} | moved
    return [
        Step(kind, MONDAY + dt.timedelta(days=day), row, code=code, referral="R1" if row[0] in "CRAE" else None)
        for kind, row, _, code in CASE
        if (day := days[f"{kind.name.lower()}_{row}"]) is not None
    ]


def told(steps: Sequence[Step]) -> set[str]:
    """Return what is out of order in a few words: the step, its row, and what should have come before."""
    return {
        f"{broken.second.kind.name} {broken.second.row} before "
        f"{'nothing of' if broken.first is None else broken.first.kind.name} {broken.row.row}"
        for broken in out_of_order(steps)
    }


@pytest.mark.parametrize(
    ("moved", "expected"),
    [
        ({}, set()),
        ({"contact_C1": 1, "contact_decided_C1": 1}, {"REFERRAL R1 before CONTACT C1"}),
        ({"contact_C1": 1}, {"REFERRAL R1 before CONTACT C1", "CONTACT_DECIDED C1 before CONTACT C1"}),
        ({"decision_R1": -1}, {"DECISION R1 before REFERRAL R1", "DECISION R1 before CONTACT C1"}),
        ({"decision_R1": 3}, {"REFERRER_TOLD R1 before DECISION R1", "ASSESSMENT A1 before DECISION R1"}),
        (
            {"decision_R1": None},
            {
                "REFERRER_TOLD R1 before nothing of R1",
                "ASSESSMENT A1 before nothing of R1",
                "ASSESSMENT A2 before nothing of R1",
                "CLOSED R1 before nothing of R1",
            },
        ),
        ({"seen_A1": 9}, {"COMPLETED A1 before SEEN A1"}),
        ({"seen_A1": None}, {"COMPLETED A1 before nothing of A1"}),
        ({"seen_A2": None}, set()),
        ({"seen_A1": -3}, {"SEEN A1 before REFERRAL R1"}),
        # a strategy discussion begins a core assessment too; without one it waits for the initial one
        ({"completed_A1": 12}, set()),
        ({"completed_A1": 12} | NO_ENQUIRY, {"ASSESSMENT A2 before COMPLETED A1"}),
        (
            {"strategy_discussion_E1": 21, "completed_A1": 9, "enquiry_ended_E1": 22},
            {"CONFERENCE F1 before STRATEGY_DISCUSSION E1"},
        ),
        # months later it belongs to something else
        ({"strategy_discussion_E1": 60, "enquiry_ended_E1": 62}, set()),
        ({"plan_P1": 19}, {"PLAN P1 before CONFERENCE F1"}),
        ({"closed_R1": 30}, {"CLOSED R1 before COMPLETED A2"}),
        ({"completed_A2": None}, {"CLOSED R1 before nothing of A2"}),
        ({"closed_R1": 8, "completed_A1": 8}, {"CLOSED R1 before ASSESSMENT A2"}),
        ({"completed_A1": 1, "seen_A1": 1}, {"COMPLETED A1 before ASSESSMENT A1"}),
        ({"enquiry_ended_E1": 7}, {"ENQUIRY_ENDED E1 before STRATEGY_DISCUSSION E1"}),
        ({"plan_ended_P1": 19}, {"PLAN_ENDED P1 before PLAN P1"}),
    ],
)  # fmt: skip
def test_what_a_path_shows(moved: dict[str, int | None], expected: set[str]) -> None:
    assert told(path(**moved)) == expected


@pytest.mark.parametrize(("ends", "is_told"), [(3, False), (2, False), (4, True), (None, True)])
def test_two_assessments_of_a_kind_are_not_open_at_once(ends: int | None, is_told: bool) -> None:
    def begun(row: str, day: int, kind: K = K.ASSESSMENT) -> Step:
        return Step(kind, MONDAY + dt.timedelta(days=day), row, code="initial")

    steps = [begun("A1", 0), begun("A2", 3), *([] if ends is None else [begun("A1", ends, K.COMPLETED)])]
    again = [broken for broken in out_of_order(steps) if broken.rule.tie is Tie.SAME_KIND]
    assert bool(again) is is_told
    assert not out_of_order([begun("A1", 0), Step(K.ASSESSMENT, MONDAY, "A2", code="core")])


def test_what_began_with_new_information_needs_no_decision() -> None:
    begun = Step(K.ASSESSMENT, MONDAY, "A1", code="initial", referral="R1")
    referral = Step(K.REFERRAL, MONDAY + dt.timedelta(days=9), "R1", referral="R1")
    informed = Step(K.NEW_INFORMATION, MONDAY, "A1", code="initial", referral="R1")
    assert len(out_of_order([begun, referral])) == 2
    assert out_of_order([begun, referral, informed]) == []


def test_a_step_of_which_nothing_can_be_said_is_not_missed() -> None:
    unknown = frozenset({K.DECISION})
    referral = Step(K.REFERRAL, MONDAY, "R1", referral="R1", unknown=unknown)
    assert out_of_order([referral, Step(K.CLOSED, MONDAY, "R1", referral="R1", unknown=unknown)]) == []


@pytest.mark.parametrize(("decided", "is_told"), [("10:01", False), ("10:00", False), ("09:59", True), (None, False)])
def test_times_of_day_decide_where_both_are_known(decided: str | None, is_told: bool) -> None:
    def at(time: str | None) -> dt.datetime | None:
        return None if time is None else dt.datetime.fromisoformat(f"2010-03-01T{time}")

    steps = [
        Step(K.REFERRAL, MONDAY, "R1", at("10:00"), referral="R1"),
        Step(K.DECISION, MONDAY, "R1", at(decided), referral="R1"),
    ]
    assert bool(out_of_order(steps)) is is_told
    assert [step.kind for step in in_order_of_time(steps)] == [K.REFERRAL, K.DECISION][:: -1 if is_told else 1]


DAYS = st.integers(0, 12)


@given(days=st.lists(DAYS, min_size=len(CASE), max_size=len(CASE)), order=st.randoms(use_true_random=False))
def test_any_days_tell_what_a_naive_reader_tells_in_whatever_order_they_are_given(
    days: list[int], order: Random
) -> None:
    steps = path(**{f"{kind.name.lower()}_{row}": day for (kind, row, _, _), day in zip(CASE, days, strict=True)})
    shuffled = list(steps)
    order.shuffle(shuffled)
    assert told(shuffled) == told(steps) == naive(steps)


@given(gaps=st.lists(st.integers(0, 9), min_size=len(CASE), max_size=len(CASE)))
def test_a_path_that_keeps_its_order_tells_nothing(gaps: list[int]) -> None:
    day, days = 0, {}
    for (kind, row, _, _), gap in zip(CASE, gaps, strict=True):
        day += gap
        days[f"{kind.name.lower()}_{row}"] = day
    assert told(path(**days)) == set()


def naive(steps: Sequence[Step]) -> set[str]:
    """Return what is out of order in the case, written out pair by pair."""
    day = {(step.kind.name, step.row): step.on for step in steps}
    pairs = [
        ("CONTACT_DECIDED C1", "CONTACT C1"), ("REFERRAL R1", "CONTACT C1"), ("DECISION R1", "CONTACT C1"),
        ("DECISION R1", "REFERRAL R1"), ("REFERRER_TOLD R1", "DECISION R1"), ("ASSESSMENT A1", "REFERRAL R1"),
        ("ASSESSMENT A2", "REFERRAL R1"), ("ASSESSMENT A1", "DECISION R1"), ("ASSESSMENT A2", "DECISION R1"),
        ("SEEN A1", "REFERRAL R1"), ("SEEN A2", "REFERRAL R1"), ("COMPLETED A1", "SEEN A1"),
        ("COMPLETED A2", "SEEN A2"), ("COMPLETED A1", "ASSESSMENT A1"), ("COMPLETED A2", "ASSESSMENT A2"),
        ("ENQUIRY_ENDED E1", "STRATEGY_DISCUSSION E1"), ("CONFERENCE F1", "STRATEGY_DISCUSSION E1"),
        ("PLAN P1", "CONFERENCE F1"), ("PLAN_ENDED P1", "PLAN P1"), ("CLOSED R1", "REFERRAL R1"),
        ("CLOSED R1", "DECISION R1"), ("CLOSED R1", "ASSESSMENT A1"), ("CLOSED R1", "ASSESSMENT A2"),
    ]  # fmt: skip

    def on(step: str) -> dt.date:
        kind, row = step.split()
        return day[kind, row]

    broken = {f"{second} before {first}" for second, first in pairs if on(second) < on(first)}
    if on("ASSESSMENT A2") < min(on("COMPLETED A1"), on("STRATEGY_DISCUSSION E1")):
        broken.add("ASSESSMENT A2 before COMPLETED A1")
    for row in ("A1", "A2"):
        if on(f"ASSESSMENT {row}") <= on("CLOSED R1") < on(f"COMPLETED {row}"):
            broken.add(f"CLOSED R1 before COMPLETED {row}")
    return broken


def test_rules_of_a_row_say_what_the_rules_of_quality_say() -> None:
    """What can't be true of two dates of a row stands once more among the rules of quality: both agree."""
    ours = {
        (first.column, rule.second.column)
        for rule in ORDER
        for first in rule.first
        if rule.tie is Tie.ROW and not rule.missed and K.SEEN not in rule.first
    }
    assert ours <= {*IN_ORDER}


@pytest.mark.parametrize("kind", list(StepKind))
def test_every_step_is_a_day_that_an_extract_gives(kind: StepKind) -> None:
    assert kind.extract in {extract.name for extract in EXTRACTS}
    assert extract_named(kind.extract).column(kind.column).kind in ("date", "date and time")


@pytest.mark.parametrize("rule", ORDER, ids=lambda rule: f"{rule.first[0].name}-{rule.second.name}-{rule.tie.name}")
def test_every_rule_says_where_it_comes_from(rule: Rule) -> None:
    assert rule.source
    assert (rule.tie is Tie.CHILD) is (rule.within is not None)
