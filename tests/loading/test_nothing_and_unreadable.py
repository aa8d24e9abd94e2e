"""Cells that say nothing, and cells that nobody can read: told apart from blanks, and alike in every format."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.database.opening import connect
from data_access.extracts import EXTRACTS, NO_TEAM, Column, Extract, Kind
from data_access.extracts.placeholders import FAILED_FORMULAS, PLACEHOLDERS, WORDS_FOR_NOTHING
from data_access.loading import LoadReport, load_extracts
from data_access.loading.checks.cleaning import cleaned
from data_access.loading.checks.nothing import FORMULAS, NOT_CALCULATED
from data_access.loading.checks.references import holds_unseen, is_a_placeholder, is_mangled, tidied
from data_access.loading.delivery.sheet import ROW, Sheet
from data_access.loading.record.rebuilding import rebuild
from data_access.measures.registry import LOOKED_UP_FIELDS
from data_access.problems import ExtractProblem
from data_access.quality.dates import ENDS
from tests.loading import same_cell
from tests.loading.annex_a.layouts import codes
from tests.loading.handing_over import CONFIRMED, Council, everything, fates, only, terms
from tests.loading.same_cell import Cells

FORMATS = list(same_cell.MAKERS)


@pytest.fixture
def small(new_sqlite: Any, tmp_path: Path) -> Any:
    """Give a council on SQLite: what cells mean does not hang on the engine."""
    with new_sqlite() as url:
        engine = connect(url)
        yield Council(engine, tmp_path)
        engine.dispose()


def load(council: Council, form: str, *rows: Cells) -> LoadReport:
    file = same_cell.MAKERS[form](council.folder, rows)
    held = None if form == "CIN census" else same_cell.held()
    return load_extracts(council.engine, [file], terms=held, confirmed=CONFIRMED)


def told(council: Council, extract: str) -> set[tuple[str, str, str | None]]:
    """Return check, field and value of the warnings on an extract."""
    return {
        (row["check"], row["field"], row["value"])
        for row in council.table("load_warnings")
        if row["extract"] == extract
    }


@pytest.mark.parametrize("form", FORMATS)
def test_words_for_nothing_are_blank_and_told_once_with_their_count(form: str, small: Council) -> None:
    report = load(
        small, form, Cells("C1", "NULL", "01/01/1900"), Cells("C2", "n/a", "n/a"), Cells("C3", "-", "ongoing")
    )
    extract, ended, heading = same_cell.ENDED.get(form, ("referrals", "closed_on", "closed_on"))
    assert {row["source"] for row in small.rows("referrals").values()} == {None}
    assert {row[ended] for row in small.rows(extract).values()} == {None}
    assert {row["unreadable"] for name in ("referrals", extract) for row in small.rows(name).values()} == {None}
    source = same_cell.SOURCE.get(form, "source")
    for column in (source, heading):
        [notice] = [one for one in report.notices if f"column {column}: 3 cells say that there is nothing (" in one]
        assert "n/a" in notice
    assert not small.table("load_warnings")


FAILURES = ("#N/A", "#REF!", "#DIV/0!", "#NAME?", "#NOT CALCULATED!")


@pytest.mark.parametrize("form", FORMATS)
def test_a_failed_formula_is_unreadable_and_remarked_on(form: str, small: Council) -> None:
    load(small, form, *(Cells(f"C{number}", formula) for number, formula in enumerate(FAILURES)), Cells("C9", ""))
    *failed, blank = sorted(small.rows("referrals").values(), key=lambda row: row["child_id"])
    assert {(row["source"], row["unreadable"]) for row in failed} == {(None, " source ")}
    assert len(failed) == len(FAILURES)
    assert (blank["source"], blank["unreadable"]) == (None, None)
    heading = same_cell.SOURCE.get(form, "source")
    assert told(small, "referrals") == {
        ("formula_not_calculated" if formula.lower() == NOT_CALCULATED else "formula_failed", heading, formula)
        for formula in FAILURES
    }


@pytest.mark.parametrize("form", FORMATS)
def test_a_failed_formula_where_something_ended_refuses_the_row(form: str, small: Council) -> None:
    load(small, form, Cells("C1", closed="#VALUE!"), Cells("C2", closed="2024-03-08"))
    extract, ended, _ = same_cell.ENDED.get(form, ("referrals", "closed_on", ""))
    [standing] = small.rows(extract).values()
    assert (standing["child_id"], standing[ended]) == ("C2", dt.date(2024, 3, 8))
    [refused] = [row for row in small.table("rejected_rows") if row["extract"] == extract]
    assert refused["value"] == "#VALUE!"
    assert refused["reason"].startswith("is what a failed formula shows where the day on which it ended is expected")


NO_CHILD = {
    "1.23457E+11": "reference_mangled",
    "1.2e+05": "reference_mangled",
    "1E+11": "reference_mangled",
    "1.23457E11": "reference_mangled",
    "123456789012345000": "reference_mangled",
    "UNKNOWN": "reference_placeholder",
    "Unborn": "reference_placeholder",
    "tbc?": "reference_placeholder",
    "0000": "reference_placeholder",
    "999999": "reference_placeholder",
}


@pytest.mark.parametrize("form", FORMATS)
def test_a_child_who_cannot_be_told_is_kept_and_looks_back_on_nobody(form: str, small: Council) -> None:
    source = {"Annex A": "a) 1A: Individual", "CIN census": "1A"}.get(form, "self")
    load(small, form, *(cells for one in NO_CHILD for cells in (Cells(one), Cells(one, source))), Cells("C3"))
    rows = list(small.rows("referrals").values())
    unknown = [row for row in rows if row["unreadable"] == " child_id "]
    assert sorted(row["child_id"] for row in unknown) == sorted([*NO_CHILD, *NO_CHILD])
    assert len({row["child_key"] for row in rows}) == len(rows) == len(unknown) + 1
    heading = same_cell.CHILD.get(form, "child_id")
    assert told(small, "referrals") == {(check, heading, reference) for reference, check in NO_CHILD.items()}


NOBODY = ("NULL", "n/a", "-", "#N/A", "none")


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_is_no_child(form: str, small: Council) -> None:
    load(small, form, *map(Cells, NOBODY), Cells("C2"))
    assert {row["child_id"] for row in small.rows("referrals").values()} == {"C2"}
    refused = [row for row in small.table("rejected_rows") if row["extract"] == "referrals"]
    assert [(row["field"], row["value"]) for row in refused] == [("child_id", nothing) for nothing in NOBODY]


UNSEEN = ["C\u200b1", "\ufeffC1", "C1\u00ad", "\u00a0C1", "C1\u2060 ", "\u200eC1"]


@pytest.mark.parametrize("form", FORMATS)
def test_characters_that_nobody_sees_make_no_other_child(form: str, small: Council) -> None:
    report = load(small, form, *(Cells(reference, f"{number}A") for number, reference in enumerate(UNSEEN, start=1)))
    assert {row["child_key"] for row in small.rows("referrals").values()} == {"C1"}
    if form in ("CSV", "workbook"):
        notice = f"column child_id: {len(UNSEEN)} cells hold characters or spaces that nobody sees"
        assert any(notice in one for one in report.notices)


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("12345.0", "12345"), ("A  1", "A 1"), ("a1", "a1"), ("007", "007"), ("1E5", "1E5"), ("00012", "00012")],
)
def test_references_that_are_alike_become_one_and_others_do_not(cell: str, kept: str, small: Council) -> None:
    load(small, "CSV", Cells(cell))
    assert [row["child_id"] for row in small.rows("referrals").values()] == [kept]


REFERRALS = "referral_id,child_id,received_at,decided_at,team_id,worker_id,contact_id"


def test_other_references_that_name_nothing_are_blank_or_of_no_team(small: Council) -> None:
    small.hand_over(
        referrals=f"{REFERRALS}\nR1,C1,2010-01-05,,TBC,1.2E+05,UNKNOWN\nR2,C2,2010-01-05,,1.2E+05,NULL,\nR3,C3,2010-01-05,,NULL,,"
    )
    one, two = small.rows("referrals").values()
    assert (one["team_id"], one["worker_id"], one["contact_id"]) == (NO_TEAM, None, None)
    assert one["unreadable"] == " contact_id team_id worker_id "
    assert (two["team_id"], two["worker_id"], two["unreadable"]) == (NO_TEAM, None, " team_id ")
    assert {(row["field"], row["value"]) for row in small.table("load_warnings") if row["key"] == "R1"} == {
        ("team_id", "TBC"), ("worker_id", "1.2E+05"), ("contact_id", "UNKNOWN"),
    }  # fmt: skip


def test_a_code_and_a_free_text_keep_words_that_elsewhere_say_nothing(small: Council) -> None:
    small.hand_over(
        referrals="referral_id,child_id,received_at,team_id,disability,reason,first_language\n"
        "R1,C1,2010-01-05,AT1,none,none,n/a\nR2,C2,2010-01-05,AT1,NULL,NULL,(null)"
    )
    one, two = small.rows("referrals").values()
    assert (one["disability"], one["reason"], one["first_language"]) == ("no", "none", "n/a")
    assert (two["disability"], two["reason"], two["first_language"]) == (None, None, None)


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
    words = (*WORDS_FOR_NOTHING, *FORMULAS)
    trials = [(column, word) for column in extract.columns for word in words]
    rows = [{**sound, column.name: word, ROW: number} for number, (column, word) in enumerate(trials)]
    schema = {**dict.fromkeys(sound, pl.String), ROW: pl.UInt32}
    sheet = Sheet(Path("x.csv"), "x", tuple(sound), pl.DataFrame(rows, schema=schema).lazy(), "")
    found = cleaned(sheet, extract, codes()).rows.collect().to_dicts()
    for (column, word), row in zip(trials, found, strict=True):
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
        rebuild(council.engine)
        after = everything(council.engine)
        assert after["referrals"] == before["referrals"]
        assert council.rows("referrals")["R2"]["child_key"] == "(no child) referrals R2"


SLASHED = ["03/01/2010", "03/02/2010", "12/11/2009"]


@pytest.mark.parametrize("column", ["received_at", "closed_on", "date_of_birth"])
def test_a_file_with_the_month_first_is_refused_whole(column: str, council: Council) -> None:
    rows = [
        f"R{n},C{n},{day if column == 'received_at' else '2010-01-05'},AT1,{day}" for n, day in enumerate(SLASHED)
    ]
    rows.append(f"R9,C9,{'03/26/2010' if column == 'received_at' else '2010-01-05'},AT1,03/26/2010")
    other = "closed_on" if column == "received_at" else column
    with pytest.raises(ExtractProblem, match=rf"column {column} have the month first \(row 5 makes sense only so"):
        council.hand_over(referrals=f"referral_id,child_id,received_at,team_id,{other}\n" + "\n".join(rows))
    assert not council.rows("referrals")


def test_where_both_orders_stand_the_impossible_ones_are_refused_by_row(small: Council) -> None:
    report = small.hand_over(
        referrals="referral_id,child_id,received_at,team_id\nR1,C1,03/26/2010 10:00,AT1\n"
        "R2,C2,26/03/2010,AT1\nR3,C3,01/02/2010,AT1"
    )
    assert fates(only(report)) == {"new": 2, "refused": 1}
    assert "'03/26/2010 10:00' seems to have the month first" in report.refused[0]


@pytest.mark.parametrize(("days", "asked"), [(12, True), (9, False)])
def test_a_column_without_a_telling_day_is_asked_about(days: int, asked: bool, small: Council) -> None:
    rows = [f"R{n},C{n},{n if n != 3 else 1:02}/03/2010,AT1" for n in range(1, days + 1)]
    report = small.hand_over(referrals="referral_id,child_id,received_at,team_id\n" + "\n".join(rows))
    assert any("written with the month first?" in notice for notice in report.notices) == asked


def test_years_of_two_digits_day_numbers_and_midnights_are_told_with_their_count(small: Council) -> None:
    report = small.hand_over(
        referrals=f"{REFERRALS}\nR1,C1,22/03/10 09:00,2010-03-23 00:00,AT1,,\n"
        "R2,C2,22/03/10,2010-03-23T00:00:00,AT1,,\n"
        "R3,C3,40259.375,,AT1,,"
    )
    notices = "\n".join(report.notices)
    assert "column received_at: in 2 cells the year has two digits" in notices
    assert "column received_at: 1 cell holds a spreadsheet's number of a day" in notices
    assert "column decided_at: 2 cells give midnight as the time of day and none gives another" in notices


def test_a_midnight_among_other_times_is_no_time_either(small: Council) -> None:
    report = small.hand_over(referrals=f"{REFERRALS}\nR1,C1,2010-03-22 09:00,,AT1,,\nR2,C2,2010-03-22 00:00,,AT1,,")
    assert [row["received_timed"] for row in small.rows("referrals").values()] == [True, False]
    assert any(
        "column received_at: 1 cell gives midnight as the time of day, as systems" in one for one in report.notices
    )


BIRTHS = {
    "2004-05-01": ("5_to_9", False),
    "01/05/04": ("5_to_9", False),
    "EDD 15/06/2010": ("unknown", True),
    "not known": ("unknown", True),
    "NULL": ("unknown", False),
    "01/01/1900": ("unknown", False),
    "": ("unknown", False),
}


def test_a_date_of_birth_that_is_none_is_remarked_on_and_never_quoted(small: Council) -> None:
    rows = "\n".join(f"R{n},C{n},2010-01-05,AT1,{born}" for n, born in enumerate((*BIRTHS, "#N/A")))
    small.hand_over(referrals=f"referral_id,child_id,received_at,team_id,date_of_birth\n{rows}")
    standing = list(small.rows("referrals").values())
    assert [row["age_band"] for row in standing] == [*(band for band, _ in BIRTHS.values()), None]
    assert standing[-1]["unreadable"] == " age_band "
    warnings = sorted((row["row"], row["check"], row["field"], row["value"]) for row in small.table("load_warnings"))
    assert warnings == [
        *((n, "unread_date", "date_of_birth", None) for n, (_, odd) in enumerate(BIRTHS.values(), start=2) if odd),
        (9, "formula_failed", "date_of_birth", "#N/A"),
    ]


def _of(cell: str, *tests: Any) -> list[Any]:
    return list(pl.DataFrame({"cell": [cell]}).select(test.alias(str(n)) for n, test in enumerate(tests)).row(0))


CELL = pl.col("cell")


@pytest.mark.fuzz
@given(st.text(st.sampled_from("AZaz019-/| "), min_size=1, max_size=12), st.data())
def test_what_nobody_sees_changes_no_reference(reference: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(reference)))
    unseen = data.draw(st.sampled_from("\u200b\u200d\u00ad\ufeff\u2060\u200e\x07"))
    spoilt = reference[:place] + unseen + reference[place:]
    assert _of(spoilt, tidied(CELL)) == _of(reference, tidied(CELL)) == [" ".join(reference.split()) or None]
    assert _of(spoilt, holds_unseen(CELL)) == [True]


@pytest.mark.fuzz
@given(st.integers(10**6, 10**17))
def test_every_number_that_a_spreadsheet_shortened_is_known_and_no_other_is(number: int) -> None:
    shortened = f"{float(number):.5E}"
    assert _of(shortened, is_mangled(CELL)) == _of(shortened.replace(".", ",").lower(), is_mangled(CELL)) == [True]
    assert _of(str(number), is_mangled(CELL)) == [len(str(number)) > 17 and str(number).endswith("000")]


@pytest.mark.parametrize("word", PLACEHOLDERS)
def test_placeholders_are_known_in_any_case_and_with_marks_around(word: str) -> None:
    for written in (word, word.upper(), f"({word})", f"{word}?", word.replace(" ", "_")):
        assert _of(written, is_a_placeholder(CELL)) == [True]


@pytest.mark.parametrize("reference", ["C1", "100", "XX1", "1E5", "12E3", "TEST1", "A0", "2010-03-26", "99999"])
def test_references_that_only_look_alike_are_kept(reference: str) -> None:
    assert _of(reference, is_a_placeholder(CELL), is_mangled(CELL)) == [False, False]


def test_failed_formulas_are_written_in_lower_case() -> None:
    assert [word for word in FAILED_FORMULAS if word != word.lower()] == []
