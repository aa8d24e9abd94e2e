"""What values of a census become in the words of the code lists."""

from pathlib import Path

import pytest

from data_access.loading.delivery.sheet import ROW
from tests.loading.cin_census.making import (
    CODES,
    REFERRAL,
    census,
    child,
    column,
    element,
    identifiers,
    remarks_of,
    rows_of,
    sheets_of,
)

SOURCES = [*(f"1{one}" for one in "ABCD"), "2A", "2B", *(f"3{one}" for one in "ABCDEF"), "4"]
SOURCES += [*(f"5{one}" for one in "ABCD"), "6", "7", "8", "9", "10"]
ETHNICITIES = [
    "WBRI",
    "WIRI",
    "WIRT",
    "WOTH",
    "WROM",
    "MWBC",
    "MWBA",
    "MWAS",
    "MOTH",
    "AIND",
    "APKN",
    "ABAN",
    "AOTH",
    "BCRB",
    "BAFR",
    "BOTH",
    "CHNE",
    "OOTH",
    "REFU",
    "NOBT",
]
DISABILITIES = ["NONE", "MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS", "BEH", "CON", "AUT", "DDA"]


def characteristics(ethnicity: str = "WBRI", *disabilities: str) -> str:
    listed = "".join(element("Disability", one) for one in disabilities)
    return element("Ethnicity", ethnicity) + (element("Disabilities", listed) if disabilities else "")


@pytest.mark.parametrize(
    ("listed", "values"),
    [
        ("source", SOURCES),
        ("ethnicity", ETHNICITIES),
        ("disability", DISABILITIES),
        ("sex", ["0", "1", "2", "9", "M", "F", "U"]),
    ],
)
def test_every_code_of_the_census_is_spelled_out_as_one_of_ours(listed: str, values: list[str]) -> None:
    assert [value for value in values if value.lower() not in CODES[listed]] == []


def test_codes_are_translated(tmp_path: Path) -> None:
    text = census(
        child("C1", REFERRAL.replace("1A", "6"), characteristics=characteristics("BCRB", "NONE")),
        child("C2", REFERRAL.replace("1A", "2A"), characteristics=characteristics("NOBT", "NONE", "LD"), sex=""),
        child("C3", REFERRAL.replace("1A", "10"), characteristics=characteristics("chne"), sex="<Sex>U</Sex>"),
    )
    sheet = sheets_of(tmp_path, text)["referrals"]
    assert column(sheet, "source") == ["police", "school", "unknown"]
    assert column(sheet, "ethnicity") == ["black", "unknown", "asian"]
    assert column(sheet, "disability") == ["no", "yes", ""]
    assert column(sheet, "sex") == ["female", "", "unknown"]
    assert remarks_of(sheet) == []


def test_what_no_spelling_knows_becomes_unknown_and_is_remarked(tmp_path: Path) -> None:
    details = (
        REFERRAL.replace("1A", "ZZ")
        + "<ReferralNFA>maybe</ReferralNFA><CINclosureDate>2024-01-01</CINclosureDate>"
        + "<ReasonForClosure>RC77</ReasonForClosure>"
    )
    text = census(child("C1", details, characteristics=characteristics("ABCD", "XX", "NONE"), sex="<Sex>X</Sex>"))
    sheet = sheets_of(tmp_path, text)["referrals"]
    (row,) = rows_of(sheet)
    assert [row[name] for name in ("source", "ethnicity", "disability", "sex", "decision", "reason")] == [
        "unknown",
        "unknown",
        "unknown",
        "unknown",
        "",
        "",
    ]
    assert {(field, value) for _, check, field, value in remarks_of(sheet) if check == "unknown_spelling"} == {
        ("ReferralSource", "ZZ"),
        ("Ethnicity", "ABCD"),
        ("Disability", "XX"),
        ("Sex", "X"),
        ("ReferralNFA", "maybe"),
        ("ReasonForClosure", "RC77"),
    }
    assert {remark[0] for remark in remarks_of(sheet)} == {row[ROW]}


@pytest.mark.parametrize(
    ("said", "decision"), [("true", True), ("1", True), ("TRUE", True), ("false", False), ("0", False)]
)
def test_a_referral_without_further_action_was_decided_so_and_closed_that_day(
    said: str, decision: bool, tmp_path: Path
) -> None:
    sheet = sheets_of(tmp_path, census(child("C1", REFERRAL + element("ReferralNFA", said))))["referrals"]
    assert column(sheet, "decision") == (["no_further_action"] if decision else [""])
    assert column(sheet, "closed_on") == (["2023-10-06"] if decision else [""])
    assert any("count as closed on their own day" in notice for notice in sheet.notices) is decision


def test_a_referral_without_further_action_that_saw_work_stays_open_until_it_is_closed(tmp_path: Path) -> None:
    work = element("Assessments", element("AssessmentActualStartDate", "2023-10-08"))
    details = REFERRAL + element("ReferralNFA", "1") + work
    assert column(sheets_of(tmp_path, census(child("C1", details)))["referrals"], "closed_on") == [""]


@pytest.mark.parametrize(
    ("born", "band"),
    [
        ("2023-10-07", "unborn"),
        ("2023-10-06", "under_1"),
        ("2007-10-06", "16_to_17"),
        ("", "unknown"),
        ("x", "unknown"),
    ],
)
def test_the_age_band_is_that_at_referral(born: str, band: str, tmp_path: Path) -> None:
    sheet = sheets_of(tmp_path, census(child("C1", REFERRAL, born=born)))["referrals"]
    assert column(sheet, "age_band") == [band]
    assert [remark[1:] for remark in remarks_of(sheet)] == (
        [("unread_date", "PersonBirthDate", None)] if born == "x" else []
    )


def test_a_child_expected_but_not_born_is_unborn(tmp_path: Path) -> None:
    named = identifiers("C1", born="").replace(
        "<Sex>", "<ExpectedPersonBirthDate>2024-02-01</ExpectedPersonBirthDate><Sex>"
    )
    text = census(element("Child", named + element("CINdetails", REFERRAL)))
    assert column(sheets_of(tmp_path, text)["referrals"], "age_band") == ["unborn"]


@pytest.mark.parametrize("written", ["2023-10-06", "2023-10-06Z", "2023-10-06+01:00", " 2023-10-06T00:00:00 "])
def test_dates_may_bear_midnight_and_a_zone(written: str, tmp_path: Path) -> None:
    sheet = sheets_of(tmp_path, census(child("C1", REFERRAL.replace("2023-10-06", written))))["referrals"]
    assert column(sheet, "received_at") == ["2023-10-06"]


def test_a_conference_is_due_until_held_and_not_where_none_was_required(tmp_path: Path) -> None:
    due = element("S47ActualStartDate", "2023-10-10") + element("InitialCPCtarget", "2023-10-31")
    waiting = element("Section47", due + element("ICPCnotRequired", "false"))
    spared = element("Section47", due.replace("10-10", "10-11") + element("ICPCnotRequired", "true"))
    sheets = sheets_of(tmp_path, census(child("C1", REFERRAL + waiting + spared)))
    assert [(row["due_on"], row["held_on"]) for row in rows_of(sheets["conferences"])] == [("2023-10-31", "")]
    assert column(sheets["section_47_enquiries"], "outcome") == ["", ""]


def test_the_referrals_own_conference_is_no_second_one(tmp_path: Path) -> None:
    held = element("DateOfInitialCPC", "2023-10-30")
    enquiry = element("Section47", element("S47ActualStartDate", "2023-10-10") + held)
    both = sheets_of(tmp_path, census(child("C1", REFERRAL + held + enquiry)))
    alone = sheets_of(tmp_path, census(child("C1", REFERRAL + held)))
    assert column(both["conferences"], "held_on") == column(alone["conferences"], "held_on") == ["2023-10-30"]
