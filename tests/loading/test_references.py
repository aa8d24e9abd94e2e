"""References of children, teams and staff: spoilt by spreadsheets, placeholders, and what nobody sees in them."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.extracts import NO_TEAM
from data_access.extracts.placeholders import PLACEHOLDERS
from data_access.loading.checks.references import holds_unseen, is_a_placeholder, is_mangled, tidied
from tests.loading import same_cell
from tests.loading.handing_over import Council
from tests.loading.same_cell import FORMATS, Cells

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
def test_a_child_who_cannot_be_told_is_kept_and_looks_back_on_nobody(form: str, sqlite_council: Council) -> None:
    source = {"Annex A": "a) 1A: Individual", "CIN census": "1A"}.get(form, "self")
    same_cell.load(
        sqlite_council,
        form,
        *(cells for reference in NO_CHILD for cells in (Cells(reference), Cells(reference, source))),
        Cells("C3"),
    )
    rows = list(sqlite_council.rows("referrals").values())
    unknown = [row for row in rows if row["unreadable"] == " child_id "]
    assert sorted(row["child_id"] for row in unknown) == sorted([*NO_CHILD, *NO_CHILD])
    assert len({row["child_key"] for row in rows}) == len(rows) == len(unknown) + 1
    heading = same_cell.CHILD.get(form, "child_id")
    assert same_cell.told(sqlite_council, "referrals") == {
        (check, heading, reference) for reference, check in NO_CHILD.items()
    }


NOBODY = ("NULL", "n/a", "-", "#N/A", "none")


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_is_no_child(form: str, sqlite_council: Council) -> None:
    same_cell.load(sqlite_council, form, *map(Cells, NOBODY), Cells("C2"))
    assert {row["child_id"] for row in sqlite_council.rows("referrals").values()} == {"C2"}
    refused = [row for row in sqlite_council.table("rejected_rows") if row["extract"] == "referrals"]
    assert [(row["field"], row["value"]) for row in refused] == [("child_id", nothing) for nothing in NOBODY]


UNSEEN = ["C\u200b1", "\ufeffC1", "C1\u00ad", "\u00a0C1", "C1\u2060 ", "\u200eC1"]


@pytest.mark.parametrize("form", FORMATS)
def test_characters_that_nobody_sees_make_no_other_child(form: str, sqlite_council: Council) -> None:
    report = same_cell.load(
        sqlite_council, form, *(Cells(reference, f"{number}A") for number, reference in enumerate(UNSEEN, start=1))
    )
    assert {row["child_key"] for row in sqlite_council.rows("referrals").values()} == {"C1"}
    if form in ("CSV", "workbook"):
        notice = f"column child_id: {len(UNSEEN)} cells hold characters or spaces that nobody sees"
        assert any(notice in written for written in report.notices)


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("12345.0", "12345"), ("A  1", "A 1"), ("a1", "a1"), ("007", "007"), ("1E5", "1E5"), ("00012", "00012")],
)
def test_references_that_are_alike_become_one_and_others_do_not(
    cell: str, kept: str, sqlite_council: Council
) -> None:
    same_cell.load(sqlite_council, "CSV", Cells(cell))
    assert [row["child_id"] for row in sqlite_council.rows("referrals").values()] == [kept]


REFERRALS = "referral_id,child_id,received_at,decided_at,team_id,worker_id,contact_id"


def test_other_references_that_name_nothing_are_blank_or_of_no_team(sqlite_council: Council) -> None:
    sqlite_council.hand_over(
        referrals=f"{REFERRALS}\nR1,C1,2010-01-05,,TBC,1.2E+05,UNKNOWN\nR2,C2,2010-01-05,,1.2E+05,NULL,\nR3,C3,2010-01-05,,NULL,,"
    )
    first, second = sqlite_council.rows("referrals").values()
    assert (first["team_id"], first["worker_id"], first["contact_id"]) == (NO_TEAM, None, None)
    assert first["unreadable"] == " contact_id team_id worker_id "
    assert (second["team_id"], second["worker_id"], second["unreadable"]) == (NO_TEAM, None, " team_id ")
    assert {(row["field"], row["value"]) for row in sqlite_council.table("load_warnings") if row["key"] == "R1"} == {
        ("team_id", "TBC"), ("worker_id", "1.2E+05"), ("contact_id", "UNKNOWN"),
    }  # fmt: skip


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
