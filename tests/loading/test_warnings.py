"""Rows that are odd but stand: each oddity is kept with its row, told in the file's own words, and counted."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from data_access.database.opening import connect
from data_access.extracts import EXTRACTS, Extract
from data_access.loading import load_extracts
from data_access.loading.checks.row_warnings import checks_of
from tests.council import LOADER
from tests.loading.handing_over import Council, fates, only, terms

POSTGRESQL_IN_SOAK = True

TEAMS = """
team_id,name,service,kind
AT1,Assessment 1,Assessment,assessment
"""

NewDatabase = Callable[[], contextlib.AbstractContextManager[str]]
Told = dict[tuple[str, str], dict[str, Any]]


@dataclass(frozen=True)
class Odd:
    """One row with one oddity."""

    extract: str
    headings: str
    row: str
    check: str
    field: str
    value: str
    message: str


REFERRAL, ASSESSMENT = "referral_id,child_id,received_at,team_id", "assessment_id,child_id,kind,started_on,team_id"
ODD = [
    Odd("referrals", f"{REFERRAL},decided_at", "X,C1,2010-03-02 10:00,AT1,2010-03-02 09:59",
        "decided_at_before_received_at", "decided_at", "2010-03-02 09:59:00", "lies before received_at"),
    Odd("referrals", f"{REFERRAL},decided_at", "X,C1,2010-03-02 10:00,AT1,2010-03-01",
        "decided_at_before_received_at", "decided_at", "2010-03-01", "lies before received_at"),
    Odd("referrals", f"{REFERRAL},closed_on", "X,C1,2010-03-02 10:00,AT1,01/03/2010",
        "closed_on_before_received_at", "closed_on", "2010-03-01", "lies before received_at"),
    Odd("referrals", f"{REFERRAL},decided_at,referrer_told_at",
        "X,C1,2010-03-01,AT1,2010-03-03 10:00,2010-03-03 09:00",
        "referrer_told_at_before_decided_at", "referrer_told_at", "2010-03-03 09:00:00", "lies before decided_at"),
    Odd("referrals", f"{REFERRAL},decided_at", "X,C1,2010-03-02 10:00,AT1,2010-04-01 23:30",
        "decided_at_after_the_extract", "decided_at", "2010-04-01 23:30:00",
        "lies after 2010-03-29, when the extract was taken"),
    Odd("referrals", REFERRAL, "X,C1,2010-03-02 10:00,AT9", "unknown_team", "team_id", "AT9",
        "is no team that was loaded"),
    Odd("assessments", f"{ASSESSMENT},completed_on", "X,C1,initial,2010-03-02,AT1,2010-03-01",
        "completed_on_before_started_on", "completed_on", "2010-03-01", "lies before started_on"),
    Odd("assessments", f"{ASSESSMENT},referral_id", "X,C1,initial,2010-01-31,AT1,R0",
        "assessment_before_referral", "started_on", "2010-01-31",
        "lies before the receipt of the referral that it names"),
    Odd("staff", "staff_id,from,to,role,fte", "X,2010-03-02,2010-03-01,other,1", "to_before_from", "to", "2010-03-01",
        "lies before from"),
    Odd("notifications", "notification_id,kind,received_at,screened_at", "X,merlin,2010-03-02 10:00,2010-03-02 09:00",
        "screened_at_before_received_at", "screened_at", "2010-03-02 09:00:00", "lies before received_at"),
    Odd("system_incidents", "incident_id,system,started_at,ended_at", "X,ics,2010-03-02 10:00,2010-03-02 09:00",
        "ended_at_before_started_at", "ended_at", "2010-03-02 09:00:00", "lies before started_at"),
    Odd("cafs", "caf_id,child_id,agency,offered_on,declined_on", "X,C1,school,2010-03-02,2010-03-01",
        "declined_on_before_offered_on", "declined_on", "2010-03-01", "lies before offered_on"),
    Odd("section_47_enquiries", "enquiry_id,child_id,strategy_discussion_on,ended_on,team_id",
        "X,C1,2010-03-02,2010-03-01,AT1", "ended_on_before_strategy_discussion_on", "ended_on", "2010-03-01",
        "lies before strategy_discussion_on"),
    Odd("feedback", "feedback_id,kind,received_on,answered_on", "X,complaint,2010-03-02,2010-03-01",
        "answered_on_before_received_on", "answered_on", "2010-03-01", "lies before received_on"),
    Odd("schools", "school_id,opened,closed", "X,2010-03-02,2010-03-01", "closed_before_opened", "closed",
        "2010-03-01", "lies before opened"),
]  # fmt: skip


@pytest.fixture(scope="module")
def told(new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """Load all odd rows at once, after the teams and the referral that they name."""
    with new_database() as url:
        engine = connect(url)
        council = Council(engine, tmp_path_factory.mktemp("warnings"))
        council.hand_over(teams=TEAMS, referrals=f"{REFERRAL}\nR0,C0,2010-02-01 10:00,AT1")
        council.hand_over(**{extract: _odd_rows(extract) for extract in {odd.extract for odd in ODD}})
        yield {(row["extract"], row["key"].split("|")[0]): row for row in council.table("load_warnings")}
        engine.dispose()


def _odd_rows(extract: str) -> str:
    rows = [
        dict(zip(odd.headings.split(","), odd.row.split(","), strict=True))
        | {odd.headings.split(",")[0]: f"X{number}"}
        for number, odd in enumerate(ODD)
        if odd.extract == extract
    ]
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    return "\n".join([",".join(headings), *(",".join(row.get(name, "") for name in headings) for row in rows)])


@pytest.mark.parametrize(("number", "odd"), list(enumerate(ODD)), ids=[f"{odd.extract}-{odd.check}" for odd in ODD])
def test_an_odd_row_is_told_of(number: int, odd: Odd, told: Told) -> None:
    kept = told[odd.extract, f"X{number}"]
    assert kept["row"] == 2 + sum(other.extract == odd.extract for other in ODD[:number])
    assert kept["file"] == f"{odd.extract}.csv"
    found = (kept["check"], kept["field"], kept["value"], kept["message"])
    assert found == (odd.check, odd.field, odd.value, odd.message)


def test_each_odd_row_is_told_of_once(told: Told) -> None:
    assert len(told) == len(ODD)


def test_a_complete_extract_is_told_of_rows_outside_its_dates(council: Council) -> None:
    report = council.hand_over(
        terms(complete=True),
        referrals=f"{REFERRAL}\nR1,C1,2009-12-31 23:59,AT1\nR2,C1,2010-01-01,AT1\nR3,C1,2010-03-29,AT1",
    )
    assert fates(only(report)) == {"new": 3, "warnings": 2}
    assert sorted((row["key"], row["check"], row["message"]) for row in council.table("load_warnings")) == [
        (key, "outside_the_dates_covered", "lies outside 2010-01-01 to 2010-03-28, which the extract covers")
        for key in ("R1", "R3")
    ]


def test_a_summer_time_is_told_as_the_file_has_it(council: Council) -> None:
    held = terms("2009-08-01 07:00", "2009-07-01", "2009-07-31")
    council.hand_over(held, referrals=f"{REFERRAL},decided_at\nR1,C1,2009-07-02 10:00,AT1,2009-07-02 09:00")
    assert [row["value"] for row in council.table("load_warnings")] == ["2009-07-02 09:00:00"]


def test_a_row_may_be_odd_in_several_ways(council: Council) -> None:
    council.hand_over(teams=TEAMS)
    report = council.hand_over(
        referrals=f"{REFERRAL},decided_at,closed_on\nR1,C1,2011-03-02 10:00,AT9,2011-03-01 09:00,2011-02-01"
    )
    assert fates(only(report)) == {"new": 1, "warnings": 6}


@pytest.mark.parametrize("extract", EXTRACTS, ids=lambda extract: extract.name)
def test_no_two_checks_of_an_extract_bear_one_name(extract: Extract) -> None:
    names = [check.name for check in checks_of(extract, extract.columns, terms(complete=True), {"AT1"})]
    assert len(names) == len(set(names))


def test_sound_rows_bring_no_warning(council: Council) -> None:
    council.hand_over(teams=TEAMS)
    report = council.hand_over(
        terms(complete=True),
        referrals=f"{REFERRAL},decided_at,closed_on\nR1,C1,2010-03-02 10:00,AT1,2010-03-02 10:00,2010-03-02",
        staff="staff_id,from,to,role,fte,team_id\nS1,2001-03-02,2010-03-02,other,1,\nS2,2001-03-02,,other,1,AT1",
        assessments=f"{ASSESSMENT},referral_id\nA1,C1,initial,2010-03-02,AT1,R1\nA2,C1,initial,2010-01-02,AT1,R9",
    )
    assert [loaded.warnings for loaded in report.loaded] == [0, 0, 0]


def test_a_team_may_name_a_successor_that_comes_with_it(council: Council) -> None:
    council.hand_over(teams=TEAMS)
    report = council.hand_over(
        teams="team_id,name,service,successor_id\nAT2,Second,Assessment,AT3\nAT3,Third,Assessment,\nAT4,Fourth,Care,AT8"
    )
    assert fates(only(report)) == {"new": 3, "warnings": 1}
    assert [(row["key"], row["value"]) for row in council.table("load_warnings")] == [("AT4", "AT8")]


def test_teams_of_the_same_load_are_known_teams(council: Council) -> None:
    report = council.hand_over(referrals=f"{REFERRAL}\nR1,C1,2010-03-02,AT1\nR2,C1,2010-03-02,AT9", teams=TEAMS)
    assert {one.extract: one.warnings for one in report.loaded} == {"teams": 0, "referrals": 1}


def test_codes_of_the_same_load_are_known_codes_wherever_they_stand(council: Council) -> None:
    folder = council.folder
    for name, text in {
        "0 teams": f"{TEAMS.strip()}\nX1,Crisis,Care,Crisis response\n",
        "1 codes": "list,code,label\nteam_kind,crisis,Crisis Response\n",
    }.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    report = load_extracts(council.engine, LOADER, sorted(folder.iterdir()), terms=terms())
    assert [one.refused for one in report.loaded] == [0, 0]
    assert council.rows("teams")["X1"]["kind"] == "crisis"


def test_refused_rows_bring_no_warnings(council: Council) -> None:
    report = council.hand_over(
        referrals=f"{REFERRAL},decided_at\nR1,C1,2010-03-02,AT1,2010-03-01\nR1,C1,2010-03-02,AT1,2010-03-01\n,,2012-01-01,,"
    )
    assert fates(only(report)) == {"new": 1, "refused": 2, "warnings": 1}
