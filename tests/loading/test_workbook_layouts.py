"""Native workbooks as people make them: titles, wrapped headings, notes, templates, totals."""

from pathlib import Path
from typing import Any, Final

import polars as pl
import pytest

from data_access.loading.delivery.files import sheets_of
from data_access.loading.delivery.planned_extracts import PlannedExtract, planned_extracts
from data_access.loading.delivery.sheet import ROW
from data_access.problems import ExtractProblem
from tests.loading.annex_a import layouts
from tests.loading.handing_over import terms

pytestmark = pytest.mark.usefixtures("workbooks_opened_here")

Rows = list[list[Any]]

HEADINGS: Final = ["referral_id", "child_id", "received_at", "team_id"]
ROWS: Final[Rows] = [["R1", "C1", "2010-03-01 10:00", "AT1"], ["R2", "C2", "2010-03-02", "AT1"]]
REFERRALS: Final[Rows] = [HEADINGS, *ROWS]
TEAMS: Final[Rows] = [["team_id", "name", "service"]]
NOTES: Final[Rows] = [["Made by", "Checked"], ["Ann Other", "yes"]]
MANIFEST: Final[Rows] = [
    ["Extract", "Extracted at", "Covers\nfrom", "Covers to", "Complete"],
    ["referrals", "2010-03-29 07:00", "2010-01-01", "2010-03-28", "yes"],
]


def come(
    folder: Path, sheets: dict[str, Rows], *, with_terms: bool = True
) -> tuple[list[PlannedExtract], tuple[str, ...]]:
    file = layouts.xlsx(folder / "week.xlsx", sheets)
    return planned_extracts(sheets_of([file], layouts.codes(), folder), terms() if with_terms else None)


def rows_of(one: PlannedExtract) -> tuple[list[int], list[tuple[Any, ...]]]:
    cells = one.sheet.cells.filter(pl.any_horizontal(pl.col(HEADINGS).str.strip_chars() != "")).collect()
    return cells.get_column(ROW).to_list(), [tuple(cell) for cell in cells.select(HEADINGS).rows()]


LAYOUTS: Final = [
    # what it is; the sheet; the numbers of its two rows
    ("plain", REFERRALS, [2, 3]),
    ("a title and a blank row", [["Referrals, week 12"], [], *REFERRALS], [4, 5]),
    ("notes above", [["Made by", "Ann"], ["On", "29/03/2010"], ["Note", "final", "v2"], *REFERRALS], [5, 6]),
    ("merged headings above", [["Referral", None, "When", None], *REFERRALS], [3, 4]),
    ("blank rows between", [HEADINGS, [], ROWS[0], [" "], ROWS[1]], [3, 5]),
    ("wrapped headings", [["Referral\nID", "Child\r\nID *", "Received   at:", "TEAM\u00a0ID"], *ROWS], [2, 3]),
    ("hyphens, invisible marks", [["referral-id", "\ufeffchild\u2011id", "received\u2013at", "team\u200b_id"], *ROWS],
     [2, 3]),
    ("empty columns", [[None, *HEADINGS, None], *([None, *cells, " "] for cells in ROWS)], [2, 3]),
    ("a total below", [*REFERRALS, [], ["Total", 2]], [2, 3]),
    ("a total in a later column", [*REFERRALS, [None, "Grand Total:", None, "2"]], [2, 3]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "rows", "numbers"), LAYOUTS, ids=[what for what, *_ in LAYOUTS])
def test_a_sheet_is_read_however_it_is_laid_out(what: str, rows: Rows, numbers: list[int], tmp_path: Path) -> None:
    [one], notices = come(tmp_path, {"Referrals ": rows})
    assert one.extract.name == "referrals"
    assert rows_of(one) == (numbers, [tuple(cells) for cells in ROWS])
    assert [notice for notice in notices if "total" not in notice] == []


@pytest.mark.parametrize("name", ["manifest", "Manifest ", " MANIFEST", "manifest\u200b"])
def test_the_manifest_is_known_however_it_is_named(name: str, tmp_path: Path) -> None:
    [one], notices = come(
        tmp_path, {name: [["About this extract"], *MANIFEST], "referrals": REFERRALS}, with_terms=False
    )
    assert (one.extract.name, one.terms.complete, notices) == ("referrals", True, ())


def test_totals_are_left_out_with_a_notice_and_nothing_that_could_be_loaded(tmp_path: Path) -> None:
    teams = [*TEAMS, ["T1", "Total Support", "Total care"], ["Total", 1, None]]
    [one], notices = come(tmp_path, {"teams": teams})
    assert one.sheet.cells.collect().get_column("team_id").drop_nulls().to_list() == ["T1"]
    assert notices == ("week.xlsx, sheet teams: row 3 holds a total; it was left out.",)


OTHERS: Final = [
    # a sheet beside the extracts; what is said of its headings
    (NOTES, "its headings are Made by, Checked"),
    ([["This workbook was made for Ann Other."]], "no row of headings was found in it"),
    (
        [["Team", "Count of referral_id"], ["AT1", 2], ["Grand Total", 2]],
        "its headings are Team, Count of referral_id",
    ),
    ([["Smith 01/02/2009", "Ann"], ["Jones", "Ben"]], "no row of headings was found in it"),
    ([["Name", "Value"], ["x", 1]], "its headings are Name, Value"),
    ([["team_id", "note", "note"], ["AT1", "a", "b"]], "its headings are team_id, note, note"),
]


@pytest.mark.parametrize(("rows", "said"), OTHERS)
def test_a_sheet_that_is_like_no_extract_is_left_out_and_named(rows: Rows, said: str, tmp_path: Path) -> None:
    [one], notices = come(tmp_path, {"Look-ups": rows, "referrals": REFERRALS})
    assert rows_of(one)[0] == [2, 3]
    assert notices == (f"week.xlsx, sheet Look-ups is like no extract and was left out: {said}.",)


def test_a_workbook_of_nothing_else_is_refused_with_what_was_found(tmp_path: Path) -> None:
    with pytest.raises(ExtractProblem) as refused:
        come(tmp_path, {"Notes": NOTES, "Sums": [["Ward", "Sum"], ["a", 1]]})
    said = str(refused.value)
    assert "week.xlsx holds none of the extracts, nor anything like one" in said
    assert "of sheet Notes its headings are Made by, Checked; of sheet Sums its headings are Ward, Sum" in said
    assert "format.md" in said
    assert "Ann" not in said


def test_a_sheet_that_is_an_extract_by_name_or_nearly_by_its_headings_is_never_left_out(tmp_path: Path) -> None:
    for name, rows, words in (
        ("teams", NOTES, "sheet teams is none of the extracts, nor like any of them"),
        ("x", [["referral_id", "child", "received_at", "team_id"]], "nearest to referrals, but lacks child_id"),
    ):
        with pytest.raises(ExtractProblem, match=words):
            come(tmp_path, {name: rows, "referrals": REFERRALS})


def test_headings_that_nobody_filled_are_left_out_beside_filled_ones(tmp_path: Path) -> None:
    found, notices = come(tmp_path, {"Template": [HEADINGS], "referrals": REFERRALS, "teams": TEAMS})
    assert [(one.extract.name, one.sheet.name) for one in found] == [("referrals", "referrals")]
    assert [notice.split(";")[0] for notice in notices] == [
        "week.xlsx, sheet Template has the headings of referrals and no rows",
        "week.xlsx, sheet teams has the headings of teams and no rows",
    ]


def test_headings_without_rows_say_that_there_was_nothing_where_a_manifest_names_them(tmp_path: Path) -> None:
    teams = ["teams", "2010-03-29 07:00", "2010-01-01", "2010-03-28", "yes"]
    sheets = {"manifest": [*MANIFEST, teams], "referrals": REFERRALS, "teams": TEAMS}
    found, notices = come(tmp_path, sheets, with_terms=False)
    assert ([one.extract.name for one in found], notices) == (["referrals", "teams"], ())
    [one], _ = come(tmp_path, {"referrals": [HEADINGS]})
    assert rows_of(one) == ([], [])


def test_two_filled_sheets_of_one_extract_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ExtractProblem, match="are both referrals"):
        come(tmp_path, {"March": REFERRALS, "referrals": REFERRALS})
