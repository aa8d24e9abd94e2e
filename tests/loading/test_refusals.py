"""Rows that must be refused: each names file, row, field, value and what was expected, and spoils nothing."""

import contextlib
import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from data_access.database.opening import connect
from data_access.database.schema.loads import REJECTED_ROWS
from data_access.extracts import extract_named
from data_access.loading import LoadReport, load_extracts
from data_access.loading.merge.confirming import NOTHING_CONFIRMED
from sample_data.flaws import REFUSED
from tests.council import LOADER
from tests.loading.handing_over import CONFIRMED, Council, fates, only, terms

POSTGRESQL_IN_SOAK = True

NewDatabase = Callable[[], contextlib.AbstractContextManager[str]]

SOUND: dict[str, dict[str, str]] = {
    "referrals": {
        "referral_id": "", "child_id": "C1", "received_at": "2010-03-01 10:00", "decided_at": "2010-03-01 12:00",
        "decision": "initial_assessment", "reason": "", "reply_owed": "yes", "team_id": "AT1", "closed_on": "",
    },
    "assessments": {
        "assessment_id": "", "child_id": "C1", "kind": "initial", "started_on": "2010-03-02", "team_id": "AT1",
    },
    "cafs": {"caf_id": "", "child_id": "C1", "agency": "school", "started_on": "2010-03-01", "offered_on": ""},
    "conferences": {"conference_id": "", "child_id": "C1", "kind": "initial", "due_on": "2010-03-05", "held_on": ""},
    "plans": {
        "plan_id": "", "child_id": "C1", "kind": "cp", "from": "2010-03-01", "visit_every_working_days": "10",
        "team_id": "AT1",
    },
    "posts": {"post_id": "", "from": "2010-03-01", "team_id": "AT1", "role": "team_manager", "fte": "1"},
    "staff": {"staff_id": "", "from": "2010-03-01", "role": "social_worker", "fte": "0.6", "uses_case_system": "yes"},
    "system_use": {"staff_id": "", "week": "2010-03-01", "system": "ics", "recorded": "4", "looked_up": ""},
    "standards": {
        "standard_id": "", "measure": "cafs_started", "from": "2010-03-01", "working_days": "10", "source": "DfE",
    },
    "targets": {
        "target_id": "", "measure": "cafs_started", "from": "2010-03-01", "comparison": "at_least", "kind": "fixed",
        "value": "0.5", "source": "plan", "reason": "Agreed", "author": "SMT",
    },
    "surveys": {
        "survey": "", "asked_on": "2010-03-01", "question": "Aware?", "team_id": "", "answered": "20", "agreed": "12",
    },
}  # fmt: skip
"""A sound row of each extract; the first cell is the key, given case by case."""

COUNCIL = Path(__file__).parents[2] / "sample_data" / "council"
NO_TIME = "is no date and time; expected one such as 2010-03-26 16:40, or a date alone"
NO_DATE = "is no date; expected one such as 2010-03-26 or 26/03/2010"
NO_WEEK = "is no date; expected the week's Monday, such as 2010-03-22"
SPRING = "does not exist: the clocks went forward over it"
YEARS = "lies outside 1990 to 2049"
EMPTY = "is empty, but every row needs it"
NONE = "says that there is none, but every row needs it"
FAILED = "is what a failed formula shows, but every row needs it; mend the formula"
ENDED = "is what a failed formula shows where the day on which it ended is expected"
UNCALCULATED = "is a formula that was saved without its result where the day on which it ended is expected"
MANGLED = "was shortened by a spreadsheet and no longer tells what it named; format the column as text"
PLACEHOLDER = "stands in the place of a reference"
MONTH_FIRST = "seems to have the month first"


@dataclass(frozen=True)
class Case:
    """A cell put wrong: the reason that must be told, and the field, where it is another than the cell's own."""

    extract: str
    column: str
    cell: str
    reason: str
    told_of: str | None = None
    beside: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.extract}.{self.column}={self.cell[:24]!r}"


CASES = [
    Case("referrals", "referral_id", "", EMPTY),
    Case("referrals", "referral_id", "\u00a0", EMPTY),
    Case("referrals", "child_id", "", EMPTY),
    Case("referrals", "team_id", " ", EMPTY),
    Case("referrals", "received_at", "", EMPTY),
    Case("referrals", "received_at", "31/02/2010", NO_TIME),
    Case("referrals", "received_at", "2010-13-01", NO_TIME),
    Case("referrals", "received_at", "03/26/2010", MONTH_FIRST),
    Case("referrals", "received_at", "2010-03-01 24:00", NO_TIME),
    Case("referrals", "received_at", "2010-03-01 10:61", NO_TIME),
    Case("referrals", "received_at", "1 Marchember 2010", NO_TIME),
    Case("referrals", "received_at", "22.03.2010", NO_TIME),
    Case("referrals", "received_at", "#N/A", FAILED),
    Case("referrals", "received_at", "2010-03-28 01:00", SPRING),
    Case("referrals", "decided_at", "2010-03-28 01:30", SPRING),
    Case("referrals", "decided_at", "28/03/2010 01:59:59", SPRING),
    Case("referrals", "decided_at", "yesterday", NO_TIME),
    Case("referrals", "received_at", "1989-12-31 23:59", YEARS),
    Case("referrals", "received_at", "2050-01-01", YEARS),
    Case("referrals", "received_at", "01/03/65", YEARS),
    Case("referrals", "received_at", "9999-12-31 23:59", NONE),
    Case("referrals", "received_at", "0001-01-01 00:00", NONE),
    Case("referrals", "closed_on", "2010-02-29", NO_DATE),
    Case("referrals", "closed_on", "2010-03-01 10:00", NO_DATE),
    Case("referrals", "closed_on", "#REF!", ENDED),
    Case("referrals", "closed_on", "#NOT CALCULATED!", UNCALCULATED),
    Case("referrals", "closed_on", "22.03.2010", NO_DATE),
    Case("referrals", "referral_id", "NULL", NONE),
    Case("referrals", "referral_id", "#VALUE!", FAILED),
    Case("referrals", "referral_id", "1.23457E+11", MANGLED),
    Case("referrals", "referral_id", "123456789012345000", MANGLED),
    Case("referrals", "referral_id", "TBC", PLACEHOLDER),
    Case("referrals", "child_id", "n/a", NONE),
    Case("referrals", "child_id", "#N/A", FAILED),
    Case("referrals", "team_id", "NULL", NONE),
    Case("referrals", "team_id", "#n/a", FAILED),
    Case("referrals", "closed_on", "2099-01-01", YEARS),
    Case("referrals", "decision", "NFA2", "is not in the list referral_decision; expected one of advice, c"),
    Case("referrals", "reply_owed", "perhaps", "is neither yes nor no"),
    Case("referrals", "referral_id", "R" * 201, "is longer than 200 characters; a quotation mark may be missing"),
    Case("referrals", "reason", "x" * 10_001, "is longer than 10,000 characters; a quotation mark may be missing"),
    Case("assessments", "kind", "", EMPTY),
    Case("assessments", "kind", "duty", "is not in the list assessment_kind; expected one of core, initial, single"),
    Case("cafs", "started_on", "", "is empty: a row needs started_on or offered_on"),
    Case("conferences", "due_on", "", "is empty: a row needs due_on or held_on"),
    Case("cafs", "started_on", "", NO_DATE, told_of="offered_on", beside={"offered_on": "soon"}),
    Case("plans", "visit_every_working_days", "0", "is below 1"),
    Case("plans", "visit_every_working_days", "10.5", "is no whole number"),
    Case("plans", "from", "", EMPTY),
    Case("plans", "from", "01/01/1900", NONE),
    Case("plans", "kind", "(blank)", NONE),
    Case("posts", "fte", "1.51", "is above 1.5"),
    Case("posts", "fte", "0.004", "is below 0.01"),
    Case("posts", "fte", "full", "is no number"),
    Case("posts", "fte", "1e300", "is no number"),
    Case("staff", "fte", "", EMPTY),
    Case("staff", "from", "2010-02-30", NO_DATE),
    Case("system_use", "week", "2010-03-02", "is not a Monday"),
    Case("system_use", "week", "week 9", NO_WEEK),
    Case("system_use", "recorded", "-4", "is below 0"),
    Case("system_use", "recorded", "2147483648", "is above 2,147,483,647"),
    Case("system_use", "recorded", "99999999999999999999", "is no whole number"),
    Case("system_use", "looked_up", "1,234", "is no whole number"),
    Case("system_use", "system", "Paris", "is not in the list system; expected one of ics, swift"),
    Case("standards", "working_days", "366", "is above 365"),
    Case("targets", "value", "-0.1", "is below 0"),
    Case("targets", "value", "many", "is no number"),
    Case("targets", "value", "inf", "is no number"),
    Case("targets", "comparison", "at_most", "can't be: of its measure higher is better; expected at_least or above",
         beside={"measure": "decisions_within_24_hours"}),
    Case("targets", "comparison", "above", "can't be: of its measure lower is better; expected at_most or below",
         beside={"measure": "re_referrals_within_12_months"}),
    Case("surveys", "survey", "S" * 201, "is longer than 200 characters; a quotation mark may be missing"),
]  # fmt: skip


def _rows(extract: str) -> list[tuple[Case, dict[str, str]]]:
    key = next(iter(SOUND[extract]))
    return [
        (case, SOUND[extract] | {key: f"X{number}", case.column: case.cell} | case.beside)
        for number, case in enumerate(case for case in CASES if case.extract == extract)
    ]


@dataclass(frozen=True)
class Loaded:
    """What was kept of the refused rows, by extract and row; the tables before and after."""

    rejected: dict[tuple[str, int], dict[str, Any]]
    before: dict[str, dict[str, dict[str, Any]]]
    after: dict[str, dict[str, dict[str, Any]]]
    refused: dict[str, int]


@pytest.fixture(scope="module")
def loaded(new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    """Load a sound row of every case, then, in a complete extract of a day later, the case itself."""
    with new_database() as url:
        engine = connect(url)
        council = Council(engine, tmp_path_factory.mktemp("refusals"))
        _load(council, spoilt=False)
        before = {extract: council.rows(extract) for extract in SOUND}
        report = _load(council, spoilt=True)
        rejected = {(row["extract"], row["row"]): row for row in council.table("rejected_rows")}
        after = {extract: council.rows(extract) for extract in SOUND}
        yield Loaded(rejected, before, after, {one.extract: one.refused for one in report.loaded})
        engine.dispose()


def _load(council: Council, *, spoilt: bool) -> LoadReport:
    folder = council.folder / f"spoilt {spoilt}"
    folder.mkdir()
    for extract, sound in SOUND.items():
        with (folder / f"{extract}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, sound)
            writer.writeheader()
            key = next(iter(sound))
            for number, (_, row) in enumerate(_rows(extract)):
                writer.writerow(row if spoilt else sound | {key: f"X{number}"})
            writer.writerow(sound | {key: "GOOD"})
    taken = "2010-03-29 07:00" if spoilt else "2010-03-28 07:00"
    return load_extracts(
        council.engine,
        LOADER,
        [folder],
        terms=terms(taken, complete=spoilt),
        confirmed=CONFIRMED if spoilt else NOTHING_CONFIRMED,
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_bad_cell_refuses_its_row_and_says_why(case: Case, loaded: Loaded) -> None:
    [(place, given)] = [(n, row) for n, (one, row) in enumerate(_rows(case.extract)) if one is case]
    kept = loaded.rejected[case.extract, place + 2]
    key_heading = next(iter(given))
    told_of = case.told_of or case.column
    shown = given[told_of].strip("\u00a0 ") or None
    assert (kept["file"], kept["field"], kept["value"]) == (f"{case.extract}.csv", told_of, shown)
    assert kept["reason"].startswith(case.reason)
    assert json.loads(kept["content"]) == {name: cell.strip("\u00a0 ") or None for name, cell in given.items()}
    key = f"X{place}"
    standing = {name: row for name, row in loaded.before[case.extract].items() if name.split("|")[0] == key}
    assert len(standing) == 1
    readable = given[key_heading] == key and case.column not in extract_named(case.extract).key
    assert kept["older_stands"] == readable
    if readable:
        assert kept["key"] == next(iter(standing))
        assert loaded.after[case.extract][kept["key"]] == standing[kept["key"]]


def test_every_case_is_refused_and_nothing_else(loaded: Loaded) -> None:
    per_extract: dict[str, int] = defaultdict(int)
    for case in CASES:
        per_extract[case.extract] += 1
    assert loaded.refused == per_extract
    assert len(loaded.rejected) == len(CASES)


def test_of_a_key_met_twice_the_first_row_stands(council: Council) -> None:
    report = council.hand_over(
        confirmed=CONFIRMED,
        referrals="""
        referral_id,child_id,received_at,team_id
        R1,C1,2010-03-01 10:00,AT1
        R2,C2,2010-03-01 11:00,AT1
         R1 ,C3,2010-03-02 10:00,AT2
        R1,C4,never,AT2
        """,
    )
    assert fates(only(report)) == {"new": 2, "refused": 2}
    assert council.rows("referrals")["R1"]["child_id"] == "C1"
    assert list(report.refused) == [
        "referrals.csv, row 4, referral_id: 'R1' stands in row 2 already, which names another child",
        f"referrals.csv, row 5, received_at: 'never' {NO_TIME}",
    ]


def test_a_sound_row_stands_though_a_spoilt_one_of_its_key_came_first(council: Council) -> None:
    report = council.hand_over(
        confirmed=CONFIRMED,
        system_use="""
        staff_id,week,system,recorded
        S1,2010-03-01,ics,many
        S1,01/03/2010,ICS,3
        S1,2010-03-01,ics,4
        """,
    )
    assert fates(only(report)) == {"new": 1, "refused": 2}
    assert council.rows("system_use")["S1|2010-03-01|ics"]["recorded"] == 3
    assert [(row["row"], row["key"]) for row in council.table("rejected_rows")] == [
        (2, "S1|2010-03-01|ics"),
        (4, "S1|2010-03-01|ics"),
    ]


def test_a_merge_that_closes_a_circle_is_refused_and_the_older_one_stands(council: Council) -> None:
    merges = "child_id,merged_into,on\n"
    council.hand_over(child_merges=f"{merges}B,A,2010-01-05\nC,B,2010-01-06")
    report = council.hand_over(
        terms("2010-03-30 07:00"),
        confirmed=CONFIRMED,
        child_merges=f"{merges}A,C,2010-02-01\nB,B,2010-02-02\nD,A,2010-02-03",
    )
    assert fates(only(report)) == {"new": 1, "refused": 2}
    standing = {child: row["merged_into"] for child, row in council.rows("child_merges").items()}
    assert standing == {"B": "A", "C": "B", "D": "A"}
    kept = {row["key"]: row for row in council.table("rejected_rows")}
    for child, row, into, older_stands in (("A", 2, "C", False), ("B", 3, "B", True)):
        one = kept[child]
        assert (one["row"], one["field"], one["value"]) == (row, "merged_into", into)
        assert one["reason"] == "closes a circle: the child would be merged into itself"
        assert one["older_stands"] == older_stands
        assert json.loads(one["content"])["on"].startswith("2010-02-0")


def test_thousands_of_refused_rows_are_kept_and_protect_what_stands(council: Council) -> None:
    headings, many = "referral_id,child_id,received_at,team_id", 40_000
    council.hand_over(
        terms("2010-03-28 07:00"), referrals="\n".join([headings, *(f"R{n},C1,2010-03-01,AT1" for n in range(100))])
    )
    report = council.hand_over(
        terms(complete=True),
        confirmed=CONFIRMED,
        referrals="\n".join([headings, "GOOD,C2,2010-03-01,AT1", *(f"R{n},,2010-03-01,AT1" for n in range(many))]),
    )
    assert fates(only(report)) == {"new": 1, "refused": many}
    assert len(council.rows("referrals")) == 101
    assert sum(row["older_stands"] for row in council.table("rejected_rows")) == 100


@pytest.mark.soak
def test_of_the_sample_council_just_its_spoilt_rows_are_refused(new_sqlite: NewDatabase) -> None:
    with new_sqlite() as url:
        engine = connect(url)
        report = load_extracts(engine, LOADER, [COUNCIL])
        with engine.connect() as connection:
            kept = connection.execute(sa.select(REJECTED_ROWS)).mappings().all()
        found = sorted((row["extract"], row["field"], (row["key"] or "").split("|")[0]) for row in kept)
        engine.dispose()
    assert found == sorted((one.extract, one.column, one.key) for one in REFUSED)
    assert sum(one.refused for one in report.loaded) == len(REFUSED)
    warned = {one.extract for one in report.loaded if one.warnings}
    assert warned == {"referrals", "assessments", "contacts"}


def test_a_reference_that_stands_for_no_child_is_refused(council: Council) -> None:
    rows = [f"R{number:04},EVERYBODY,2010-03-01,AT1" for number in range(501)]
    rows += [f"S{number:04},C1,2010-03-01,AT1" for number in range(500)]
    table = "referral_id,child_id,received_at,team_id\n" + "\n".join(rows)
    report = council.hand_over(confirmed=CONFIRMED, referrals=table)
    assert fates(only(report)) == {"new": 500, "refused": 501}
    expected = "referrals.csv, row 2, child_id: 'EVERYBODY' stands in 501 rows, more than any child has"
    assert report.refused[0].startswith(expected)
