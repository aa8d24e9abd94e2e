"""`safe-dashboard sample-cases`: who is to read which cases, the same from the same seed, and what is refused."""

import csv
from collections import Counter
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from dashboard.cli import main
from dashboard.commands.sample_cases import COLUMNS
from data_access.measures import MEASURES
from data_access.measures.definition import About

MEASURE = "initial_assessments_within_7_working_days"
ASKED = (MEASURE, "--month", "2010-02", "--reader", "DCS", "--reader", "GM Assessment")

Draw = Callable[..., Result]


@pytest.fixture
def draw(council: str) -> Draw:
    """Give what draws cases of the sample council."""

    def invoke(*words: str) -> Result:
        return CliRunner(env={"SAFE_DATABASE_URL": council}).invoke(main, ["sample-cases", *words])

    return invoke


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(result.stdout.splitlines()))


def test_each_reader_gets_two_cases_of_the_month_and_the_same_again(draw: Draw) -> None:
    result = draw(*ASKED)
    drawn = rows(result)
    assert tuple(drawn[0]) == COLUMNS
    assert [row["reader"] for row in drawn] == ["DCS", "DCS", "GM Assessment", "GM Assessment"]
    assert len({row["case_id"] for row in drawn}) == 4
    assert all(row["event_date"].startswith("2010-02-") for row in drawn)
    assert {row["seed"] for row in drawn} == {"2010-02-01"}
    assert "cases drawn; seed “2010-02-01” draws them again" in result.stderr
    assert draw(*ASKED).stdout == result.stdout
    assert {row["case_id"] for row in rows(draw(*ASKED, "--seed", "another"))} != {row["case_id"] for row in drawn}


def test_a_second_reader_grades_cases_of_the_first(draw: Draw) -> None:
    drawn = rows(draw(*ASKED, "--second-grading", "3"))
    first = {row["case_id"]: row["reader"] for row in drawn if row["grading"] == "first"}
    second = {row["case_id"]: row["reader"] for row in drawn if row["grading"] == "second"}
    assert len(first) == 4
    assert len(second) == 3
    assert all(first[case] != reader for case, reader in second.items())


@pytest.mark.parametrize("measure", [MEASURE, "assessments_graded_good_or_better"])
def test_what_became_of_a_case_that_is_graded_twice_is_told_to_nobody(draw: Draw, measure: str) -> None:
    """Of an audit the result is the first grade itself; and the list of all readers may go to each of them."""
    asked = (measure, *ASKED[1:])
    drawn = rows(draw(*asked, "--second-grading", "2"))
    twice = {row["case_id"] for row in drawn if row["grading"] == "second"}
    assert len(twice) == 2
    assert [bool(row["result"]) for row in drawn] == [row["case_id"] not in twice for row in drawn]
    assert {row["case_id"]: row["event_date"] for row in drawn} == {
        row["case_id"]: row["event_date"] for row in rows(draw(*asked))
    }


def test_every_team_gives_its_share(draw: Draw) -> None:
    every = rows(draw(*ASKED, "--each", "10000"))
    assert len(every) == len({row["case_id"] for row in every})
    some = rows(draw(*ASKED, "--each", "5"))
    teams, drawn = (Counter(row["team"] for row in part) for part in (every, some))
    assert all(abs(drawn[team] - 10 * number / len(every)) < 1 for team, number in teams.items())
    of_team = rows(draw(*ASKED, "--team", "AT2", "--each", "5"))
    assert {row["team"] for row in of_team} == {"AT2"}


def test_fewer_cases_than_asked_for_are_all_given_and_said(draw: Draw) -> None:
    result = draw(*ASKED, "--each", "10000")
    assert ", fewer than the 20000 asked for" in result.stderr
    assert f"{len(rows(result)):,} of {len(rows(result)):,} cases drawn" in result.stderr


def test_a_name_that_could_be_a_formula_is_written_as_text(draw: Draw) -> None:
    assert rows(draw(MEASURE, "--month", "2010-02", "--reader", "=cmd"))[0]["reader"] == "'=cmd"


ABOUT_STAFF = next(name for name, measure in MEASURES.items() if measure.definition.about is About.STAFF)


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        ((*ASKED, "--reader", "DCS"), 2, "--reader DCS is given twice"),
        ((MEASURE, "--month", "2010-02", "--reader", "DCS", "--second-grading", "1"), 2, "two readers or more"),
        ((MEASURE, "--month", "2010-02"), 2, "Missing option '--reader'"),
        ((MEASURE, "--month", "February", "--reader", "DCS"), 2, "does not match the format '%Y-%m'"),
        ((MEASURE, "--month", "1999-02", "--reader", "DCS"), 1, f"There is no case of {MEASURE} in 1999-02"),
        ((ABOUT_STAFF, "--month", "2010-02", "--reader", "DCS"), 1, "only to those who manage the team"),
        (("no_such_measure", "--month", "2010-02", "--reader", "DCS"), 1, "no_such_measure"),
        ((*ASKED, "--team", "XX"), 1, "There is no team 'XX'"),
    ],
)
def test_what_cannot_be_drawn_is_refused(draw: Draw, words: tuple[str, ...], status: int, told: str) -> None:
    result = draw(*words)
    assert result.exit_code == status
    assert told in result.stderr
    assert not result.stdout
