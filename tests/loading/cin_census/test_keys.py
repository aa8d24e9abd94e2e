"""Keys that a census lacks, links that it has, and rows that it brings twice."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access.loading.delivery.sheet import ROW
from tests.drawing import examples
from tests.loading.cin_census.making import REFERRAL, census, child, column, element, remarks_of, sheets_of

LATER = REFERRAL.replace("2023-10-06", "2024-01-05")
CLOSED = REFERRAL + "<CINclosureDate>2023-12-01</CINclosureDate>"


def assessment(began: str, ended: str = "2023-12-24") -> str:
    return element(
        "Assessments", element("AssessmentActualStartDate", began) + element("AssessmentAuthorisationDate", ended)
    )


def test_work_belongs_to_the_referral_that_it_stands_in(tmp_path: Path) -> None:
    text = census(
        child("C1", REFERRAL + assessment("2023-10-07"), LATER + assessment("2024-01-06")), child("C2", LATER)
    )
    sheets = sheets_of(tmp_path, text)
    assert column(sheets["assessments"], "referral_id") == ["cin:C1:2023-10-06:1", "cin:C1:2024-01-05:1"]
    assert column(sheets["assessments"], "assessment_id") == [
        "cin:C1:single:2023-10-07:1",
        "cin:C1:single:2024-01-06:1",
    ]


def test_two_referrals_of_one_day_are_two(tmp_path: Path) -> None:
    sheets = sheets_of(tmp_path, census(child("C1", REFERRAL, CLOSED + assessment("2023-10-07"))))
    assert column(sheets["referrals"], "referral_id") == ["cin:C1:2023-10-06:1", "cin:C1:2023-10-06:2"]
    assert column(sheets["assessments"], "referral_id") == ["cin:C1:2023-10-06:2"]


def test_a_referral_that_stands_again_word_for_word_is_remarked_and_counted_once(tmp_path: Path) -> None:
    again = CLOSED + assessment("2023-10-07")
    text = census(child("C1", again), child("C2", again), child("C1", again, REFERRAL))
    sheets = sheets_of(tmp_path, text)
    lines = [number for number, line in enumerate(text.splitlines(), 1) if "<CINdetails>" in line]
    assert column(sheets["referrals"], ROW) == [lines[0], lines[1], lines[3]]
    assert column(sheets["referrals"], "referral_id") == [
        "cin:C1:2023-10-06:1",
        "cin:C2:2023-10-06:1",
        "cin:C1:2023-10-06:2",
    ]
    assert remarks_of(sheets["referrals"]) == [(lines[2], "repeated_row", "LAchildID", None)]
    assert column(sheets["assessments"], "referral_id") == ["cin:C1:2023-10-06:1", "cin:C2:2023-10-06:1"]
    assert len(remarks_of(sheets["assessments"])) == 1


def test_a_census_made_again_a_month_later_gives_its_rows_the_same_keys(tmp_path: Path) -> None:
    enquiry = element("S47ActualStartDate", "2023-10-10") + element("InitialCPCtarget", "2023-10-31")
    before = census(child("C1", REFERRAL + assessment("2023-10-07", "") + element("Section47", enquiry)))
    held = enquiry + element("DateOfInitialCPC", "2023-10-30")
    after = census(
        child("C0", LATER), child("C1", CLOSED + assessment("2023-10-07") + element("Section47", held), LATER)
    )
    first, then = sheets_of(tmp_path, before), sheets_of(tmp_path, after)
    for extract, key in (
        ("referrals", "referral_id"),
        ("assessments", "assessment_id"),
        ("section_47_enquiries", "enquiry_id"),
        ("conferences", "conference_id"),
    ):
        assert set(column(first[extract], key)) <= set(column(then[extract], key))
    assert column(first["conferences"], "held_on") == [""]
    assert column(then["conferences"], "held_on") == ["2023-10-30"]


def test_a_file_without_line_breaks_numbers_its_rows_by_their_order(tmp_path: Path) -> None:
    details = REFERRAL + assessment("2023-10-07") + assessment("2023-10-08")
    sheets = sheets_of(tmp_path, census(child("C1", details), child("C2", "", sex="<Sex>X</Sex>")).replace("\n", ""))
    assert column(sheets["assessments"], ROW) == [1, 2]
    assert column(sheets["referrals"], ROW) == [1, 2]
    assert remarks_of(sheets["referrals"]) == [(2, "unknown_spelling", "Sex", "X")]
    assert any("rows of assessments are numbered by their order" in one for one in sheets["referrals"].notices)


def test_lines_are_right_in_a_long_file(tmp_path: Path) -> None:
    text = census("\n" * 70_000, child("C1", REFERRAL))
    line = next(number for number, line in enumerate(text.splitlines(), 1) if "<CINdetails>" in line)
    assert line > 70_000
    assert column(sheets_of(tmp_path, text)["referrals"], ROW) == [line]


REFERRALS = st.tuples(
    st.sampled_from("ABC"), st.sampled_from(["2023-10-06", "2023-10-07", ""]), st.sampled_from("123")
)


@pytest.mark.fuzz
@given(st.lists(REFERRALS, min_size=1, max_size=25))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=examples(test=15, soak=100),
)
def test_keys_are_unique_and_every_row_stands_or_is_remarked(
    tmp_path: Path, referrals: list[tuple[str, str, str]]
) -> None:
    children = [
        child(
            f"C{name}",
            element("CINreferralDate", day) + element("ReferralSource", f"{source}A") + assessment(day, source),
        )
        for name, day, source in referrals
    ]
    sheets = sheets_of(tmp_path, census(*children))
    for sheet, key in ((sheets["referrals"], "referral_id"), (sheets["assessments"], "assessment_id")):
        assert sheet.remarks is not None
        assert len(set(column(sheet, key))) == len(column(sheet, key)) == len(set(referrals))
        repeats = sheet.remarks.filter(pl.col("check") == "repeated_row").height
        assert repeats == len(referrals) - len(set(referrals))
    assert set(column(sheets["assessments"], "referral_id")) == set(column(sheets["referrals"], "referral_id"))


def test_children_far_apart_in_a_large_file_are_compared_all_the_same(tmp_path: Path) -> None:
    children = [child(f"C{number}", REFERRAL + assessment("2023-10-07")) for number in range(21_000)]
    sheets = sheets_of(
        tmp_path, census(*children, child("C0", REFERRAL + assessment("2023-10-07")), child("C1", LATER))
    )
    keys = column(sheets["referrals"], "referral_id")
    assert keys == [*(f"cin:C{number}:2023-10-06:1" for number in range(21_000)), "cin:C1:2024-01-05:1"]
    assert column(sheets["assessments"], "referral_id") == keys[:-1]
    assert [len(remarks_of(sheets[extract])) for extract in ("referrals", "assessments")] == [1, 1]
