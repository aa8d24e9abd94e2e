"""Cells of workbooks as the reader gives them: what a spreadsheet shows, in every format, on the row it stands in."""

from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
import xlsxwriter

from data_access import failed_formulas
from data_access.extracts.placeholders import FAILED_FORMULAS
from data_access.loading.checks.nothing import NOT_CALCULATED
from data_access.loading.formats.workbook import tables_of
from tests.loading.workbook_cells import ERROR_CODES, WRITERS, Failed, Raw, ods, xlsx

pytestmark = pytest.mark.usefixtures("workbooks_opened_here")

UNCALCULATED: Final = NOT_CALCULATED.upper()


def cells_of(file: Path) -> list[tuple[Any, ...]]:
    [(_, table)] = tables_of(file)
    return table.collect().rows()


@pytest.mark.parametrize("kind", WRITERS)
def test_a_failed_formula_is_what_a_spreadsheet_shows(kind: str, tmp_path: Path) -> None:
    shown = list(ERROR_CODES)
    rows = [["A", "b", None], *(["x", Failed(error), None] for error in shown), [Failed("#N/A"), None, "y"]]
    found = cells_of(WRITERS[kind](tmp_path / f"week.{kind}", rows))
    assert found == [("A", "b", None), *(("x", error, None) for error in shown), ("#N/A", None, "y")]


@pytest.mark.parametrize("error", [one.upper() for one in FAILED_FORMULAS])
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_every_error_that_is_known_is_read(kind: str, error: str, tmp_path: Path) -> None:
    file = WRITERS[kind](tmp_path / f"week.{kind}", [["a", "b"], ["x", Failed(error)]])
    assert cells_of(file) == [("a", "b"), ("x", error)]


FORMULA: Final = "<f>VLOOKUP(A1,K:L,2,FALSE)</f>"
XLSX_FORMULAS: Final = [
    # the cell as it is written; what is read
    (f"<c>{FORMULA}</c>", UNCALCULATED),
    (f"<c>{FORMULA}<v></v></c>", UNCALCULATED),
    (f"<c>{FORMULA}<v/></c>", UNCALCULATED),
    (f"<c>\n  {FORMULA}\n  <v> </v>\n</c>", UNCALCULATED),
    (f'<c s="0">{FORMULA}<v/></c>', UNCALCULATED),
    ('<c><f t="shared" si="0"/></c>', UNCALCULATED),
    ('<c><f t="shared" ref="A1:A3" si="0">A1&gt;B1</f><v/></c>', UNCALCULATED),
    ('<c><f a="x>y/z">A1</f></c>', UNCALCULATED),
    (f'<c t="str">{FORMULA}</c>', UNCALCULATED),
    (f'<c t="e">{FORMULA}<v></v></c>', UNCALCULATED),
    (f'<c t="str">{FORMULA}<v></v></c>', None),  # IF(…, "", …) that gave an empty text
    (f'<c t="str">{FORMULA}<v>R7</v></c>', "R7"),
    (f"<c>{FORMULA}<v>0</v></c>", "0"),
    (f'<c t="e">{FORMULA}<v>#SPILL!</v></c>', "#SPILL!"),
    ("<c t='e'><v>#CALC!</v></c>", "#CALC!"),
    (f'<c t="e" s="0">{FORMULA}<v>#N/A</v></c>', "#N/A"),
    ('<c t="b"><v>1</v></c>', "true"),
    ('<c t="inlineStr"><is><t>&lt;f&gt;A1&lt;/f&gt;</t></is></c>', "<f>A1</f>"),
    ("<c/>", None),
]


@pytest.mark.parametrize(("cell", "read"), XLSX_FORMULAS)
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_formulas_of_a_new_workbook(cell: str, read: str | None, prefix: str, tmp_path: Path) -> None:
    file = xlsx(tmp_path / "week.xlsx", [["a", "b", "c"], ["x", Raw(cell), "z"], ["1", "2", "3"]], prefix)
    found = cells_of(file)
    assert [found[0], found[2]] == [("a", "b", "c"), ("1", "2", "3")]
    assert (found[1][0], found[1][1] or None, found[1][2]) == ("x", read, "z")


ODS_FORMULA: Final = 'table:formula="of:=IF([.A1]&gt;1;NA();&quot;&quot;)"'
ODS_FORMULAS: Final = [
    # the attributes and the text of the cell; what is read
    ("", "", UNCALCULATED),
    ("", "#REF!", "#REF!"),
    ('office:value-type="float" office:value="0"', "#N/A", "#N/A"),
    ('office:value-type="float" office:value="0" calcext:value-type="error"', "Err:502", "#VALUE!"),
    ('office:value-type="string" office:string-value="" calcext:value-type="error"', "#N/A", "#N/A"),
    ('office:value-type="string" office:string-value="#N/A"', "#N/A", "#N/A"),
    ('office:value-type="string" office:string-value="" calcext:value-type="string"', "", None),
    ('office:value-type="float" office:value="7" calcext:value-type="float"', "7", "7"),
    ('office:value-type="date" office:date-value="2010-03-26T16:40:00"', "26/03/10", "2010-03-26T16:40:00"),
]


@pytest.mark.parametrize(("attributes", "text", "read"), ODS_FORMULAS)
def test_formulas_of_an_open_document(attributes: str, text: str, read: str | None, tmp_path: Path) -> None:
    shown = f"><text:p>{text}</text:p></table:table-cell>" if text else "/>"
    cell = Raw(f"<table:table-cell {ODS_FORMULA} {attributes}{shown}")
    found = cells_of(ods(tmp_path / "week.ods", [["a", "b", "c"], ["x", cell, "z"], [cell, "2", "3"]]))
    assert [(cells[0] or None, cells[1] or None, cells[2]) for cells in found] == [
        ("a", "b", "c"), ("x", read, "z"), (read, "2", "3")
    ]  # fmt: skip


def test_a_time_of_day_of_an_open_document_is_read(tmp_path: Path) -> None:
    cell = Raw('<table:table-cell office:value-type="time" office:time-value="PT16H40M00S"/>')
    assert cells_of(ods(tmp_path / "week.ods", [["a", "b"], ["x", cell]])) == [("a", "b"), ("x", "16:40:00")]


def test_cells_that_repeat_keep_their_place(tmp_path: Path) -> None:
    cell = Raw(f'<table:table-cell table:number-columns-repeated="2" {ODS_FORMULA}/>')
    found = cells_of(ods(tmp_path / "week.ods", [["a", "b", "c", "d"], ["x", cell, "z"]]))
    assert found == [("a", "b", "c", "d"), ("x", UNCALCULATED, UNCALCULATED, "z")]


def test_formulas_that_a_program_writes_without_results_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "b", "c"])
    book.active.append(["x", '=IF(A2="x","y","")', "z"])
    book.save(tmp_path / "week.xlsx")
    assert cells_of(tmp_path / "week.xlsx") == [("a", "b", "c"), ("x", UNCALCULATED, "z")]


def test_formulas_far_from_the_first_cell_keep_their_place(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "week.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write("C5", "a")
        sheet.write("D5", "b")
        for row in range(6, 30_000):
            sheet.write_string(f"C{row}", f"r{row}")
            sheet.write_formula(f"D{row}", "=NA()", value="#N/A" if row % 1000 == 0 else "good")
    found = cells_of(tmp_path / "week.xlsx")
    assert found[:5] == [(None, None)] * 4 + [("a", "b")]
    assert found[5:] == [(f"r{row}", "#N/A" if row % 1000 == 0 else "good") for row in range(6, 30_000)]


def test_cells_are_changed_wherever_a_piece_of_the_sheet_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [["a", "b"], *([f"r{number}", Raw(f"<c>{FORMULA}</c>")] for number in range(20))]
    file = xlsx(tmp_path / "week.xlsx", rows)
    for block in range(40, 400, 7):
        monkeypatch.setattr(failed_formulas, "_BLOCK", block)
        copy = failed_formulas.readable(file, tmp_path)
        assert copy != file
        assert cells_of(copy)[1:] == [(f"r{number}", UNCALCULATED) for number in range(20)], block
        monkeypatch.undo()


def test_the_words_for_a_formula_without_a_result_are_those_that_cells_are_held_against() -> None:
    assert failed_formulas.NOT_CALCULATED.decode().lower() == NOT_CALCULATED


def test_a_workbook_without_failed_formulas_is_not_copied(tmp_path: Path) -> None:
    file = xlsx(tmp_path / "week.xlsx", [["a", "b"], ["e", Raw(f"<c>{FORMULA}<v>1</v></c>")], [Failed("#N/A"), "f>"]])
    assert failed_formulas.readable(file, tmp_path) == file
