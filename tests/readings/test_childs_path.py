"""One child's path: every step that the extracts hold, what measures say of it, and for whom how much of it."""

import csv
import datetime as dt
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.analysis.step_order import ORDER, OutOfOrder, Rule, Step, StepKind, Tie
from dashboard.readings.cases import waiting
from dashboard.readings.childs_path import CLOCKS, ChildsPath, PathStep, childs_path, drawn_child, late_by
from dashboard.readings.reading import Reading
from dashboard.words.cases import kind_of
from dashboard.words.childs_path import (
    between,
    facts_of,
    hidden_words,
    missing_words,
    order_words,
    title_of,
    verdict_words,
)
from data_access.actor import Actor, NotAllowedProblem, Role
from data_access.database.opening import connect
from data_access.extracts import extract_named
from data_access.problems import QueryProblem
from data_access.queries import children_of
from data_access.scope import Scope
from tests.council import ROOT, copy_of
from tests.reader import READER, reader_of

BEFORE_ITS_REFERRAL, LONG, NOT_BEGUN = "K-302421", "K-300147", "K-305065"
Extracts = dict[str, list[dict[str, str]]]
WEEK = dt.date(2010, 3, 22)
ASSESSMENTS = "initial_assessments_within_7_working_days"


@pytest.fixture(scope="module")
def connection(loaded_council: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Connection]:
    """Give a connection to the sample council."""
    engine = connect(copy_of(loaded_council, tmp_path_factory.mktemp("paths") / "safe.db"))
    with engine.connect() as opened:
        yield opened
    engine.dispose()


@pytest.fixture(scope="module")
def extracts() -> Extracts:
    """Give the rows of the sample council as they were written."""
    return {name: written(name) for name in sorted({kind.extract for kind in StepKind} | {"child_merges"})}


def written(extract: str) -> list[dict[str, str]]:
    with Path(ROOT / "sample_data" / "council" / f"{extract}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def read(connection: sa.Connection, child: str, actor: Actor = READER) -> ChildsPath:
    """Return a child's path, read once for all tests: nobody changes the council."""
    return childs_path(Reading.on(connection, actor), child)


def standing(extracts: Extracts, child: str) -> str:
    """Return the reference that stands for a child, after every merge."""
    for row in extracts["child_merges"]:
        if row["child_id"] == child:
            return standing(extracts, row["merged_into"])
    return child


def naive(extracts: Extracts, child: str) -> Counter[tuple[str, str, str]]:
    """Return every day of a child's rows in the files: the step, its row and its day, core groups by their plans."""
    given_up = {row["child_id"] for row in extracts["child_merges"]}
    names = {name for name in {child, *given_up} if standing(extracts, name) == child}
    plans = {row["plan_id"] for row in extracts["plans"] if row["child_id"] in names}
    days = {
        (kind.value, row[extract_named(kind.extract).key[0]], row[kind.column][:10])
        for kind in StepKind
        for row in extracts[kind.extract]
        if (row.get("child_id") in names or row.get("plan_id", "") in plans) and row[kind.column]
    }
    return Counter(days)


@pytest.mark.parametrize("child", [BEFORE_ITS_REFERRAL, LONG, NOT_BEGUN, "K-300014", "K-303882", "K-300003"])
def test_a_path_has_every_day_that_the_extracts_hold_of_the_child_in_order(
    connection: sa.Connection, extracts: Extracts, child: str
) -> None:
    path = read(connection, child)
    assert Counter((str(s.step.kind), s.row.reference, str(s.step.on)) for s in path.steps) == naive(extracts, child)
    days = [each.step.on for each in path.steps]
    assert days == sorted(days)
    assert path.hidden == 0


def test_a_reference_that_was_given_up_leads_to_the_same_child(connection: sa.Connection) -> None:
    given_up, stands = "K-300312", "K-300003"
    assert read(connection, given_up).child == stands
    known, again = read(connection, stands), read(connection, given_up)
    assert [each.step for each in again.steps] == [each.step for each in known.steps]


def test_what_is_out_of_order_is_told_in_a_sentence(connection: sa.Connection) -> None:
    path = read(connection, BEFORE_ITS_REFERRAL)
    assert [order_words(each, path.words, path.working_days) for each in path.broken] == [
        "The initial assessment was begun 2 working days before the referral was received.",
        "The initial assessment was begun 2 working days before the referral was decided on.",
    ]
    path = read(connection, LONG)
    [again] = [order_words(each, path.words, path.working_days) for each in path.broken]
    assert (
        again
        == "Another initial assessment was begun 1 working day before the earlier initial assessment was completed."
    )


def test_steps_are_late_and_missing_by_the_measures_own_lists(connection: sa.Connection) -> None:
    reading = Reading.on(connection, READER)
    path = read(connection, NOT_BEGUN)
    assert [missing_words(each) for each in path.missing] == [
        "The child was to be assessed or enquired about, and nothing has begun after 10 working days: "
        "14 working days",
        "The child waits for an initial assessment past the standard: 14 working days, 7 allowed",
        "The child with an open case has no social worker: 14 working days",
    ]
    for each in path.missing:
        assert each.case["case_id"] in set(waiting(reading, each.definition.id, team=None)["case_id"])
    verdicts = [verdict for step in path.steps for verdict in step.verdicts]
    assert {verdict.definition.id for verdict in verdicts} <= {name for names in CLOCKS.values() for name in names}
    [late] = [each for each in verdicts if kind_of(each.case, each.definition) == "late"]
    assert verdict_words(late) == "Referral decisions within 24 hours: not met, 264 h 09"


def test_who_decided_and_why_is_told(connection: sa.Connection) -> None:
    path = read(connection, NOT_BEGUN)
    decided = [each for each in path.steps if each.step.kind is StepKind.DECISION]
    assert [title_of(each, path.words) for each in decided] == [
        "Referral decided: Passed to the team that has the case",
        "Referral decided: Initial assessment",
        "Referral decided: Initial assessment",
    ]
    assert facts_of(decided[0], path.words) == ["decided by: practice manager", "reason: threshold met"]
    assert facts_of(decided[1], path.words) == ["decided by: senior practitioner", "no reason is recorded"]


def test_every_step_of_every_kind_can_be_told(connection: sa.Connection) -> None:
    steps: dict[StepKind, tuple[PathStep, ChildsPath]] = {}
    for child in (LONG, "K-300014", "K-302040", "K-300019", "K-303882", "K-304388"):
        path = read(connection, child)
        steps |= {each.step.kind: (each, path) for each in path.steps}
    for each, path in steps.values():
        told = " ".join((title_of(each, path.words), *facts_of(each, path.words)))
        assert "{" not in told
        assert "_" not in told


def manager(*teams: str) -> Actor:
    return reader_of(Scope.of_team(*teams), Role.TEAM_MANAGER)


def test_a_manager_sees_the_own_teams_steps_and_how_many_others_there_are(connection: sa.Connection) -> None:
    whole, own = read(connection, LONG), read(connection, LONG, manager("AT4"))
    assert {each.row.team for each in own.steps} == {"AT4"}
    assert [each.step for each in own.steps] == [each.step for each in whole.steps if each.row.team == "AT4"]
    assert own.hidden == len(whole.steps) - len(own.steps) > 0
    assert hidden_words(own) == f"{own.hidden} steps of teams whose cases you may not see are not shown."
    # what is out of order lies in other teams
    assert whole.broken
    assert own.broken == ()


def test_members_of_staff_are_named_to_who_manages_the_team_alone(connection: sa.Connection) -> None:
    own = [each.row for each in read(connection, LONG, manager("AT2")).steps]
    assert any(row.staff for row in own)
    for row in (each.row for each in read(connection, LONG).steps):
        assert row.staff is None
        assert not [value for value in row.values.values() if str(value).startswith("S-")]


@pytest.mark.parametrize(
    ("actor", "child", "problem"),
    [
        (READER, "K-<i>", QueryProblem),
        (manager("CME"), BEFORE_ITS_REFERRAL, QueryProblem),
        (reader_of(Scope.figures_only(), Role.BOARD_MEMBER), LONG, NotAllowedProblem),
        (reader_of(Scope.figures_only(), Role.DIRECTOR), LONG, QueryProblem),
    ],
)
def test_who_may_see_no_case_of_a_child_sees_no_path(
    connection: sa.Connection, actor: Actor, child: str, problem: type[Exception]
) -> None:
    with pytest.raises(problem):
        read(connection, child, actor)


def test_the_same_seed_draws_the_same_child_of_those_whom_the_reader_may_see(connection: sa.Connection) -> None:
    reading = Reading.on(connection, READER)
    drawn = drawn_child(reading, WEEK, "2010-03-22")
    assert drawn == drawn_child(reading, WEEK, "2010-03-22")
    assert len({drawn_child(reading, WEEK, f"seed {number}").child for number in range(12)}) > 6
    own = drawn_child(Reading.on(connection, manager("AT1")), WEEK, "2010-03-22")
    assert own.child is not None
    assert any(each.row.team == "AT1" for each in read(connection, own.child, manager("AT1")).steps)
    with pytest.raises(NotAllowedProblem):
        drawn_child(Reading.on(connection, reader_of(Scope.figures_only(), Role.BOARD_MEMBER)), WEEK, "1")
    nobody = drawn_child(Reading.on(connection, reader_of(Scope.of_team("HR"), Role.TEAM_MANAGER)), WEEK, "1")
    assert (nobody.child, nobody.out_of) == (None, 0)


def test_children_are_drawn_of_those_referred_lately_whose_case_went_on(
    connection: sa.Connection, extracts: Extracts
) -> None:
    since, closing = WEEK + dt.timedelta(days=7, weeks=-12), {"no_further_action", "caf", "advice"}
    expected = {
        standing(extracts, row["child_id"])
        for row in extracts["referrals"]
        if str(since) <= row["received_at"][:10] <= "2010-03-28" and row["decision"] not in closing
    }
    drawn = drawn_child(Reading.on(connection, READER), WEEK, "any")
    assert (drawn.out_of, drawn.since) == (len(expected), since)
    assert drawn.child in expected


def test_every_listed_case_leads_to_its_child(connection: sa.Connection) -> None:
    rows = {row["assessment_id"]: row["child_id"] for row in written("assessments")[:40] if row["completed_on"]}
    everything = Scope.everything()
    children = children_of(everything, connection, ASSESSMENTS, list(rows))
    assert all(children[case] in (rows[case], read(connection, rows[case]).child) for case in list(children)[:5])
    assert children_of(Scope.of_team("CME"), connection, ASSESSMENTS, list(rows)).keys() < children.keys()
    assert children_of(everything, connection, "sickness_absence", ["B-10001"]) == {}


MONDAY = dt.date(2010, 3, 1)
LABELS = {"assessment_kind": {"initial": "Initial assessment"}}
NUMBERS = {MONDAY + dt.timedelta(days=day): min(day, 4) for day in range(7)}


def step(kind: StepKind, day: int, at: str | None = None) -> Step:
    on = MONDAY + dt.timedelta(days=day)
    moment = None if at is None else dt.datetime.fromisoformat(f"{on}T{at}")
    return Step(kind, on, "X", moment, code="initial" if kind.extract == "assessments" else None)


@pytest.mark.parametrize(
    ("second", "first", "tie", "sentence"),
    [
        (
            step(StepKind.COMPLETED, 0),
            step(StepKind.SEEN, 3),
            Tie.ROW,
            "The initial assessment was completed 3 working days before the child was seen.",
        ),
        (
            step(StepKind.DECISION, 0, "09:00"),
            step(StepKind.REFERRAL, 0, "10:05"),
            Tie.ROW,
            "The referral was decided on 1 hour 5 minutes before the referral was received.",
        ),
        (
            step(StepKind.DECISION, 0, "09:00"),
            step(StepKind.CONTACT, 0, "09:01"),
            Tie.REFERRAL,
            "The referral was decided on 1 minute before the contact was received.",
        ),
        (
            step(StepKind.CLOSED, 5),
            step(StepKind.COMPLETED, 6),
            Tie.REFERRAL,
            "The case was closed 1 day before the initial assessment was completed.",
        ),
        (
            step(StepKind.ASSESSMENT, 1),
            None,
            Tie.SAME_KIND,
            "Another initial assessment was begun while an earlier initial assessment stood open, "
            "and it has not ended since.",
        ),
        (
            step(StepKind.COMPLETED, 1),
            None,
            Tie.ROW,
            "The initial assessment was completed, and it is not recorded that the child was seen.",
        ),
    ],
)
def test_what_is_out_of_order_in_words(second: Step, first: Step | None, tie: Tie, sentence: str) -> None:
    rule = Rule((StepKind.SEEN,), second.kind, tie, "a source", missed=True)
    broken = OutOfOrder(rule, second, first, step(StepKind.ASSESSMENT, 0))
    assert order_words(broken, LABELS, NUMBERS) == sentence


def test_whatever_breaks_a_rule_can_be_said() -> None:
    for rule in ORDER:
        for first in (*rule.first, None):
            missed = None if first is None else step(first, 3)
            row = step(next(kind for kind in StepKind if kind.extract == rule.first[0].extract), 0)
            said = order_words(OutOfOrder(rule, step(rule.second, 1), missed, row), LABELS, NUMBERS)
            assert said.endswith(".")
            assert "{" not in said


@pytest.mark.parametrize(("days", "words"), [(0, ""), (1, "the next day"), (5, "5 days later")])
def test_days_between_steps(days: int, words: str) -> None:
    assert between(step(StepKind.CONTACT, 0), step(StepKind.REFERRAL, days)) == words


def test_late_by_working_days(connection: sa.Connection) -> None:
    verdicts = [each for part in read(connection, LONG).steps for each in part.verdicts]
    for each in verdicts:
        late = late_by(each)
        if "working_days_allowed" in each.case and late is not None:
            assert late == each.case["working_days_taken"] - each.case["working_days_allowed"] > 0
