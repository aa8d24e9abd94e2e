"""Cells that say nothing, and cells that nobody can read: told apart from blanks, and alike in every format."""

import datetime as dt
import json
from pathlib import Path

import polars as pl
import pytest

from data_access.extracts import EXTRACTS, Column, Extract, Kind
from data_access.extracts.placeholders import FAILED_FORMULAS, WORDS_FOR_NOTHING
from data_access.loading.checks.cleaning import cleaned
from data_access.loading.checks.nothing import FORMULAS, NOT_CALCULATED
from data_access.loading.delivery.sheet import ROW, Sheet
from data_access.loading.record.rebuilding import rebuild
from data_access.measures.registry import LOOKED_UP_FIELDS
from data_access.quality.dates import ENDS
from tests.council import LOADER
from tests.loading import same_cell
from tests.loading.annex_a.layouts import codes
from tests.loading.handing_over import Council, everything, fates, only, terms
from tests.loading.same_cell import FORMATS, Cells


@pytest.mark.parametrize("form", FORMATS)
def test_words_for_nothing_are_blank_and_told_once_with_their_count(form: str, sqlite_council: Council) -> None:
    report = same_cell.load(
        sqlite_council,
        form,
        Cells("C1", "NULL", "01/01/1900"),
        Cells("C2", "n/a", "n/a"),
        Cells("C3", "-", "ongoing"),
    )
    extract, ended, heading = same_cell.ENDED.get(form, ("referrals", "closed_on", "closed_on"))
    assert {row["source"] for row in sqlite_council.rows("referrals").values()} == {None}
    assert {row[ended] for row in sqlite_council.rows(extract).values()} == {None}
    assert {row["unreadable"] for name in ("referrals", extract) for row in sqlite_council.rows(name).values()} == {
        None
    }
    source = same_cell.SOURCE.get(form, "source")
    for column in (source, heading):
        [notice] = [
            notice for notice in report.notices if f"column {column}: 3 cells say that there is nothing (" in notice
        ]
        assert "n/a" in notice
    assert not sqlite_council.table("load_warnings")


FAILURES = ("#N/A", "#REF!", "#DIV/0!", "#NAME?", "#NOT CALCULATED!")


@pytest.mark.parametrize("form", FORMATS)
def test_a_failed_formula_is_unreadable_and_remarked_on(form: str, sqlite_council: Council) -> None:
    same_cell.load(
        sqlite_council,
        form,
        *(Cells(f"C{number}", formula) for number, formula in enumerate(FAILURES)),
        Cells("C9", ""),
    )
    *failed, blank = sorted(sqlite_council.rows("referrals").values(), key=lambda row: row["child_id"])
    assert {(row["source"], row["unreadable"]) for row in failed} == {(None, " source ")}
    assert len(failed) == len(FAILURES)
    assert (blank["source"], blank["unreadable"]) == (None, None)
    heading = same_cell.SOURCE.get(form, "source")
    assert same_cell.told(sqlite_council, "referrals") == {
        ("formula_not_calculated" if formula.lower() == NOT_CALCULATED else "formula_failed", heading, formula)
        for formula in FAILURES
    }


@pytest.mark.parametrize("form", FORMATS)
def test_a_failed_formula_where_something_ended_refuses_the_row(form: str, sqlite_council: Council) -> None:
    same_cell.load(sqlite_council, form, Cells("C1", closed="#VALUE!"), Cells("C2", closed="2024-03-08"))
    extract, ended, _ = same_cell.ENDED.get(form, ("referrals", "closed_on", ""))
    [standing] = sqlite_council.rows(extract).values()
    assert (standing["child_id"], standing[ended]) == ("C2", dt.date(2024, 3, 8))
    [refused] = [row for row in sqlite_council.table("rejected_rows") if row["extract"] == extract]
    assert refused["value"] == "#VALUE!"
    assert refused["reason"].startswith("is what a failed formula shows where the day on which it ended is expected")


def test_a_code_and_a_free_text_keep_words_that_elsewhere_say_nothing(sqlite_council: Council) -> None:
    sqlite_council.hand_over(
        referrals="referral_id,child_id,received_at,team_id,disability,reason,first_language\n"
        "R1,C1,2010-01-05,AT1,none,none,n/a\nR2,C2,2010-01-05,AT1,NULL,NULL,(null)"
    )
    first, second = sqlite_council.rows("referrals").values()
    assert (first["disability"], first["reason"], first["first_language"]) == ("no", "none", "n/a")
    assert (second["disability"], second["reason"], second["first_language"]) == (None, None, None)


def _sound(column: Column) -> str:
    match column.kind:
        case Kind.CODE:
            return sorted(set(codes()[str(column.codes)].values()))[0]
        case Kind.DATE | Kind.TIME | Kind.WEEK:
            return "2010-01-04"
        case Kind.ID | Kind.TEXT:
            return "S1"
        case Kind.YES_NO:
            return "yes"
        case _:
            return "1"


@pytest.mark.parametrize("extract", EXTRACTS, ids=lambda extract: extract.name)
def test_no_column_of_any_extract_takes_nothing_or_a_failed_formula_for_a_value(extract: Extract) -> None:
    """Put each word into each column in turn: it is blank, refused, or a code of the column's list."""
    sound = {column.name: _sound(column) for column in extract.columns}
    if "measure" in sound:
        sound["measure"] = "cafs_started"
    if "measures" in sound:
        sound["measures"] = "cafs_started marfs_received"
    words = (*WORDS_FOR_NOTHING, *FORMULAS)
    trials = [(column, word) for column in extract.columns for word in words]
    rows = [{**sound, column.name: word, ROW: number} for number, (column, word) in enumerate(trials)]
    schema = {**dict.fromkeys(sound, pl.String), ROW: pl.UInt32}
    sheet = Sheet(Path("x.csv"), "x", tuple(sound), pl.DataFrame(rows, schema=schema).lazy(), "")
    checked = cleaned(sheet, extract, codes()).rows.collect().to_dicts()
    for (column, word), row in zip(trials, checked, strict=True):
        refused, value = row["(reason)"], row[column.stored_as]
        if word in FORMULAS:
            decides = column.name in extract.dated_by or f"{extract.name}.{column.name}" in LOOKED_UP_FIELDS
            needed = column.required or column.name in extract.key or column.name in ENDS or decides
            blank = column.blank_means if column.blank_means and refused else None
            assert (refused is not None, value) == (needed, blank), (column.name, word)
            assert row["unreadable"] == f" {column.name} "
        elif column.kind is Kind.ID and not column.is_reference:
            assert value == word
        elif column.kind is Kind.CODE and word in codes()[str(column.codes)]:
            assert (refused, value) == (None, codes()[str(column.codes)][word])
        elif column.kind is Kind.TEXT:
            assert value in (word, None)
            assert row["unreadable"] is None
        else:
            assert (refused is not None, value) == (column.required, column.blank_means), (column.name, word)
            assert row["unreadable"] is None


def test_every_column_that_ends_something_is_one_of_an_extract() -> None:
    names = {column.name for extract in EXTRACTS for column in extract.columns}
    assert set(ENDS) <= names
    assert {
        name for name in names if name.startswith(("completed", "terminated", "closed", "ended", "declined"))
    } <= set(ENDS)


class TestMarks:
    """What stands beside a row of cells that couldn't be read, through one load after another."""

    FIRST = "referral_id,child_id,received_at,team_id,decided_at,source\nR1,C1,2010-01-05,AT1,#N/A,#REF!"

    def test_an_extract_without_the_column_leaves_its_mark_and_one_with_it_clears_it(self, council: Council) -> None:
        council.hand_over(terms("2010-03-26 07:00"), referrals=self.FIRST)
        assert council.rows("referrals")["R1"]["unreadable"] == " decided_at source "
        report = council.hand_over(
            terms("2010-03-27 07:00"),
            referrals="referral_id,child_id,received_at,team_id,source\nR1,C1,2010-01-05,AT1,",
        )
        assert fates(only(report)) == {"changed": 1}
        assert council.rows("referrals")["R1"]["unreadable"] == " decided_at "
        report = council.hand_over(
            terms("2010-03-28 07:00"),
            referrals="referral_id,child_id,received_at,team_id,source\nR1,C1,2010-01-05,AT1,#N/A",
        )
        assert council.rows("referrals")["R1"]["unreadable"] == " decided_at source "
        report = council.hand_over(
            terms("2010-03-29 07:00"),
            referrals="referral_id,child_id,received_at,team_id,decided_at\nR1,C1,2010-01-05,AT1,",
        )
        assert fates(only(report)) == {"changed": 1}
        assert council.rows("referrals")["R1"]["unreadable"] == " source "

    def test_the_same_marks_again_change_nothing(self, council: Council) -> None:
        council.hand_over(terms("2010-03-26 07:00"), referrals=self.FIRST)
        report = council.hand_over(terms("2010-03-27 07:00"), referrals=self.FIRST)
        assert fates(only(report)) == {"unchanged": 1, "warnings": 2}

    def test_a_withdrawn_row_keeps_its_marks_in_the_record(self, council: Council) -> None:
        council.hand_over(terms("2010-03-26 07:00"), referrals=self.FIRST)
        council.hand_over(
            terms("2010-03-27 07:00", complete=True),
            referrals="referral_id,child_id,received_at,team_id\nR2,C2,2010-01-05,AT1",
        )
        [gone] = council.table("withdrawn_rows")
        assert json.loads(gone["content"])["unreadable"] == " decided_at source "

    def test_a_rebuild_gives_the_same_marks_and_children(self, council: Council) -> None:
        council.hand_over(terms("2010-03-26 07:00"), referrals=f"{self.FIRST}\nR2,UNKNOWN,2010-01-05,AT1,,")
        council.hand_over(
            terms("2010-03-27 07:00"), referrals="referral_id,child_id,received_at,team_id\nR1,C1,2010-01-06,AT1"
        )
        before = everything(council.engine)
        rebuild(council.engine, LOADER)
        after = everything(council.engine)
        assert after["referrals"] == before["referrals"]
        assert council.rows("referrals")["R2"]["child_key"] == "(no child) referrals R2"


def test_failed_formulas_are_written_in_lower_case() -> None:
    assert [word for word in FAILED_FORMULAS if word != word.lower()] == []
