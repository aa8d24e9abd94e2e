"""CSV files as people and programs make them: the same table, whatever stands above, between and around its cells."""

from pathlib import Path
from typing import Final

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.loading.delivery.sheet import ROW
from data_access.loading.formats.native_csv import csv_sheet
from data_access.problems import ExtractProblem

HEADINGS: Final = "referral_id,child_id,received_at,team_id"
ROWS: Final = "R1,C1,2010-03-01 10:00,AT1\nR2,C2,2010-03-02,AT1\n"
PLAIN: Final = f"{HEADINGS}\n{ROWS}"
COLUMNS: Final = ["referral_id", "child_id", "received_at", "team_id"]
CELLS: Final = [("R1", "C1", "2010-03-01 10:00", "AT1"), ("R2", "C2", "2010-03-02", "AT1")]


def read(folder: Path, content: str, name: str = "referrals.csv") -> tuple[list[int], list[tuple[str, ...]]]:
    """Return the numbers of the rows that aren't blank, and the cells of the four columns."""
    file = folder / name
    file.write_bytes(content.encode())
    cells = csv_sheet(file).cells.filter(pl.any_horizontal(pl.col(COLUMNS).is_not_null())).collect()
    return cells.get_column(ROW).to_list(), cells.select(COLUMNS).rows()


LAYOUTS: Final = [
    # what it is; the file; the numbers of its two rows, as a spreadsheet shows them
    ("plain", PLAIN, [2, 3]),
    ("byte order mark", "\ufeff" + PLAIN, [2, 3]),
    ("byte order mark and quotes", '\ufeff"referral_id","child_id","received_at","team_id"\n' + ROWS, [2, 3]),
    ("Windows line ends", PLAIN.replace("\n", "\r\n"), [2, 3]),
    ("no end of the last line", PLAIN.rstrip(), [2, 3]),
    ("semicolons", PLAIN.replace(",", ";"), [2, 3]),
    ("tabs", PLAIN.replace(",", "\t"), [2, 3]),
    ("sep=,", f"sep=,\n{PLAIN}", [3, 4]),
    ("sep=; with Windows line ends", f"sep=;\n{PLAIN}".replace(",", ";").replace("\n", "\r\n"), [3, 4]),
    ("SEP= in quotes, with a byte order mark", f'\ufeff"SEP=,"\n{PLAIN}', [3, 4]),
    ("sep=|", "sep=|\n" + PLAIN.replace(",", "|"), [3, 4]),
    ("sep=tab", "sep=\t\n" + PLAIN.replace(",", "\t"), [3, 4]),
    ("a title", f"Referrals of the week\n{PLAIN}", [3, 4]),
    ("a title with commas, a blank row, notes", f"Week 12, 2010, final, v2\n\nTaken from ICS,,,\n{PLAIN}", [5, 6]),
    ("a title over two lines", f'"Referrals,\nof the week"\n{PLAIN}', [3, 4]),
    ("blank rows above", f"\n\n{PLAIN}", [4, 5]),
    ("blank rows between and below", f"{HEADINGS}\n\n{ROWS}\n,,,\n\n", [3, 4]),
    ("a title with many semicolons", f"a;b;c;d;e;f;g;h;i;j\n{PLAIN}", [3, 4]),
    ("headings over two lines", PLAIN.replace("received_at", '"received\r\nat"'), [2, 3]),
    ("headings with marks", "Referral-ID *,CHILD  ID:,Received\u00a0at,\u200bTeam\u2011ID\n" + ROWS, [2, 3]),
    ("headings in quotes", '"referral_id","child_id","received_at","team_id"\n' + ROWS, [2, 3]),
    ("empty columns", PLAIN.replace("\n", ",,,\n"), [2, 3]),
    ("empty cells beyond the headings", f"{HEADINGS}\n{ROWS}".replace("AT1\n", "AT1,, \n"), [2, 3]),
    ("empty quoted cells beyond the headings", PLAIN.replace("AT1\n", 'AT1,""\n'), [2, 3]),
    ("two unknown headings alike", f"{HEADINGS},note,note\n{ROWS}".replace("AT1\n", "AT1,x,y\n"), [2, 3]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "content", "numbers"), LAYOUTS)
def test_a_table_is_read_however_it_is_laid_out(what: str, content: str, numbers: list[int], tmp_path: Path) -> None:
    assert read(tmp_path, content) == (numbers, CELLS)


def test_blank_cells_at_a_rows_end_may_be_left_out(tmp_path: Path) -> None:
    numbers, cells = read(tmp_path, f"{HEADINGS}\nR1,C1\nR2\n")
    assert (numbers, cells) == ([2, 3], [("R1", "C1", None, None), ("R2", None, None, None)])


def test_rows_keep_their_numbers_below_cells_of_several_lines(tmp_path: Path) -> None:
    content = f'{HEADINGS},reason\nR1,C1,2010-03-01 10:00,AT1,"one\ntwo, ""three""\n\nfour"\nR2,C2,2010-03-02,AT1,\n'
    assert read(tmp_path, content) == ([2, 3], CELLS)


SEPARATORS: Final = [
    ("|", PLAIN.replace(",", "|"), r"separated by \|"),
    ("~", PLAIN.replace(",", "~"), "separated by ~"),
    ("^", PLAIN.replace(",", "^"), r"separated by \^"),
    (":", PLAIN.replace(" 10:00", "").replace(",", ":"), "separated by a colon"),
    ("spaces", PLAIN.replace(",", "   "), "separated by spaces"),
    ("| below a title", f"Week 12, final\n{PLAIN}".replace("AT1", "AT1|x").replace(",", "|"), r"separated by \|"),
    ("| with other headings", "flavour|price|cream\nvanilla|2|yes\n", r"separated by \|"),
]


@pytest.mark.parametrize(("what", "content", "words"), SEPARATORS)
def test_another_separator_is_named(what: str, content: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(ExtractProblem, match=rf"referrals\.csv can't be read.*{words}.*comma, a semicolon or a tab"):
        read(tmp_path, content)


CELL: Final = st.text(st.sampled_from(' ab1,;\t|"\n\u00a0é'), max_size=6)


@pytest.mark.fuzz
@given(rows=st.lists(st.tuples(CELL, CELL, CELL, CELL), max_size=8), separator=st.sampled_from(",;\t"))
def test_what_is_written_is_read(
    rows: list[tuple[str, ...]], separator: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    def line(cells: tuple[str, ...]) -> str:
        return separator.join('"' + cell.replace('"', '""') + '"' for cell in cells)

    folder = tmp_path_factory.mktemp("csv")
    file = folder / "referrals.csv"
    file.write_text("\n".join([HEADINGS.replace(",", separator), *map(line, rows)]) + "\n", encoding="utf-8")
    found = csv_sheet(file).cells.collect()
    assert found.get_column(ROW).to_list() == list(range(2, len(rows) + 2))
    assert [tuple(cell or "" for cell in cells[1:]) for cells in found.rows()] == rows
