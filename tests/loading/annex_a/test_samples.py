"""The workbooks that others published: what they hold comes out, row by row."""

from pathlib import Path

import polars as pl
import pytest

from data_access.loading.formats.annex_a import is_annex_a
from data_access.loading.formats.workbook import tables_of
from tests.loading.annex_a.layouts import rows_of, sheets_of

FILES = Path(__file__).parent / "files"
JOURNEYS = FILES / "child-event-journeys.xlsx"
TEMPLATE = FILES / "2015-01-sample.xlsx"

NATIVE_LISTS = {
    "contacts",
    "cafs",
    "referrals",
    "assessments",
    "section_47_enquiries",
    "conferences",
    "plans",
}


@pytest.mark.parametrize("file", [JOURNEYS, TEMPLATE])
def test_both_samples_are_annex_a_and_give_every_extract(file: Path) -> None:
    assert is_annex_a(tables_of(file))
    assert set(sheets_of(file)) == NATIVE_LISTS


def test_the_journeys_have_headings_in_row_1() -> None:
    sheets = sheets_of(JOURNEYS)
    assert {name: sheet.cells.collect().height for name, sheet in sheets.items()} == {
        "contacts": 13,
        "cafs": 2,
        "referrals": 11,
        "assessments": 5,
        "section_47_enquiries": 3,
        "conferences": 1,
        "plans": 5,
    }
    twice = [row for row in rows_of(sheets["referrals"]) if row["child_id"] == "3333"]
    assert [(row["(row)"], row["received_at"]) for row in twice] == [(3, "2019-03-08"), (5, "2019-03-22")]


def test_two_open_assessments_of_the_journeys_have_no_end() -> None:
    found = rows_of(sheets_of(JOURNEYS)["assessments"])
    assert [row["child_id"] for row in found if row["completed_on"] is None] == ["3333", "7777"]
    assert {row["kind"] for row in found} == {"single"}


def test_a_row_with_a_conference_alone_is_no_enquiry() -> None:
    sheets = sheets_of(JOURNEYS)
    assert "2547" not in {row["child_id"] for row in rows_of(sheets["section_47_enquiries"])}
    assert [(row["child_id"], row["held_on"]) for row in rows_of(sheets["conferences"])] == [("2547", "2020-04-06")]


def test_both_lists_of_plans_come_as_one_with_rows_told_apart() -> None:
    sheet = sheets_of(JOURNEYS)["plans"]
    assert [(row["(row)"], row["kind"], row["child_id"]) for row in rows_of(sheet)] == [
        (2, "cin", "1111"),
        (3, "cin", "4444"),
        (10_000_002, "cp", "4444"),
        (10_000_003, "cp", "9999"),
        (10_000_004, "cp", "2547"),
    ]
    assert any("List_7 have 10,000,000 added" in notice for notice in sheet.notices)


def test_the_template_has_a_title_above_its_headings() -> None:
    found = rows_of(sheets_of(TEMPLATE)["referrals"])
    assert [row["(row)"] for row in found] == [3, 4, 5, 6, 7]
    assert [row["decision"] for row in found] == ["no_further_action", None, "no_further_action", None, None]
    assert [row["sex"] for row in found] == ["female", "female", "male", "male", "female"]
    assert [row["source"] for row in found] == ["school", "health", "police", "school", "school"]
    assert {row["team_id"] for row in found} == {"AT"}


def test_empty_lists_of_the_template_come_as_empty_extracts() -> None:
    sheets = sheets_of(TEMPLATE)
    assert all(sheets[name].cells.collect().is_empty() for name in NATIVE_LISTS - {"referrals"})


def test_notices_name_what_was_not_used() -> None:
    notices = "\n".join(notice for sheet in sheets_of(TEMPLATE).values() for notice in sheet.notices)
    assert "of lists 8 (children in care), 9 (care leavers), 10 (adoption), 11 (adopters) nothing is used" in notices
    assert "the sheets Front_Sheet, FAQ_and_changes, Guidance, Codes_used hold no list" in notices
    assert "Allocated Worker, Date of Birth may identify people; dropped, and kept nowhere" in notices
    assert "Number of Referrals in Last 12 Months (list 3)" in notices


def test_nobody_is_named_in_what_is_handed_on() -> None:
    for sheet in sheets_of(TEMPLATE).values():
        cells = sheet.cells.collect()
        for name in cells.columns[1:]:
            assert not cells.get_column(name).cast(pl.String).is_in(["AW", "2014-01-01"]).any(), name
