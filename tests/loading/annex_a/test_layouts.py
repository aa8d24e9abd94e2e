"""Layouts that councils use: sheets and headings that vary, kinds of workbook, and what is no Annex A."""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from data_access.extracts import EXTRACTS
from data_access.loading.formats.annex_a import is_annex_a
from data_access.loading.formats.annex_a.headings import bare, known
from data_access.loading.formats.annex_a.lists import NEEDS
from data_access.loading.formats.workbook import tables_of
from data_access.problems import ExtractProblem
from tests.loading.annex_a.layouts import HEADINGS, Rows, made, ods, referral, rows_of, sheets_of, table, xlsx
from tests.loading.annex_a.old_workbook import xls

pytestmark = pytest.mark.usefixtures("workbooks_opened_here")

MARCH_1 = dt.date(2024, 3, 1)
ONE = table(3, referral("C1", MARCH_1))

Writer = Callable[[Path, Mapping[str, Rows]], Path]


def children(folder: Path, sheets: Mapping[str, Rows]) -> list[str]:
    return [row["child_id"] for row in rows_of(made(folder, sheets)["referrals"])]


@pytest.mark.parametrize(
    "name",
    [
        "List 3",
        "List_3",
        "LIST 03",
        "List3",
        "list-3 Referrals",
        "3",
        "3. Referrals",
        "L3",
        "AA_3_referrals",
        "Annex A List 3",
        "Referrals",
        "Sheet1",
        "Liste",
    ],
)
def test_a_list_is_found_whatever_its_sheet_is_called(name: str, tmp_path: Path) -> None:
    file = xlsx(tmp_path / "any.xlsx", {"Front": [["Annex A"]], name: ONE})
    assert is_annex_a(tables_of(file))
    assert [row["child_id"] for row in rows_of(sheets_of(file)["referrals"])] == ["C1"]


@pytest.mark.parametrize("write", [xlsx, xls, ods])
def test_every_kind_of_workbook_reads_alike(write: Writer, tmp_path: Path) -> None:
    lists = {
        "List 3": table(3, referral("C1", MARCH_1, nfa="a) Yes", age=3), referral(17, "02/03/2024")),
        "List 6": table(6, {"Child Unique ID": "C1", "CIN Start Date": MARCH_1, "Allocated Team": "North"}),
    }
    found = sheets_of(write(tmp_path / "lists.bin", lists))
    assert [
        (row["(row)"], row["child_id"], row["received_at"], row["decision"]) for row in rows_of(found["referrals"])
    ] == [(2, "C1", "2024-03-01", "no_further_action"), (3, "17", "2024-03-02", None)]
    assert [(row["from"], row["team_id"]) for row in rows_of(found["plans"])] == [("2024-03-01", "North")]


@pytest.mark.parametrize(
    "heading",
    [
        "Date of referral",
        "DATE OF REFERRAL",
        " Date\nof  referral ",
        "Date\xa0of\xa0Referral",
        "Date of Referral:",
        "Referral Date",
        "ReferralDate",
        "Date Referral Received",
        "Date of referral (dd/mm/yyyy)",
        "6. Date of referral",
    ],
)
def test_headings_vary(heading: str, tmp_path: Path) -> None:
    found = made(tmp_path, {"List 3": [["child unique id ", heading], ["C1", MARCH_1]]})["referrals"]
    assert [row["received_at"] for row in rows_of(found)] == ["2024-03-01"]
    assert found.called["received_at"] == " ".join(heading.split())


def test_a_title_and_blank_rows_may_stand_above(tmp_path: Path) -> None:
    rows = [["List 3: Referrals"], [], ["Taken on 2 March 2024"], *ONE]
    found = rows_of(made(tmp_path, {"Sheet1": rows})["referrals"])
    assert [row["(row)"] for row in found] == [5]


def test_columns_may_stand_in_any_order_and_any_number(tmp_path: Path) -> None:
    rows = [["Mood", "Date of referral", "Child Unique ID"], ["fine", MARCH_1, "C1"]]
    sheets = made(tmp_path, {"List 3": rows})
    assert [row["child_id"] for row in rows_of(sheets["referrals"])] == ["C1"]
    assert any("not known were left out: Mood (list 3)" in notice for notice in sheets["referrals"].notices)


def test_what_a_sheet_holds_wins_over_its_name(tmp_path: Path) -> None:
    assert children(tmp_path, {"List 1": ONE}) == ["C1"]


def test_the_name_decides_between_lists_that_share_headings(tmp_path: Path) -> None:
    rows = [["Child ID", "Assessment Start Date", "Assessment End Date"], ["C1", MARCH_1, None]]
    assert set(made(tmp_path, {"List 2": rows})) == {"cafs"}
    assert set(made(tmp_path, {"List 4": rows})) == {"assessments"}


def test_older_layouts_tell_initial_and_core_assessments(tmp_path: Path) -> None:
    rows = [
        [
            "Child ID",
            "Initial Assessment Start Date",
            "Initial Assessment Completion Date",
            "Core Assessment Start Date",
            "Core Assessment Completion Date",
            "Allocated Team",
        ],
        ["C1", dt.date(2013, 1, 7), dt.date(2013, 1, 16), dt.date(2013, 1, 21), None, "North"],
        ["C2", None, None, dt.date(2013, 2, 4), None, None],
        ["C3", "soon", None, None, None, None],
        ["C4", None, None, None, dt.date(2013, 2, 4), None],
    ]
    sheet = made(tmp_path, {"List 4": rows})["assessments"]
    assert [(row["(row)"], row["child_id"], row["kind"], row["started_on"]) for row in rows_of(sheet)] == [
        (2, "C1", "initial", "2013-01-07"),
        (4, "C3", "initial", "soon"),
        (5, "C4", "initial", None),
        (10_000_002, "C1", "core", "2013-01-21"),
        (3, "C2", "core", "2013-02-04"),
    ]
    assert len({row["assessment_id"] for row in rows_of(sheet)}) == 5
    assert any("1 rows give a second assessment" in notice for notice in sheet.notices)


def test_a_column_may_tell_the_kind_of_assessment(tmp_path: Path) -> None:
    rows = [["Child ID", "Assessment Type", "Assessment Start Date"]]
    rows += [["C1", "Initial Assessment", MARCH_1], ["C2", "b) Core", MARCH_1], ["C3", "C&F", MARCH_1]]
    rows += [["C4", "Sideways", MARCH_1], ["C5", None, MARCH_1]]
    sheet = made(tmp_path, {"List 4": rows})["assessments"]
    assert [row["kind"] for row in rows_of(sheet)] == ["initial", "core", "single", "single", "single"]
    assert sheet.remarks is not None
    assert sheet.remarks.get_column("value").to_list() == ["Sideways"]


@pytest.mark.parametrize("number", range(1, 8))
def test_a_lacking_column_is_named_with_what_comes_nearest(number: int, tmp_path: Path) -> None:
    needed = known(number)
    field = NEEDS[number][1][0]
    heading = next(heading for heading in HEADINGS[number] if needed[bare(heading)].field == field)
    rows = [[("Dtae" + one[4:] if one == heading else one) for one in HEADINGS[number]], ["C1"]]
    with pytest.raises(ExtractProblem) as raised:
        made(tmp_path, {f"List_{number}": rows})
    said = str(raised.value)
    assert f"sheet List_{number} is named as list {number}" in said
    assert f"lacks a column {heading.rstrip('?')}" in said


def test_a_misspelt_heading_is_offered_as_the_one_meant(tmp_path: Path) -> None:
    with pytest.raises(ExtractProblem, match=r"is Date of refferal meant for it\?"):
        made(tmp_path, {"List 3": [["Child Unique ID", "Gender", "Date of refferal"], ["C1", "F", MARCH_1]]})


def test_a_heading_met_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExtractProblem, match="Date of referral stands more than once"):
        made(tmp_path, {"List 3": [["Child ID", "Date of referral", "Date of Referral"], ["C1", MARCH_1, MARCH_1]]})


def test_of_two_columns_that_tell_the_same_the_usual_one_counts(tmp_path: Path) -> None:
    rows = [["Child ID", "Date of referral", "Sex", "Gender"], ["C1", MARCH_1, "M", "b) Female"]]
    sheet = made(tmp_path, {"List 3": rows})["referrals"]
    assert [row["sex"] for row in rows_of(sheet)] == ["female"]
    assert any("Sex was left out, since Gender tells the same" in notice for notice in sheet.notices)


def test_a_list_in_two_sheets_is_refused_unless_one_is_empty(tmp_path: Path) -> None:
    with pytest.raises(ExtractProblem, match="List 3 and List 3 \\(old\\) both hold list 3"):
        made(tmp_path, {"List 3": ONE, "List 3 (old)": ONE})
    assert children(tmp_path, {"Template": table(3), "List 3": ONE}) == ["C1"]


def test_a_workbook_of_other_lists_alone_is_refused(tmp_path: Path) -> None:
    file = xlsx(tmp_path / "care.xlsx", {"List 9": [["Child Unique ID", "Eligibility Category"], ["C1", "a"]]})
    assert is_annex_a(tables_of(file))
    with pytest.raises(ExtractProblem, match="none of the lists 1 to 7"):
        sheets_of(file)


def test_lists_that_are_lacking_are_named(tmp_path: Path) -> None:
    notices = made(tmp_path, {"List 3": ONE, "List 5": []})["referrals"].notices
    assert any("has no list 1 (contacts), 2 (early help), 4 (assessments), 5" in notice for notice in notices)


@pytest.mark.parametrize("extract", EXTRACTS, ids=lambda extract: extract.name)
def test_native_workbooks_are_no_annex_a(extract, tmp_path: Path) -> None:
    headings = [column.name for column in extract.columns]
    for name in (extract.name, "1", "Sheet1"):
        assert not is_annex_a(tables_of(xlsx(tmp_path / "native.xlsx", {name: [headings, ["x"] * len(headings)]})))


def test_other_workbooks_are_no_annex_a(tmp_path: Path) -> None:
    for rows in ([], [["Child", "Team"], ["C1", "North"]], [["Date of referral"], [MARCH_1]], [[1, 2, 3]]):
        assert not is_annex_a(tables_of(xlsx(tmp_path / "other.xlsx", {"List of teams": rows})))
    assert not is_annex_a([])


def test_a_manifest_among_the_sheets_is_passed_over(tmp_path: Path) -> None:
    sheets = made(tmp_path, {"manifest": [["extract"], ["referrals"]], "List 3": ONE})
    assert not any("manifest" in notice for notice in sheets["referrals"].notices)
