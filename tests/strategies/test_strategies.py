"""The worlds drawn for the judge: clean, and complete enough for every measure."""

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import data_access.extracts
from data_access.extracts import Extract, Kind, extract_named
from tests.oracle import MEASURES, World, cohort
from tests.oracle.clocks import utc_from_london
from tests.oracle.periods import STANDING, cells
from tests.oracle.values import moment
from tests.strategies import ExtractFile, Tick, an_extract, extracts, histories, read_extracts, replay

with (Path(data_access.extracts.__file__).parent / "codes.csv").open(encoding="utf-8", newline="") as _file:
    CODES = {(row["list"], row["code"]) for row in csv.DictReader(_file)}

FIRST, LAST = dt.date(2007, 4, 1), dt.date(2010, 12, 31)


def check_cell(extract: Extract, name: str, cell: str | None) -> None:
    """Fail unless the cell is one that a loader would take without a word."""
    column = extract.column(name)
    if cell is None:
        assert not column.required
        return
    assert cell
    assert cell == cell.strip()
    if column.kind in (Kind.DATE, Kind.WEEK):
        assert FIRST <= dt.date.fromisoformat(cell) <= LAST
        assert column.kind is Kind.DATE or dt.date.fromisoformat(cell).weekday() == 0
    elif column.kind is Kind.TIME:
        assert FIRST <= moment(cell).on <= LAST
    elif column.kind is Kind.CODE:
        assert (column.codes, cell) in CODES
    elif column.kind is Kind.YES_NO:
        assert cell in ("yes", "no")
    elif column.kind in (Kind.WHOLE, Kind.FTE):
        assert column.minimum is not None
        assert float(cell) >= column.minimum
        assert column.maximum is None or float(cell) <= column.maximum


def assert_no_key_comes_twice(file: ExtractFile) -> None:
    """Fail where a loader would refuse a row since its key stands in the file already; what is left out is blank."""
    keys = [tuple(row.get(name) for name in extract_named(file.table).key) for row in file.rows]
    assert len(set(keys)) == len(keys)


@settings(max_examples=200)
@given(an_extract())
def test_an_extract_is_clean(file: ExtractFile) -> None:
    extract = extract_named(file.table)
    assert set(extract.required) <= set(file.columns)
    assert file.rows
    for row in file.rows:
        assert tuple(row) == file.columns
        for name, cell in row.items():
            check_cell(extract, name, cell)
    assert_no_key_comes_twice(file)
    assert FIRST <= file.covers_from <= file.covers_to <= file.extracted_at.date()
    utc_from_london(file.extracted_at)


@settings(max_examples=100)
@given(an_extract("cafs"))
def test_a_caf_has_been_offered_or_started(file: ExtractFile) -> None:
    assert all(row["started_on"] or row["offered_on"] for row in file.rows)


@settings(max_examples=100)
@given(an_extract("surveys"))
def test_a_survey_without_its_teams_asks_each_question_once(file: ExtractFile) -> None:
    assert_no_key_comes_twice(file)


@settings(max_examples=30)
@given(extracts())
@pytest.mark.soak
def test_every_table_that_a_measure_needs_comes_at_least_once(files: list[ExtractFile]) -> None:
    world = replay(World(), files)
    assert world.is_loaded("referrals", "assessments", "cafs", "staff", "absences", "system_use", "audits")
    for measure in MEASURES:
        rows = cohort(world, measure)
        assert len({row.case_id for row in rows}) == len(rows)
        assert all(row.state == "counted" or (row.numerator, row.denominator) == (0, 0) for row in rows)


@settings(max_examples=30)
@given(histories(), st.sampled_from(sorted(set(MEASURES) - STANDING)))
def test_any_history_can_be_loaded_and_judged(steps: list[ExtractFile | Tick], measure: str) -> None:
    world = replay(World(), steps)
    rows = cohort(world, measure)
    assert sum(cell.cases for cell in cells(rows, "week").values()) == sum(row.state == "counted" for row in rows)


@settings(max_examples=20)
@given(an_extract())
def test_what_is_written_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, file: ExtractFile) -> None:
    folder = tmp_path_factory.mktemp("extract")
    file.write(folder)
    assert read_extracts(folder) == [file]
