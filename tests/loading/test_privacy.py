"""What identifies people never reaches the database or the disk; of a date of birth only the age band is kept."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa
import xlsxwriter

from data_access.database.opening import sqlite_file
from data_access.loading import load_extracts
from tests.council import LOADER
from tests.loading.handing_over import CONFIRMED, Council, everything, fates, only, terms

POSTGRESQL_IN_SOAK = True

CANARY = "Quetzalcoatl"
BORN, BORN_AS_A_DATE = "16/07/1998", "1998-07-16"
IDENTIFYING = {
    "Full name": f"{CANARY} Smith",
    "surname": CANARY,
    "Address line 1": f"1 {CANARY} Road",
    "Postcode": CANARY,
    "Date of birth": BORN,
    "NHS number": f"{CANARY}-9434765919",
    "UPN": CANARY,
    "Phone": CANARY,
    "Email": f"{CANARY}@example.org",
    "Child DOB": BORN,
    "Notes": f"a column unknown to us, with {CANARY} in it",
}
SOUND = ["R1,C1,2010-03-01 10:00,AT1", "R2,C2,01/03/2010,AT1"]
REFUSED = ["R3,C3,never,AT1", "R1,C1,2010-03-01 10:00,AT1", ",C5,2010-03-01,AT1", "R6,,2010-03-01,"]
HEADINGS = ["referral_id", "child_id", "received_at", "team_id"]


def _table() -> list[list[str]]:
    rows = [row.split(",") for row in (*SOUND, *REFUSED)]
    return [[*HEADINGS, *IDENTIFYING], *([*row, *IDENTIFYING.values()] for row in rows)]


def _csv(folder: Path) -> Path:
    file = folder / "referrals.csv"
    pl.DataFrame(_table()[1:], schema=_table()[0], orient="row").write_csv(file)
    return file


def _workbook(folder: Path) -> Path:
    file = folder / "referrals.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("referrals")
        for number, row in enumerate(_table()):
            sheet.write_row(number, 0, row)
    return file


def _all_tables(engine: sa.Engine) -> str:
    """Return every table of the database as text, whether the program knows it or not; but for the calendar."""
    with engine.connect() as connection:
        whole = sa.MetaData()
        whole.reflect(connection)
        tables = [table for table in whole.sorted_tables if table.name != "calendar"]
        return "\n".join(repr(tuple(row)) for table in tables for row in connection.execute(sa.select(table)))


def _files_of(engine: sa.Engine) -> list[str]:
    file = sqlite_file(engine)
    return [] if file is None else [part.read_bytes().decode("latin-1") for part in file.parent.iterdir()]


@pytest.mark.parametrize("hand_in", [_csv, _workbook], ids=["csv", "workbook"])
def test_identifying_columns_reach_neither_database_nor_disk(
    hand_in: Callable[[Path], Path], council: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    staging, handed_in = tmp_path / "staging", tmp_path / "handed in"
    staging.mkdir()
    handed_in.mkdir()
    file = hand_in(handed_in)
    monkeypatch.setattr(tempfile, "tempdir", str(staging))
    seen: list[str] = []

    def look(what: str, _step: int, _steps: int) -> None:
        for part in staging.rglob("*"):
            if part.is_file():
                seen.append(part.read_bytes().decode("latin-1"))
                seen.append(pl.read_parquet(part).write_csv())

    report = load_extracts(council.engine, LOADER, [file], terms=terms(), confirmed=CONFIRMED, progress=look)
    assert fates(only(report)) == {"new": 2, "refused": 4}
    kept = _all_tables(council.engine)
    assert "R1" in kept
    assert len(seen) > 2
    assert any("10_to_15" in text for text in seen)
    for text in (kept, *_files_of(council.engine), *seen, *report.notices):
        assert CANARY not in text
        assert BORN not in text
    assert not any(BORN_AS_A_DATE in text for text in (kept, *seen))
    assert list(staging.iterdir()) == []
    for heading in ("full_name", "date_of_birth", "nhs_number", "child_dob", "upn", "email", "postcode"):
        assert any(f"column {heading} may identify people; it was dropped" in note for note in report.notices), (
            heading
        )


def test_a_load_that_fails_leaves_nothing_behind_on_the_disk(
    council: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    staging = tmp_path / "staging"
    staging.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(staging))

    def fail(what: str, _step: int, _steps: int) -> None:
        if what.startswith("Writing"):
            raise KeyboardInterrupt

    before = everything(council.engine)
    with pytest.raises(KeyboardInterrupt):
        load_extracts(council.engine, LOADER, [_csv(tmp_path)], terms=terms(), confirmed=CONFIRMED, progress=fail)
    assert list(staging.iterdir()) == []
    assert everything(council.engine) == before


AGES = [
    ("2010-03-01", "2010-03-01", "under_1"),
    ("2010-03-02", "2010-03-01", "unborn"),
    ("2009-03-02", "2010-03-01", "under_1"),
    ("2009-03-01", "2010-03-01 09:00", "1_to_4"),
    ("01/03/2005", "2010-03-01", "5_to_9"),
    ("02/03/2005", "2010-03-01", "1_to_4"),
    ("2000-03-02", "2010-03-01", "5_to_9"),
    ("2000-03-01 00:00:00", "2010-03-01", "10_to_15"),
    ("1994-03-02", "2010-03-01", "10_to_15"),
    ("1994-03-01", "2010-03-01", "16_to_17"),
    ("1992-03-02", "2010-03-01", "16_to_17"),
    ("1992-03-01", "2010-03-01", "18_or_over"),
    ("2008-02-29", "2010-02-28", "1_to_4"),
    ("2004-02-29", "2009-02-28", "1_to_4"),
    ("2004-02-29", "2009-03-01", "5_to_9"),
    ("2004-12-31", "2010-01-01", "5_to_9"),
    ("2009-07-01", "2009-07-01 00:30", "under_1"),
    ("2009-01-01", "2010-03-15", "1_to_4"),
    ("2004-11-30", "2010-02-01", "5_to_9"),
    ("2005-02-28", "2010-01-31", "1_to_4"),
    ("2005-12-01", "2010-11-30", "1_to_4"),
    ("", "2010-03-01", "unknown"),
    ("not known", "2010-03-01", "unknown"),
]


@pytest.mark.parametrize("heading", ["date_of_birth", "Date of birth", "DOB"])
def test_the_age_band_is_that_of_the_day_of_receipt(heading: str, council: Council) -> None:
    rows = "\n".join(f"R{number:02},C1,{on},AT1,{born}" for number, (born, on, _) in enumerate(AGES))
    council.hand_over(referrals=f"referral_id,child_id,received_at,team_id,{heading}\n{rows}")
    standing = council.rows("referrals")
    found = [(born, on, standing[f"R{number:02}"]["age_band"]) for number, (born, on, _) in enumerate(AGES)]
    assert found == AGES


def test_an_age_band_that_is_given_is_taken_as_it_is(council: Council) -> None:
    council.hand_over(
        referrals="""
        referral_id,child_id,received_at,team_id,date_of_birth,age_band
        R1,C1,2010-03-01,AT1,2009-03-01,5_to_9
        """
    )
    assert council.rows("referrals")["R1"]["age_band"] == "5_to_9"


def test_a_row_with_only_a_date_of_birth_is_blank(council: Council) -> None:
    report = council.hand_over(
        referrals="""
        referral_id,child_id,received_at,team_id,date_of_birth
        R1,C1,2010-03-01,AT1,2009-03-01
        ,,,,
        ,,,,2009-01-01
        """
    )
    assert (only(report).read, fates(only(report))) == (1, {"new": 1})
