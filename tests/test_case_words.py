"""Cases in words: the clock, the path, what became of each, and the order in which they stand."""

# ruff: noqa: DTZ001 - times without a zone, as frames and the database keep them

from datetime import date, datetime
from typing import Any

import polars as pl
import pytest

from dashboard.exports.safe_cells import csv_bytes
from dashboard.words.cases import (
    clock_of,
    detail_words,
    kind_of,
    longest_wait,
    path_words,
    result_of,
    shown_as,
    sorted_cases,
    waiting_cases,
    waiting_told,
)
from data_access.measures import measure_named
from data_access.queries.path_of_case import PATH

DECISIONS = measure_named("decisions_within_24_hours").definition
ASSESSMENTS = measure_named("initial_assessments_within_7_working_days").definition
RE_REFERRALS = measure_named("re_referrals_within_12_months").definition
CAFS = measure_named("cafs_started").definition
OVERSIGHT = measure_named("management_oversight_on_open_cases").definition


def decision(case: str = "R1", **changed: Any) -> dict[str, Any]:
    found = {
        "case_id": case, "event_date": date(2010, 3, 26), "team": "T1", "numerator": 0, "denominator": 1,
        "state": "counted", "why": None, "first_received_at": datetime(2010, 3, 26, 16, 40),
        "first_received_timed": True, "decided_at": None, "decided_timed": None, "decision": None,
        "decided_by_role": None, "seconds_taken": 224_400, "working_days_taken": 1, "source": "police",
    }  # fmt: skip
    return {**found, **changed}


DECIDED = {"decided_at": datetime(2010, 3, 27, 9, 0), "decided_timed": True}


def path(*steps: tuple[str, datetime, bool]) -> pl.DataFrame:
    return pl.DataFrame([("R1", step, at, timed, "X", None) for step, at, timed in steps], schema=PATH, orient="row")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "62 h 20"),
        ({"seconds_taken": 59}, "0 h 00"),
        ({"seconds_taken": 3600 * 1234 + 300}, "1,234 h 05"),
        ({"first_received_timed": False}, "1 working day"),
        ({"first_received_timed": False, "working_days_taken": 3}, "3 working days"),
        ({"seconds_taken": None, "working_days_taken": None}, ""),
    ],
)
def test_the_clock(changed: dict[str, Any], words: str) -> None:
    assert clock_of(decision(**changed), DECISIONS) == words


@pytest.mark.parametrize(
    ("taken", "allowed", "words"),
    [
        (19, 7, "19 working days, 7 allowed"),
        (1, 7, "1 working day, 7 allowed"),
        (0, 1, "0 working days, 1 allowed"),
        (19, None, "19 working days"),
        (None, 7, ""),
    ],
)
def test_the_days_allowed_follow_the_days_taken(taken: int | None, allowed: int | None, words: str) -> None:
    assert clock_of({"working_days_taken": taken, "working_days_allowed": allowed}, ASSESSMENTS) == words


@pytest.mark.parametrize(
    ("changed", "kind", "result"),
    [
        ({}, "waiting", "Waiting"),
        (DECIDED, "late", "Not met"),
        ({**DECIDED, "numerator": 1}, "met", "Met"),
        ({"state": "not_yet_due"}, "not_yet_due", "Not yet due"),
        (
            {"state": "not_computable", "why": "the time is missing"},
            "not_computable",
            "Could not be worked out: the time is missing",
        ),
    ],
)
def test_what_became_of_a_case(changed: dict[str, Any], kind: str, result: str) -> None:
    case = decision(**changed)
    assert kind_of(case, DECISIONS) == kind
    assert result_of(case, DECISIONS) == result
    assert kind in shown_as(DECISIONS)


@pytest.mark.parametrize(
    ("changed", "kind", "result"),
    [
        ({"numerator": 0, "left_on": None}, "waiting", "Waiting"),
        ({"numerator": 0, "left_on": date(2010, 3, 30)}, "late", "Not met"),
        ({"numerator": 1, "left_on": None}, "met", "Met"),
    ],
)
def test_a_case_that_stands_is_met_or_not(changed: dict[str, Any], kind: str, result: str) -> None:
    case = {"state": "counted", "why": None, "denominator": 1, **changed}
    assert kind_of(case, OVERSIGHT) == kind
    assert result_of(case, OVERSIGHT) == result
    assert kind in shown_as(OVERSIGHT)


def test_who_waits_is_told_of_children_with_the_clock_that_has_run_out() -> None:
    assert waiting_told(DECISIONS, 1, "") == "1 child has waited over 24 hours for a decision"
    assert waiting_told(DECISIONS, 1200, "66 hours") == (
        "1,200 children have waited over 24 hours for a decision; the longest has waited 66 hours"
    )
    assert shown_as(DECISIONS)["waiting"] == "Waiting over 24 hours for a decision"
    assert (waiting_cases(1), waiting_cases(5)) == ("the case that waits", "the 5 cases that wait")
    with pytest.raises(ValueError, match="no case of it ever waits"):
        waiting_told(CAFS, 1, "")


@pytest.mark.parametrize(
    ("changed", "words"),
    [({}, "62 hours"), ({"first_received_timed": False}, "1 working day")],
)
def test_the_longest_wait_is_in_hours_where_they_are_known(changed: dict[str, Any], words: str) -> None:
    shorter = decision("short", seconds_taken=90_000, **changed)
    assert longest_wait(pl.DataFrame([shorter, decision("long", **changed)]), DECISIONS) == words
    days = pl.DataFrame([{"working_days_taken": 16, "working_days_allowed": 7}])
    assert longest_wait(days, ASSESSMENTS) == "16 working days"
    assert longest_wait(pl.DataFrame(schema={"seconds_taken": pl.Int64}), DECISIONS) == ""
    assert longest_wait(pl.DataFrame([{"case_id": "F1"}]), CAFS) == ""


def test_where_lower_is_better_a_counted_case_is_the_one_to_look_at() -> None:
    again = decision(numerator=1)
    assert (kind_of(again, RE_REFERRALS), result_of(again, RE_REFERRALS)) == ("late", "Yes")
    assert (kind_of(decision(), RE_REFERRALS), result_of(decision(), RE_REFERRALS)) == ("met", "No")
    assert "waiting" not in shown_as(RE_REFERRALS)
    assert list(shown_as(CAFS)) == ["all"]


def test_by_urgency_the_longest_wait_comes_first_then_what_is_late() -> None:
    cases = [
        decision("met", **DECIDED, numerator=1, seconds_taken=80_000),
        decision("short", seconds_taken=90_000),
        decision("late", **DECIDED, seconds_taken=300_000),
        decision("long", seconds_taken=200_000),
        decision("due", state="not_yet_due", seconds_taken=10),
    ]
    assert [case["case_id"] for case in sorted_cases(cases, DECISIONS, "urgency")] == [
        "long", "short", "late", "due", "met"
    ]  # fmt: skip
    assert [case["case_id"] for case in sorted_cases(cases, DECISIONS, "longest")][:2] == ["late", "long"]


def test_a_path_tells_what_has_not_happened_yet() -> None:
    contact, referral = datetime(2010, 3, 26, 16, 40), datetime(2010, 3, 26, 17, 5)
    waiting = path(("contact", contact, True), ("referral", referral, True))
    assert path_words(waiting) == "contact Fri 26 Mar 16:40 → referral 17:05 → no decision yet"
    begun = path(("referral", referral, False), ("decision", referral, True), ("assessment", referral, False))
    assert path_words(begun) == "referral Fri 26 Mar → decided 17:05 → assessment begun Fri 26 Mar → not completed"
    over_new_year = path(("referral", datetime(2009, 12, 31, 9, 0), True), ("decision", datetime(2010, 1, 4), False))
    assert path_words(over_new_year) == "referral Thu 31 Dec 2009 09:00 → decided Mon 4 Jan"
    assert path_words(path()) == ""


def test_details_are_words_and_a_time_that_is_not_known_is_not_told() -> None:
    case = decision(first_received_timed=False, **{**DECIDED, "decided_at": datetime(2009, 3, 27, 9, 0)})
    details = {detail.name: detail for detail in DECISIONS.details}
    assert detail_words(details["source"], case, {"source": {"police": "Police"}}) == "Police"
    assert detail_words(details["first_received_at"], case, {}) == "Fri 26 Mar"
    assert detail_words(details["decided_at"], case, {}) == "Fri 27 Mar 2009 09:00"
    assert detail_words(details["decision"], case, {}) == "–"


def test_a_download_holds_no_formula() -> None:
    written = csv_bytes(["Case", "Team"], [{"Case": "=1+1", "Team": "@sum"}]).decode("utf-8-sig")
    assert written == "Case,Team\n'=1+1,'@sum\n"
