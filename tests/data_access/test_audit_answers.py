"""Answers of audits as they are counted and listed, on both engines: within scope, and never ahead of the data."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from data_access.database.opening import reading
from data_access.problems import QueryProblem
from data_access.queries.audit_answers import (
    answers_by_day,
    audits_known_to,
    excused_answers,
    graded_twice,
    grades_given_twice,
)
from data_access.scope import Scope
from tests.loading.handing_over import Council

HEADER = "audit_id,question,answer,reason,audited_on,auditor_staff_id,team_id,assessment_id"
ROWS = [
    "Q1,assessment_grade,good,,2010-03-01,W1,T1,A1",
    "Q2,assessment_grade,good,,2010-03-01,W1,T1,A2",
    "Q3,assessment_grade,poor,,2010-03-09,W2,T1,A1",
    "Q4,assessment_grade,excellent,,2010-03-10,W3,T1,A1",
    "Q5,assessment_grade,adequate,,2010-03-02,W1,T1,A2",
    "Q6,assessment_grade,not_applicable,begun last week,2010-03-03,W1,T2,A3",
    "Q7,assessment_grade,good,,2010-03-04,W2,T2,A3",
    "Q8,assessment_grade,adequate,,2010-03-01,W2,T2,A4",
    "Q9,assessment_grade,adequate,,2010-03-05,W1,T2,A4",
    "QA,child_views_recorded,not_applicable,newborn,2010-03-05,W1,T2,A4",
    "QB,child_views_recorded,not_applicable, ,2010-03-05,W1,T2,A4",
    "QC,assessment_grade,good,,2010-03-20,W9,T1,",
    "QD,assessment_grade,good,,2010-03-20,W8,T1,",
    "QE,assessment_grade,poor,,2010-05-20,W8,T1,A2",
]
UNTIL = date(2010, 3, 28)
EVERYTHING = Scope.everything()
ONLY_T1 = Scope.of_team("T1")


@pytest.fixture
def connection(database: sa.Engine, tmp_path: Path) -> Iterator[sa.Connection]:
    """Give a connection to a database of these audits, of two teams."""
    teams = "team_id,name,service\nT1,First,Assessment\nT2,Second,Assessment"
    Council(database, tmp_path).hand_over(audits="\n".join([HEADER, *reversed(ROWS)]), teams=teams)
    with reading(database) as opened:
        yield opened


def test_answers_are_counted_by_day_and_told_apart_from_excuses(connection: sa.Connection) -> None:
    expected: dict[tuple[date, str, str, bool], int] = {}
    for row in ROWS:
        _, question, answer, reason, on, *_ = row.split(",")
        key = (date.fromisoformat(on), question, answer, answer == "not_applicable" and bool(reason.strip()))
        if key[0] <= UNTIL:
            expected[key] = expected.get(key, 0) + 1
    counted = answers_by_day(EVERYTHING, connection, until=UNTIL)
    assert {row[:4]: row[4] for row in counted.iter_rows()} == expected
    of_team = answers_by_day(EVERYTHING, connection, until=UNTIL, team="T2")
    assert of_team.get_column("audits").sum() == 6
    assert answers_by_day(ONLY_T1, connection, until=UNTIL, team="T1").get_column("audits").sum() == 7
    assert audits_known_to(connection) == UNTIL


def test_a_second_grade_is_that_of_the_next_auditor(connection: sa.Connection) -> None:
    """W1 graded A2 twice; QC and QD name no assessment; Q6 gave no grade; Q4 is a third; QE lies ahead."""
    assert graded_twice(EVERYTHING, connection, until=UNTIL).rows() == [
        ("A1", "T1", date(2010, 3, 1), "good", date(2010, 3, 9), "poor"),
        ("A4", "T2", date(2010, 3, 1), "adequate", date(2010, 3, 5), "adequate"),
    ]
    assert sorted(grades_given_twice(EVERYTHING, connection, until=UNTIL)) == [
        ("adequate", "adequate"),
        ("good", "poor"),
    ]
    assert graded_twice(EVERYTHING, connection, until=date(2010, 3, 8)).get_column("assessment_id").to_list() == [
        "A4"
    ]
    assert grades_given_twice(ONLY_T1, connection, until=UNTIL, team="T1") == [("good", "poor")]


def test_only_an_excuse_with_a_reason_is_listed(connection: sa.Connection) -> None:
    first = date(2010, 3, 1)
    assert excused_answers(EVERYTHING, connection, first=first, last=UNTIL).rows() == [
        ("QA", date(2010, 3, 5), "T2", "child_views_recorded", "newborn"),
        ("Q6", date(2010, 3, 3), "T2", "assessment_grade", "begun last week"),
    ]
    assert excused_answers(EVERYTHING, connection, first=date(2010, 3, 4), last=UNTIL).height == 1


def test_nobody_lists_the_cases_of_another_team(connection: sa.Connection) -> None:
    first = date(2010, 3, 1)
    assert excused_answers(ONLY_T1, connection, first=first, last=UNTIL).is_empty()
    assert graded_twice(ONLY_T1, connection, until=UNTIL).get_column("team").to_list() == ["T1"]
    for scope in (ONLY_T1, Scope.figures_only()):
        with pytest.raises(QueryProblem):
            excused_answers(scope, connection, first=first, last=UNTIL, team="T2")
        with pytest.raises(QueryProblem):
            graded_twice(scope, connection, until=UNTIL, team="T2")
        with pytest.raises(QueryProblem):
            answers_by_day(scope, connection, until=UNTIL, team="T2")
        with pytest.raises(QueryProblem):
            grades_given_twice(scope, connection, until=UNTIL, team="T2")
    with pytest.raises(QueryProblem):
        graded_twice(Scope.figures_only(), connection, until=UNTIL)


def test_without_audits_nothing_is_known(database: sa.Engine) -> None:
    with reading(database) as opened:
        assert audits_known_to(opened) is None
