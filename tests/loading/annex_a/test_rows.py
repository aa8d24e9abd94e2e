"""Which rows count: repeated, blank and total rows, rows that can't be read; and keys that last."""

import datetime as dt
from pathlib import Path

import pytest

from tests.loading.annex_a.handing_on import refusals
from tests.loading.annex_a.layouts import HEADINGS, made, referral, rows_of, table

pytestmark = pytest.mark.usefixtures("workbooks_opened_here")

MARCH_1, MARCH_2 = dt.date(2024, 3, 1), dt.date(2024, 3, 2)


def keys(folder: Path, *rows) -> list[str]:
    return [row["referral_id"] for row in rows_of(made(folder, {"List 3": table(3, *rows)})["referrals"])]


def test_keys_tell_child_day_and_order_on_that_day(tmp_path: Path) -> None:
    rows = [referral("C1", MARCH_1), referral("C1", MARCH_1, source="Police"), referral("C1", MARCH_2)]
    assert keys(tmp_path, *rows, referral("C2", MARCH_1)) == [
        "annex-a:referral:C1:2024-03-01:1",
        "annex-a:referral:C1:2024-03-01:2",
        "annex-a:referral:C1:2024-03-02:1",
        "annex-a:referral:C2:2024-03-01:1",
    ]


def test_rows_keep_their_keys_when_others_come_before_and_after(tmp_path: Path) -> None:
    old = [referral("C1", MARCH_1), referral("C1", "02/03/2024", source="Police")]
    new = [referral("C0", MARCH_1), referral("C1", "1 March 2024"), referral("C1", MARCH_2, source="6: Police")]
    assert set(keys(tmp_path, *old)) <= set(keys(tmp_path, *new, referral("C9", MARCH_2)))


def test_a_row_that_repeats_another_in_every_column_is_refused_and_counts_once(tmp_path: Path) -> None:
    rows = [
        referral("C1", MARCH_1, team="North"),
        referral("C2", MARCH_1),
        referral("C1", MARCH_1, team=" North\xa0"),
    ]
    sheet = made(tmp_path, {"List 3": table(3, *rows)})["referrals"]
    assert refusals(sheet, tmp_path) == [
        (4, "referral_id", "annex-a:referral:C1:2024-03-01:1", "stands in row 2 already")
    ]
    assert sheet.called["referral_id"] == "(whole row)"
    assert any("rows 3, children 2; 1 of the rows repeat another" in notice for notice in sheet.notices)


def test_a_row_that_differs_in_any_column_counts(tmp_path: Path) -> None:
    rows = [referral("C1", MARCH_1, worker="W1"), referral("C1", MARCH_1, worker="W2")]
    sheet = made(tmp_path, {"List 3": table(3, *rows)})["referrals"]
    assert refusals(sheet, tmp_path) == []
    assert len({row["referral_id"] for row in rows_of(sheet)}) == 2


def test_rows_that_cannot_be_placed_are_refused_with_their_cell(tmp_path: Path) -> None:
    rows = [
        referral(None, MARCH_1),
        referral("C2", "31/02/2024"),
        referral("C3", None, source="Police"),
        referral("#N/A", MARCH_1),
        referral("C5", "#REF!"),
        referral("C6", MARCH_1),
    ]
    sheet = made(tmp_path, {"List 3": table(3, *rows)})["referrals"]
    no_day = "is no date and time; expected one such as 2010-03-26 16:40, or a date alone"
    empty = "is empty, but every row needs it"
    failed = "is what a failed formula shows, but every row needs it; mend the formula, or write the value itself"
    assert refusals(sheet, tmp_path) == [
        (2, "child_id", None, empty),
        (3, "received_at", "31/02/2024", no_day),
        (4, "received_at", None, empty),
        (5, "child_id", "#N/A", failed),
        (6, "received_at", "#REF!", failed),
    ]


@pytest.mark.parametrize(
    ("number", "extract", "field"),
    [
        (1, "contacts", "received_at"),
        (2, "cafs", "started_on"),
        (4, "assessments", "started_on"),
        (5, "section_47_enquiries", "strategy_discussion_on"),
        (6, "plans", "from"),
        (7, "plans", "from"),
    ],
)
def test_every_list_refuses_a_row_without_its_day(number: int, extract: str, field: str, tmp_path: Path) -> None:
    rows = table(number, {"Child Unique ID": "C1", "Gender": "b) Female"})
    refused = refusals(made(tmp_path, {f"List {number}": rows})[extract], tmp_path)
    assert [(row, name) for row, name, _, _ in refused] == [(2, field)]


def test_an_end_that_cannot_be_read_refuses_the_row_rather_than_leaving_it_open(tmp_path: Path) -> None:
    start, end = "Child Protection Plan Start Date", "Child Protection Plan End Date"
    first = {"Child Unique ID": "C1", start: MARCH_1}
    rows = table(7, first, {"Child Unique ID": "C2", start: MARCH_1, end: "30/02/2024"})
    assert [row[:3] for row in refusals(made(tmp_path, {"List 7": rows})["plans"], tmp_path)] == [
        (3, "to", "30/02/2024")
    ]


def test_blank_rows_are_no_rows_and_leave_the_numbers_as_people_see_them(tmp_path: Path) -> None:
    blank = [None] * len(HEADINGS[3])
    spaces = [" \xa0"] * len(HEADINGS[3])
    rows = [*table(3, referral("C1", MARCH_1)), blank, spaces, table(3, referral("C2", MARCH_1))[1], blank, spaces]
    sheet = made(tmp_path, {"List 3": rows})["referrals"]
    assert [row["(row)"] for row in rows_of(sheet)] == [2, 5]
    assert not any("no child and no day" in notice for notice in sheet.notices)


def test_rows_of_formulas_without_a_child_or_day_are_left_out_by_number(tmp_path: Path) -> None:
    rows = table(3, referral("C1", MARCH_1), *[referral("#N/A", "#N/A", age=124)] * 30)
    notices = made(tmp_path, {"List 3": rows})["referrals"].notices
    assert any("30 rows name no child and no day; they were left out: 3, 4, 5" in notice for notice in notices)


@pytest.mark.parametrize("words", ["Total", "TOTAL:", "Grand Total", "Total referrals", "Totals"])
def test_a_total_at_the_end_is_left_out_and_named(words: str, tmp_path: Path) -> None:
    for total in (referral(words, None, source="12"), referral(None, None, sex=words, source="12")):
        sheet = made(tmp_path, {"List 3": table(3, referral("C1", MARCH_1), total)})["referrals"]
        assert [row["child_id"] for row in rows_of(sheet)] == ["C1"]
        assert any("row 3 holds a total; it was left out" in notice for notice in sheet.notices)


def test_a_child_is_no_total_for_the_name_of_its_team(tmp_path: Path) -> None:
    sheet = made(tmp_path, {"List 3": table(3, referral("C1", None, team="Total Care"))})["referrals"]
    assert [row[:2] for row in refusals(sheet, tmp_path)] == [(2, "received_at")]


def test_teams_are_taken_as_they_are_named(tmp_path: Path) -> None:
    rows = [referral("C1", MARCH_1, team=" Assessment\n Team\xa0North "), referral("C2", MARCH_1)]
    found = rows_of(made(tmp_path, {"List 3": table(3, *rows)})["referrals"])
    assert [row["team_id"] for row in found] == ["Assessment Team North", "(no team)"]
