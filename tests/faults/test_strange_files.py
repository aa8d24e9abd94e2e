"""Files that no extract is: sealed, disguised, endless, or a few bytes that unfold into more than a machine holds."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
import xlsxwriter

from data_access.loading import load_extracts
from data_access.loading.formats import workbook
from data_access.problems import ExtractProblem
from tests.council import LOADER
from tests.faults.protected import protected_workbook
from tests.loading.annex_a import layouts
from tests.loading.handing_over import Council, everything, terms

POSTGRESQL_IN_SOAK = True

HEADINGS = ["referral_id", "child_id", "received_at", "team_id"]
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8


def xlsx(file: Path, cells: dict[tuple[int, int], str]) -> None:
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("referrals")
        sheet.write_row(0, 0, HEADINGS)
        for (row, column), cell in cells.items():
            sheet.write(row, column, cell)


def change_member(file: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Change one member of a workbook."""
    with zipfile.ZipFile(file) as package:
        members = {one: package.read(one) for one in package.namelist()}
    members[name] = change(members[name])
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for one, content in members.items():
            package.writestr(one, content)


def with_member(file: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Write a small workbook in which one member is changed."""
    xlsx(file, {(1, 0): "R1"})
    change_member(file, name, change)


def one_cell_far_away(file: Path) -> None:
    xlsx(file, {(1_048_575, 16_383): "x"})


def one_text_a_thousand_times(file: Path) -> None:
    with_member(file, "xl/sharedStrings.xml", lambda content: content.replace(b"R1", b"R" * 1_000_000))
    text = b'<row><c t="s"><v>4</v></c></row>' * 1_200
    change_member(
        file, "xl/worksheets/sheet1.xml", lambda content: content.replace(b"</sheetData>", text + b"</sheetData>")
    )


def cut_off_within_a_sheet(file: Path) -> None:
    layouts.ods(file, {"referrals": [HEADINGS, ["R1", "C1", "2010-03-01", "AT1"]]})
    change_member(file, "content.xml", lambda content: content.partition(b"</table:table>")[0])


def a_million_columns(file: Path) -> None:
    names = ",".join([*HEADINGS, *(f"column_{number}" for number in range(1_000_000))])
    file.write_text(f"{names}\nR1,C1,2010-03-01,AT1\n", encoding="utf-8")


def thousands_of_columns(file: Path) -> None:
    names = ",".join([*HEADINGS, *(f"c{number}" for number in range(16_000))])
    file.write_text(f"{names}\n", encoding="utf-8")


def as_many_columns_as_a_workbook_has(file: Path) -> None:
    xlsx(file, {(0, column): f"column_{column}" for column in range(len(HEADINGS), 16_384)})


def one_endless_line(file: Path) -> None:
    file.write_bytes(b"x" * 30_000_000)


STRANGE: list[tuple[str, bytes | Callable[[Path], None], str]] = [
    ("week.xlsx", protected_workbook(), "protected by a password"),
    ("week.xls", protected_workbook(), "protected by a password"),
    ("week.csv", protected_workbook(), "protected by a password"),
    ("week.xlsx", PNG, "it is a picture, whatever its name says"),
    ("week.xml", PNG, "it is a picture"),
    ("week.csv", PNG, "it is a picture"),
    ("week.xlsx", b"\xff\xd8\xff\xe0" + PNG, "it is a picture"),
    ("week.xlsx", b"%PDF-1.7\n" + PNG, "it is a PDF"),
    ("week.xlsx", Random(1).randbytes(5_000), "week.xlsx"),  # noqa: S311 - any bytes
    ("week.xlsx", one_cell_far_away, "opened, it is larger than any extract. Look in each sheet for cells far from"),
    ("week.xlsx", one_text_a_thousand_times, "opened, it is larger than any extract"),
    ("week.ods", cut_off_within_a_sheet, "it is no workbook, or a damaged one"),
    ("week.csv", a_million_columns, "a first row of more than a million characters"),
    ("week.csv", thousands_of_columns, "week.csv has 16,004 columns, more than any extract"),
    ("week.xlsx", as_many_columns_as_a_workbook_has, "has 16,384 columns, more than any extract"),
    ("week.csv", one_endless_line, "a first row of more than a million characters"),
]


@pytest.mark.parametrize(("name", "content", "words"), STRANGE)
def test_what_is_no_extract_is_refused_and_changes_nothing(
    name: str, content: bytes | Callable[[Path], None], words: str, council: Council, tmp_path: Path
) -> None:
    file = tmp_path / name
    if isinstance(content, bytes):
        file.write_bytes(content)
    else:
        content(file)
    before = everything(council.engine)
    with pytest.raises(ExtractProblem) as refused:
        load_extracts(council.engine, LOADER, [file], terms=terms())
    assert words in str(refused.value)
    assert name in str(refused.value)
    assert len(str(refused.value)) < 1_000
    assert everything(council.engine) == before


def test_blank_room_in_a_workbook_is_no_fault(council: Council, tmp_path: Path) -> None:
    file = tmp_path / "referrals.xlsx"
    xlsx(file, {(1, 0): "R1", (1, 1): "C1", (1, 2): "2010-03-01", (1, 3): "AT1", (60, 200): " "})
    report = load_extracts(council.engine, LOADER, [file], terms=terms())
    assert [(one.new, one.refused) for one in report.loaded] == [(1, 0)]
    assert not any("row" in notice for notice in report.notices)


@pytest.mark.soak
def test_half_a_gigabyte_of_blanks_is_read_in_little_room(council: Council, tmp_path: Path) -> None:
    file = tmp_path / "week.xlsx"
    with_member(
        file,
        "xl/worksheets/sheet1.xml",
        lambda content: content.replace(b"<sheetData>", b"<sheetData>" + b" " * 500_000_000),
    )
    assert file.stat().st_size < 1_000_000
    with pytest.raises(ExtractProblem, match=r"its only row is refused .* child_id is empty"):
        load_extracts(council.engine, LOADER, [file], terms=terms())


def test_a_workbook_that_never_ends_to_open_is_refused(
    council: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "_PATIENCE", 0.01)
    monkeypatch.setattr(workbook, "_BYTES_PER_SECOND", float("inf"))
    file = tmp_path / "week.xlsx"
    xlsx(file, {(1, 0): "R1"})
    with pytest.raises(ExtractProblem, match="larger than any extract"):
        load_extracts(council.engine, LOADER, [file], terms=terms())


def test_a_refusal_of_a_workbook_never_quotes_cells(council: Council, tmp_path: Path) -> None:
    file = tmp_path / "week.xlsx"
    with_member(
        file, "xl/worksheets/sheet1.xml", lambda content: content.replace(b"<row", b"<row Ann-Other=<Ann-Other", 1)
    )
    with pytest.raises(ExtractProblem) as refused:
        load_extracts(council.engine, LOADER, [file], terms=terms())
    assert "Ann" not in str(refused.value)
