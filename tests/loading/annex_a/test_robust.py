"""Whatever a workbook holds: sheets of the native shape or a plain message, in little time and room."""

import string
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.extracts import extract_named
from data_access.loading.delivery.sheet import REMARKS, ROW, Sheet
from data_access.loading.formats.annex_a import is_annex_a, read
from data_access.loading.formats.annex_a.headings import known
from data_access.problems import ExtractProblem
from tests.loading.annex_a.layouts import HEADINGS, codes, table

CODES = codes()


def frame_of(rows: list[list[Any]]) -> pl.LazyFrame:
    width = max((len(row) for row in rows), default=0)
    columns = [[row[place] if place < len(row) else None for row in rows] for place in range(width)]
    return pl.LazyFrame(
        {
            f"__UNNAMED__{place}": [None if cell is None else str(cell) for cell in cells]
            for place, cells in enumerate(columns)
        },
        schema={f"__UNNAMED__{place}": pl.String for place in range(width)},
    )


def assert_sound(tables: list[tuple[str, pl.LazyFrame]]) -> None:
    """Assert that a workbook is either refused with a message or becomes sheets of the native shape."""
    try:
        sheets = read(Path("any.xlsx"), "digest", tables, CODES)
    except ExtractProblem as problem:
        said = str(problem)
    else:
        said = "any.xlsx"
        for sheet in sheets:
            assert_native(sheet)
        assert len({sheet.extract for sheet in sheets}) == len(sheets) > 0
    assert "any.xlsx" in said


def assert_native(sheet: Sheet) -> None:
    """Assert that a sheet is of the native shape, whatever its cells say."""
    extract = extract_named(str(sheet.extract))
    cells = sheet.cells.collect()
    assert cells.columns == [ROW, *sheet.headings]
    assert set(extract.required) <= set(sheet.headings) <= {column.name for column in extract.columns}
    assert cells.get_column(ROW).is_unique().all()
    assert cells.get_column(extract.key[0]).null_count() == 0
    assert sheet.remarks is not None
    assert sheet.remarks.schema == pl.Schema(REMARKS)


WORDS = sorted({heading.words for number in HEADINGS for heading in known(number).values()})
CELLS = st.one_of(
    st.none(),
    st.text(alphabet=string.printable + "\xa0\u200b–’é\0", max_size=12),
    st.sampled_from(
        [*WORDS, "C1", "C1", "2024-03-01 00:00:00", "01/03/2024", "#N/A", "Total", "b) Female", "6: Police"]
    ),
)
NAMES = st.one_of(st.text(max_size=10), st.sampled_from(["List 1", "List_3", "4", "manifest", "List 10", "L5"]))


@pytest.mark.fuzz
@given(st.lists(st.tuples(NAMES, st.lists(st.lists(CELLS, max_size=8), max_size=8)), max_size=4))
def test_any_sheets_at_all(sheets: list[tuple[str, list[list[Any]]]]) -> None:
    tables = [(name, frame_of(rows)) for name, rows in sheets]
    assert is_annex_a(tables) in {True, False}
    assert_sound(tables)


@pytest.mark.fuzz
@given(st.sampled_from(sorted(HEADINGS)), st.data())
def test_any_cells_under_the_headings_of_a_list(number: int, data: st.DataObject) -> None:
    headings = HEADINGS[number]
    kept = data.draw(st.lists(st.sampled_from(headings), min_size=1, unique=True))
    width = len(kept)
    rows = data.draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=6))
    assert_sound([("List 3", frame_of([kept, *rows])), (f"List {number}", frame_of([list(table(number)[0])]))])


def test_sheets_of_no_rows_or_columns() -> None:
    assert not is_annex_a([("List 3", pl.LazyFrame()), ("List 4", pl.LazyFrame({"a": []}, schema={"a": pl.String}))])
    assert_sound([("List 3", pl.LazyFrame())])
    assert_sound([])


def test_only_the_first_columns_of_a_very_wide_sheet_are_looked_at() -> None:
    wide = frame_of([["Child ID", "Date of referral"], ["C1", "01/03/2024"]]).with_columns(
        *(pl.lit("x").alias(f"more {place}") for place in range(20_000))
    )
    sheets = read(Path("any.xlsx"), "digest", [("List 3", wide)], CODES)
    assert sheets[0].cells.collect().height == 1
    assert any("only its first 200 columns were looked at" in notice for notice in sheets[0].notices)
    assert all(len(notice) < 10_000 for notice in sheets[0].notices)


def test_a_long_list_is_read_whole() -> None:
    days = [f"{1 + place % 28:02}/{1 + place % 12:02}/2024" for place in range(100_000)]
    rows = pl.LazyFrame(
        {"a": [f"C{place % 40_000}" for place in range(100_000)], "b": days, "c": ["6: Police"] * 100_000}
    )
    headings = pl.LazyFrame({"a": ["Child ID"], "b": ["Date of referral"], "c": ["Referral Source"]})
    (sheet,) = read(Path("any.xlsx"), "digest", [("List 3", pl.concat([headings, rows]))], CODES)
    cells = sheet.cells.collect()
    assert cells.height == 100_000
    assert set(cells.get_column("source")) == {"police"}


def test_one_child_in_every_row_of_every_list_takes_no_more_room() -> None:
    tables = []
    for number, headings in HEADINGS.items():
        row = ["01/03/2024" if "ate" in heading.split("Child")[0] else "1" for heading in headings]
        tables.append((f"List {number}", frame_of([headings, *[[*row[:-1], str(place)] for place in range(5_000)]])))
    sheets = {sheet.extract: sheet for sheet in read(Path("any.xlsx"), "digest", tables, CODES)}
    assert sheets["referrals"].cells.collect().height == 5_000
    assert sheets["conferences"].cells.collect().height == 1
    assert sheets["conferences"].remarks is not None
    assert max(map(len, sheets["conferences"].remarks.get_column("message"))) < 1_000


@pytest.mark.parametrize("number", sorted(HEADINGS))
def test_a_list_of_headings_alone_is_an_empty_extract(number: int) -> None:
    sheets = read(Path("any.xlsx"), "digest", [("Sheet", frame_of([HEADINGS[number]]))], CODES)
    assert [sheet.cells.collect().height for sheet in sheets] == [0] * (2 if number == 5 else 1)
    assert_sound([("Sheet", frame_of([HEADINGS[number]]))])
