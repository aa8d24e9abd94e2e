"""What a load does to what stands: the same file, older and newer ones, absent columns, withdrawals, bookkeeping."""

import datetime as dt
import json

import pytest
import sqlalchemy as sa

from data_access.database.facts import data_version
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.dates.london_time import to_utc
from data_access.loading import load_extracts, tick
from data_access.loading.delivery.manifest import Terms
from data_access.problems import ExtractProblem
from tests.council import LOADER
from tests.loading.handing_over import (
    CONFIRMED,
    Council,
    assert_rollup_is_the_cohort,
    everything,
    fates,
    moment,
    only,
    terms,
    write,
)

POSTGRESQL_IN_SOAK = True

HEADINGS = "referral_id,child_id,received_at,team_id,reason,closed_on"
ONE = f"{HEADINGS}\nR1,C1,2010-01-04 10:00,AT1,first,2010-02-01"


def on_day(day: int, *, complete: bool = False, covers: tuple[str, str] = ("2010-01-01", "2010-03-28")) -> Terms:
    """Return the terms of an extract taken on a day of March 2010."""
    return terms(f"2010-03-{day:02} 07:00", *covers, complete=complete)


def version(council: Council) -> int:
    with council.engine.connect() as connection:
        return data_version(connection)


def test_the_same_file_twice_changes_nothing_at_all(council: Council) -> None:
    folder = write(
        council.folder / "same", {"referrals": ONE, "staff": "staff_id,from,role,fte\nS1,2010-01-01,other,1"}
    )
    first = load_extracts(council.engine, LOADER, [folder], terms=on_day(10, complete=True))
    before = everything(council.engine)
    again = load_extracts(council.engine, LOADER, [folder], terms=on_day(10, complete=True))
    assert everything(council.engine) == before
    assert (again.load_id, again.loaded) == (None, ())
    assert again.known_already == ("referrals.csv", "staff.csv")
    assert again.data_version == first.data_version == version(council)


def test_of_several_files_only_the_new_one_is_loaded(council: Council) -> None:
    folder = write(council.folder / "same", {"referrals": ONE})
    load_extracts(council.engine, LOADER, [folder], terms=on_day(10))
    write(folder, {"staff": "staff_id,from,role,fte\nS1,2010-01-01,other,1"})
    report = load_extracts(council.engine, LOADER, [folder], terms=on_day(10))
    assert [one.extract for one in report.loaded] == ["staff"]
    assert report.known_already == ("referrals.csv",)


def test_the_same_rows_taken_later_are_unchanged_but_known_to_be_true_later(council: Council) -> None:
    council.hand_over(on_day(10), referrals=ONE)
    report = council.hand_over(on_day(12), referrals=ONE)
    assert fates(only(report)) == {"unchanged": 1}
    row = council.rows("referrals")["R1"]
    assert (row["extracted_at"], row["load_id"]) == (moment("2010-03-12 07:00"), 1)
    late = council.hand_over(on_day(11), referrals=ONE.replace("first", "older"))
    assert fates(only(late)) == {"older": 1}


def test_an_older_extract_never_overwrites_a_newer_one(council: Council) -> None:
    council.hand_over(on_day(12), referrals=ONE)
    before = council.rows("referrals")
    report = council.hand_over(
        on_day(11, complete=True), referrals=f"{HEADINGS}\nR1,C9,2010-01-05 10:00,AT2,older,\nR2,C2,2010-01-05,AT1,x,"
    )
    assert fates(only(report)) == {"new": 1, "older": 1}
    assert council.rows("referrals")["R1"] == before["R1"]
    empty = council.hand_over(on_day(11, complete=True), confirmed=CONFIRMED, referrals=HEADINGS)
    assert fates(only(empty)) == {"withdrawn": 1}
    assert set(council.rows("referrals")) == {"R1"}


def test_of_two_extracts_taken_at_one_time_the_later_loaded_holds(council: Council) -> None:
    council.hand_over(on_day(12), referrals=ONE)
    assert fates(only(council.hand_over(on_day(12), referrals=ONE.replace("first", "second")))) == {"changed": 1}
    assert council.rows("referrals")["R1"]["reason"] == "second"


def test_an_absent_column_leaves_values_and_a_blank_cell_clears(council: Council) -> None:
    council.hand_over(on_day(10), referrals=ONE)
    report = council.hand_over(
        on_day(11),
        referrals="""
        referral_id,child_id,received_at,team_id,closed_on
        R1,C1,2010-01-04 10:00,AT1,
        R2,C2,2010-01-05,AT1,
        """,
    )
    assert fates(only(report)) == {"new": 1, "changed": 1}
    rows = council.rows("referrals")
    assert (rows["R1"]["reason"], rows["R1"]["closed_on"]) == ("first", None)
    assert (rows["R2"]["reason"], rows["R2"]["closed_on"]) == (None, None)


def test_a_time_whose_clock_time_was_cleared_becomes_a_date(council: Council) -> None:
    council.hand_over(on_day(10), referrals=ONE)
    council.hand_over(on_day(11), referrals=ONE.replace("2010-01-04 10:00", "2010-01-04"))
    row = council.rows("referrals")["R1"]
    assert (row["received_at"], row["received_timed"]) == (moment("2010-01-04"), False)


FIVE = f"""
{HEADINGS}
R1,C1,2009-12-31 23:59,AT1,before,
R2,C2,2010-01-01 00:00,AT1,first day,
R3,C3,2010-02-15,AT1,within,2010-02-20
R4,C4,2010-03-28 23:59,AT1,last day,
R5,C5,2010-03-29,AT1,after,
"""


def test_a_complete_extract_withdraws_what_its_window_no_longer_lists(council: Council) -> None:
    council.hand_over(on_day(29, covers=("2009-01-01", "2010-03-29")), referrals=FIVE)
    report = council.hand_over(
        on_day(30, complete=True), confirmed=CONFIRMED, referrals=f"{HEADINGS}\nR9,C9,2010-02-01,AT1,,"
    )
    assert fates(only(report)) == {"new": 1, "withdrawn": 3}
    assert set(council.rows("referrals")) == {"R1", "R5", "R9"}
    kept = {row["key"]: row for row in council.table("withdrawn_rows")}
    assert set(kept) == {"R2", "R3", "R4"}
    one = kept["R3"]
    assert (one["extract"], one["extracted_at"], one["load_id"]) == ("referrals", moment("2010-03-30 06:00"), 2)
    content = json.loads(one["content"])
    assert set(content) == {column.name for column in CASE_TABLES["referrals"].columns}
    assert (content["child_id"], content["received_on"], content["closed_on"]) == ("C3", "2010-02-15", "2010-02-20")
    assert (content["received_timed"], content["decided_at"]) == (False, None)
    assert_rollup_is_the_cohort(council.engine)


def test_a_withdrawn_row_comes_back_when_it_is_listed_again(council: Council) -> None:
    council.hand_over(on_day(10), referrals=ONE)
    council.hand_over(on_day(12, complete=True), confirmed=CONFIRMED, referrals=HEADINGS)
    older = council.hand_over(on_day(11), referrals=ONE)
    assert fates(only(older)) == {"older": 1}
    assert council.rows("referrals") == {}
    later = council.hand_over(on_day(13), referrals=ONE.replace("first", "back"))
    assert fates(only(later)) == {"new": 1}
    assert council.rows("referrals")["R1"]["reason"] == "back"
    assert council.table("withdrawn_rows") == []
    gone = council.hand_over(on_day(14, complete=True), confirmed=CONFIRMED, referrals=HEADINGS)
    assert fates(only(gone)) == {"withdrawn": 1}
    assert [row["extracted_at"].day for row in council.table("withdrawn_rows")] == [14]


def test_changes_only_withdraw_nothing(council: Council) -> None:
    council.hand_over(on_day(10), referrals=ONE)
    assert fates(only(council.hand_over(on_day(11), referrals=HEADINGS))) == {}
    assert set(council.rows("referrals")) == {"R1"}


def test_a_refused_row_protects_its_older_version_from_withdrawal(council: Council) -> None:
    council.hand_over(on_day(10), referrals=f"{ONE}\nR2,C2,2010-01-05,AT1,x,")
    council.hand_over(on_day(10), staff="staff_id,from,role,fte\nS1,2010-01-01,other,1\nS2,2010-01-01,other,1")
    report = council.hand_over(
        on_day(11, complete=True),
        confirmed=CONFIRMED,
        referrals=f"{HEADINGS}\nR1,C1,never,AT1,x,\nR3,C3,2010-01-06,AT1,x,",
        staff="staff_id,from,role,fte\nS1,01/01/2010,other,11\nS3,2010-01-01,other,1",
    )
    assert {one.extract: fates(one) for one in report.loaded} == {
        "referrals": {"new": 1, "withdrawn": 1, "refused": 1},
        "staff": {"new": 1, "withdrawn": 1, "refused": 1},
    }
    assert council.rows("referrals")["R1"]["reason"] == "first"
    assert set(council.rows("staff")) == {"S1|2010-01-01", "S3|2010-01-01"}
    assert [row["older_stands"] for row in council.table("rejected_rows")] == [True, True]
    assert {row["key"] for row in council.table("withdrawn_rows")} == {"R2", "S2|2010-01-01"}


@pytest.mark.parametrize(
    ("extract", "headings", "rows", "expected"),
    [
        ("cafs", "caf_id,child_id,agency,started_on,offered_on",
         ("F1,C1,school,2010-02-01,2009-01-01", "F2,C1,school,2009-01-01,2010-02-01", "F3,C1,school,,2010-02-01"),
         {"F1", "F3"}),
        ("visits", "visit_id,child_id,due_on,made_on,team_id",
         ("V1,C1,,2010-02-01,AT1", "V2,C1,2009-02-01,2010-02-01,AT1"), {"V1"}),
        ("schools", "school_id,opened", ("H1,1901-01-01", "H2,", "H3,1990-01-01"), {"H2", "H3"}),
        ("system_use", "staff_id,week,system,recorded", ("S1,2010-01-04,ics,1", "S1,2009-12-28,ics,1"),
         {"S1|2010-01-04|ics"}),
        ("audits", "audit_id,question,answer,audited_on,auditor_staff_id,team_id",
         ("Q1,child_views_recorded,yes,2010-02-01,S1,AT1", "Q2,child_views_recorded,yes,2009-02-01,S1,AT1"),
         {"Q1|child_views_recorded"}),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isidentifier() else "",
)  # fmt: skip
def test_each_extract_has_its_own_window(
    extract: str, headings: str, rows: tuple[str, ...], expected: set[str], council: Council
) -> None:
    council.hand_over(on_day(10), **{extract: "\n".join([headings, *rows])})
    council.hand_over(on_day(11, complete=True), confirmed=CONFIRMED, **{extract: headings})
    assert {row["key"] for row in council.table("withdrawn_rows")} == expected


def test_merges_move_children_and_their_withdrawal_moves_them_back(council: Council) -> None:
    headings = "referral_id,child_id,received_at,team_id"
    council.hand_over(on_day(10), referrals=f"{headings}\nR1,A,2010-01-04,AT1\nR2,B,2010-01-05,AT1")
    council.hand_over(on_day(11), child_merges="child_id,merged_into,on\nB,A,2010-02-01\nC,B,2010-02-01")
    council.hand_over(on_day(12), referrals=f"{headings}\nR3,C,2010-01-06,AT1")
    assert {row["child_key"] for row in council.rows("referrals").values()} == {"A"}
    assert_rollup_is_the_cohort(council.engine)
    council.hand_over(on_day(13, complete=True), child_merges="child_id,merged_into,on\nC,B,2010-02-01")
    assert {key: row["child_key"] for key, row in council.rows("referrals").items()} == {
        "R1": "A",
        "R2": "B",
        "R3": "B",
    }
    assert_rollup_is_the_cohort(council.engine)


def test_coverage_joins_neighbouring_days_and_keeps_the_latest_as_at(council: Council) -> None:
    def coverage() -> tuple[str, str, str]:
        [row] = council.table("coverage")
        return str(row["as_at"]), str(row["begins"]), str(row["ends"])

    for day, covers, expected in (
        (20, ("2010-02-01", "2010-02-28"), ("2010-03-20 07:00:00", "2010-02-01", "2010-02-28")),
        (10, ("2010-01-01", "2010-01-31"), ("2010-03-20 07:00:00", "2010-01-01", "2010-02-28")),
        (21, ("2010-03-02", "2010-03-20"), ("2010-03-21 07:00:00", "2010-03-02", "2010-03-20")),
        (9, ("2010-03-01", "2010-03-01"), ("2010-03-21 07:00:00", "2010-01-01", "2010-03-20")),
        (22, ("2008-01-01", "2008-12-31"), ("2010-03-22 07:00:00", "2010-01-01", "2010-03-20")),
    ):
        council.hand_over(on_day(day, covers=covers), referrals=f"{HEADINGS}\nR{day},C1,2010-01-04,AT1,,")
        assert coverage() == expected
        assert_rollup_is_the_cohort(council.engine)


def test_each_extract_of_a_load_keeps_its_own_terms(council: Council) -> None:
    folder = write(
        council.folder / "week",
        {
            "referrals": ONE,
            "staff": "staff_id,from,role,fte\nS1,2010-01-01,other,1",
            "manifest": """
            extract,extracted_at,covers_from,covers_to,complete,source_system
            referrals,2010-03-29 07:00,2010-01-01,2010-03-28,yes,ICS
            staff,28/03/2010 06:00,2009-01-01,2010-03-27,,
            visits,2010-03-29,2010-01-01,2010-03-28,yes,ICS
            """,
        },
    )
    report = load_extracts(council.engine, LOADER, [folder])
    assert report.notices[0] == "The manifest names visits, but no file holds it."
    told = {row["extract"]: row for row in council.table("loaded_extracts")}
    assert [(name, told[name]["complete"], told[name]["source_system"]) for name in ("referrals", "staff")] == [
        ("referrals", True, "ICS"),
        ("staff", False, None),
    ]
    assert told["referrals"]["extracted_at"] == moment("2010-03-29 06:00")
    assert told["staff"]["extracted_at"] == moment("2010-03-28 05:00")
    assert (told["staff"]["covers_from"], told["staff"]["covers_to"]) == (dt.date(2009, 1, 1), dt.date(2010, 3, 27))
    assert (told["staff"]["file"], told["staff"]["rows_read"], told["staff"]["rows_new"]) == ("staff.csv", 1, 1)


def shipped(council: Council, extract: str) -> dict[tuple[str, ...], dict[str, object]]:
    table = CASE_TABLES[extract]
    with council.engine.connect() as connection:
        rows = connection.execute(sa.select(table)).mappings().all()
    return {tuple(row[column.name] for column in table.primary_key): dict(row) for row in rows}


def test_what_ships_is_never_withdrawn(council: Council) -> None:
    codes, standards = shipped(council, "codes"), shipped(council, "standards")
    report = council.hand_over(
        on_day(10, complete=True),
        codes="list,code,label,manager_grade\nrole,duty_manager,Duty manager,yes",
        standards="standard_id,measure,from,working_days,source\nours,initial_assessments_within_7_working_days,2011-04-01,8,Us",
    )
    assert [fates(one) for one in report.loaded] == [{"new": 1}, {"new": 1}]
    assert shipped(council, "codes").items() >= codes.items()
    assert shipped(council, "standards").items() >= standards.items()
    later = council.hand_over(
        on_day(11, complete=True),
        confirmed=CONFIRMED,
        codes="list,code,label\n",
        standards="standard_id,measure,from,working_days,source",
    )
    assert [fates(one) for one in later.loaded] == [{"withdrawn": 1}, {"withdrawn": 1}]
    assert shipped(council, "codes") == codes
    assert shipped(council, "standards") == standards


def test_a_councils_own_row_takes_the_place_of_the_one_that_ships(council: Council) -> None:
    council.hand_over(
        on_day(10),
        codes="list,code,label,manager_grade\nrole,senior_practitioner,Senior practitioner,yes",
        referrals="referral_id,child_id,received_at,decided_at,decision,decided_by_role,team_id\n"
        "R1,C1,2010-01-04 10:00,2010-01-04 11:00,advice,senior practitioner,AT1",
    )
    own = shipped(council, "codes")[("role", "senior_practitioner")]
    assert (own["manager_grade"], own["load_id"]) == (True, 1)
    assert_rollup_is_the_cohort(council.engine)


def test_all_files_of_a_load_appear_or_none(council: Council) -> None:
    council.hand_over(on_day(10), referrals=ONE)
    before = everything(council.engine)

    def interrupted(what: str, _step: int, _steps: int) -> None:
        if what == "Working out the measures again":
            raise KeyboardInterrupt

    folder = write(
        council.folder / "week",
        {"referrals": ONE.replace("first", "second"), "staff": "staff_id,from,role,fte\nS1,2010-01-01,other,1"},
    )
    with pytest.raises(KeyboardInterrupt):
        load_extracts(council.engine, LOADER, [folder], terms=on_day(11, complete=True), progress=interrupted)
    assert everything(council.engine) == before
    report = load_extracts(council.engine, LOADER, [folder], terms=on_day(11, complete=True))
    assert [fates(one) for one in report.loaded] == [{"changed": 1}, {"new": 1}]


def test_the_data_version_rises_by_one_with_each_load_that_brings_something(council: Council) -> None:
    start = version(council)
    assert council.hand_over(on_day(10), referrals=ONE).data_version == start + 1
    staff = "staff_id,from,role,fte\nS1,2010-01-01,other,1"
    assert council.hand_over(on_day(10), staff=staff, teams="team_id,name,service\nAT1,A,B").data_version == start + 2
    assert council.hand_over(on_day(10), referrals=ONE).data_version == start + 2
    assert council.hand_over(on_day(11), referrals=ONE).data_version == start + 3
    with pytest.raises(ExtractProblem):
        council.hand_over(on_day(12), referrals="nonsense\n1")
    assert version(council) == start + 3
    assert [row["data_version"] for row in council.table("loads")] == [start + 1, start + 2, start + 3]
    assert tick(council.engine, to_utc(moment("2010-03-10 06:00"))) == start + 3
    assert tick(council.engine, to_utc(moment("2010-03-20 06:00"))) == start + 4
    assert_rollup_is_the_cohort(council.engine)


def test_progress_rises_step_by_step_and_ends_at_its_total(council: Council) -> None:
    told: list[tuple[str, int, int]] = []

    def progress(what: str, step: int, steps: int) -> None:
        told.append((what, step, steps))

    teams = "team_id,name,service\nAT1,A,B"
    for tables in ({"referrals": ONE}, {"referrals": ONE}, {"referrals": ONE, "teams": teams}, {"teams": teams}):
        folder = write(council.folder / str(len(tables)), tables)
        told.clear()
        load_extracts(council.engine, LOADER, [folder], terms=on_day(10), progress=progress)
        last, _, total = told[-1]
        assert last == ("Done" if len(told) > 1 else "Nothing is new")
        assert [step[1:] for step in told] == [(step, total) for step in range(1, total + 1)]


def test_an_older_extract_brings_no_row_that_a_later_complete_one_knows_no_more(council: Council) -> None:
    headings = "referral_id,child_id,received_at,team_id\n"
    council.hand_over(
        terms("2010-03-29 07:00", "2010-03-01", "2010-03-28", complete=True),
        referrals=headings + "R2,C2,2010-03-02,AT1\nR3,,2010-03-03,AT1",
    )
    report = council.hand_over(
        terms("2010-03-22 07:00", "2010-01-01", "2010-03-21", complete=True),
        referrals=headings + "R1,C1,2010-03-01,AT1\nR2,C2,2010-03-02,AT1\nR3,C3,2010-03-03,AT1\nR0,C0,2010-02-01,AT1",
    )
    assert fates(only(report)) == {"new": 2, "older": 2}
    # R1 was withdrawn before it ever came; R3 was there and could not be read; R0 lies before what the later covers
    assert set(council.rows("referrals")) == {"R0", "R2", "R3"}


def test_a_file_without_the_column_of_staff_is_loaded(council: Council) -> None:
    """Allocations affect those who hold them, where the file tells; a column that may be left out may be missed."""
    report = council.hand_over(allocations="allocation_id,child_id,team_id,from\nL1,C1,T1,2010-01-05")
    assert [(loaded.extract, loaded.new) for loaded in report.loaded] == [("allocations", 1)]
