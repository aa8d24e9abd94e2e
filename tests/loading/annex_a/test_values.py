"""Values as councils write them: prefixes, days, ages, blanks, spellings; what is not known is remarked on."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.loading.formats.annex_a.spelling import code_of, yes_or_no
from data_access.loading.formats.annex_a.text import band_of, day_of, text_of
from data_access.problems import ExtractProblem
from tests.loading.annex_a.handing_on import staged
from tests.loading.annex_a.layouts import codes, made, referral, remarks_of, rows_of, table

pytestmark = pytest.mark.usefixtures("workbooks_opened_here")

CODES = codes()
ON = dt.date(2024, 3, 1)

SOURCES = {
    "a) 1A: Individual": "self",
    "b) 1B: Individual": "other",
    "c) 1C: Individual": "self",
    "d) 1D: Individual": "other",
    "e) 2A: Schools": "school",
    "f) 2B: Education services": "council",
    "g) 3A: Health services": "health",
    "l) 3F: Health services": "health",
    "m) 4: Housing": "housing",
    "n) 5A: LA services": "adult_services",
    "o) 5B: LA services": "council",
    "p1) 5D: LA services": "council",
    "q) 6: Police": "police",
    "r) 7: Other legal agency": "other",
    "s) 8: Other": "other",
    "t) 9: Anonymous": "anonymous",
    "u) 10: Unknown": "unknown",
    "6": "police",
    "6.0": "police",
    "3a - GP": "health",
    "Police": "police",
    "POLICE ": "police",
    "q)\xa06:\xa0Police": "police",
    "School nurse": "health",
    "A&E": "health",
}
ETHNICITIES = {
    "a) WBRI": "white",
    "b) WIRI": "white",
    "c) WIRT": "white",
    "d) WOTH": "white",
    "e) WROM": "white",
    "f) MWBC": "mixed",
    "g) MWBA": "mixed",
    "h) MWAS": "mixed",
    "i) MOTH": "mixed",
    "j) AIND": "asian",
    "k) APKN": "asian",
    "l) ABAN": "asian",
    "m) AOTH": "asian",
    "n) BCRB": "black",
    "o) BAFR": "black",
    "p) BOTH": "black",
    "q) CHNE": "asian",
    "r) OOTH": "other",
    "s) REFU": "unknown",
    "s) NOBT": "unknown",
    "White British": "white",
    "WBRI - White British": "white",
    "White – Irish": "white",
    "Gypsy / Roma": "white",
    "Mixed - White & Asian": "mixed",
    "Asian or Asian British - Indian": "asian",
    "Black/Black British: African": "black",
    "Any other ethnic group": "other",
    "Information not yet obtained": "unknown",
}
SEXES = {
    "a) Male": "male",
    "b) Female": "female",
    "c) Not stated/recorded": "unknown",
    "c) Not stated/recorded (or unborn)": "unknown",
    "d) Neither": "unknown",
    "M": "male",
    "f": "female",
    "FEMALE": "female",
    "Unborn": "unborn",
    "1": "male",
}


@pytest.mark.parametrize(
    ("field", "spellings"),
    [("source", SOURCES), ("ethnicity", ETHNICITIES), ("sex", SEXES)],
    ids=lambda x: str(x)[:9],
)
def test_spellings_become_codes(field: str, spellings: dict[str, str], tmp_path: Path) -> None:
    rows = [referral(f"C{number}", ON, **{field: words}) for number, words in enumerate(spellings)]
    sheet = made(tmp_path, {"List 3": table(3, *rows)})["referrals"]
    found = dict(zip(spellings, (row[field] for row in rows_of(sheet)), strict=True))
    assert found == spellings
    assert remarks_of(sheet) == []


@pytest.mark.fuzz
@given(
    st.sampled_from(["6: Police", "WBRI", "Female", "2A: Schools", "White British"]),
    st.sampled_from(["", "a) ", "q) ", "(b) ", "zz) ", "p1) ", "B. ", "c)"]),
    st.sampled_from([str.upper, str.lower, str.title]),
    st.sampled_from(["", " ", "\xa0", "."]),
)
def test_prefixes_case_and_spaces_change_no_code(words: str, prefix: str, case, end: str) -> None:
    known = {**CODES["source"], **CODES["ethnicity"], **CODES["sex"]}
    frame = pl.DataFrame({"cell": [prefix + case(words) + end]}).select(text_of("cell"))
    assert code_of(frame.item(), known) == code_of(words, known) is not None


def test_words_that_no_spelling_knows_count_as_not_known_and_are_remarked_on(tmp_path: Path) -> None:
    rows = [
        referral("C1", ON, sex="Purple", ethnicity="x) ZZZZ", source="The moon", nfa="Perhaps"),
        referral("C2", ON),
    ]
    sheet = made(tmp_path, {"List 3": table(3, *rows)})["referrals"]
    first, second = rows_of(sheet)
    assert {first["sex"], first["ethnicity"], first["source"]} == {"unknown"}
    assert first["decision"] is None
    assert (second["sex"], second["ethnicity"], second["source"]) == (None, None, None)
    assert sorted(remarks_of(sheet)) == [
        (2, "unknown_spelling", "Ethnicity", "x) ZZZZ"),
        (2, "unknown_spelling", "Gender", "Purple"),
        (2, "unknown_spelling", "Referral NFA?", "Perhaps"),
        (2, "unknown_spelling", "Referral Source", "The moon"),
    ]


def test_an_organisation_not_known_counts_as_other_with_a_remark(tmp_path: Path) -> None:
    organisations = ["a) School", "Health Visiting", "Wizards Ltd", None]
    rows = [
        {"Child Unique ID": f"C{number}", "Assessment start date": ON, "Organisation completing assessment": one}
        for number, one in enumerate(organisations)
    ]
    sheet = made(tmp_path, {"List 2": table(2, *rows)})["cafs"]
    assert [row["agency"] for row in rows_of(sheet)] == ["school", "health_visiting", "other", "other"]
    field = "Organisation completing assessment"
    assert remarks_of(sheet) == [(4, "unknown_spelling", field, "Wizards Ltd"), (5, "code_missing", field, None)]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("a) Yes", True),
        ("b) No", False),
        ("Y", True),
        ("n", False),
        ("TRUE", True),
        ("0", False),
        ("1.0", True),
        ("NFA", True),
        ("c) Unknown", None),
        ("a)", None),
        ("", None),
    ],
)
def test_yes_and_no(words: str, meant: bool | None) -> None:
    assert yes_or_no(words) is meant


def test_only_no_further_action_is_a_decision(tmp_path: Path) -> None:
    rows = [referral("C1", ON, nfa="a) Yes"), referral("C2", ON, nfa="b) No"), referral("C3", ON)]
    found = rows_of(made(tmp_path, {"List 3": table(3, *rows)})["referrals"])
    assert [row["decision"] for row in found] == ["no_further_action", None, None]
    assert "decided_at" not in found[0]


def day(cell: str, *, required: bool = True) -> str | None:
    tidy = pl.DataFrame({"cell": [cell]}).select(text_of("cell"))
    return tidy.select(day_of("cell", required=required)).item()


FORMS = {
    "iso": lambda d: d.isoformat(),
    "iso with midnight": lambda d: f"{d.isoformat()} 00:00:00",
    "iso with a time": lambda d: f"{d.isoformat()}T14:30:05.123",
    "british": lambda d: f"{d:%d/%m/%Y}",
    "british without zeros": lambda d: f"{d.day}/{d.month}/{d.year}",
    "british with a time": lambda d: f"{d:%d/%m/%Y} 09:05",
    "points": lambda d: f"{d:%d.%m.%Y}",
    "hyphens": lambda d: f"{d:%d-%m-%Y}",
    "year first": lambda d: f"{d:%Y/%m/%d}",
    "two digits": lambda d: f"{d:%d/%m/%y}",
    "short month": lambda d: f"{d.day} {d:%b} {d.year}",
    "short month, two digits": lambda d: f"{d:%d-%b-%y}",
    "long month": lambda d: f"{d.day}th {d:%B}, {d.year}",
    "serial": lambda d: str((d - dt.date(1899, 12, 30)).days),
    "serial with a time": lambda d: f"{(d - dt.date(1899, 12, 30)).days}.75",
    "spaces": lambda d: f"\xa0{d:%d/%m/%Y} ",
}


@pytest.mark.fuzz
@given(st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)), st.sampled_from(sorted(FORMS)))
def test_days_in_every_form(when: dt.date, form: str) -> None:
    assert day(FORMS[form](when)) == when.isoformat()


@pytest.mark.parametrize("cell", ["31/02/2024", "2024-13-01", "soon", "1", "99999", "12/2024", "03/26/2024", "#N/A"])
def test_days_that_cannot_be_read_stay_as_they_are_where_one_is_needed(cell: str) -> None:
    assert day(cell) == cell


def test_what_says_that_there_is_no_day_is_blank_where_none_is_needed() -> None:
    assert [day(cell, required=False) for cell in ("#N/A", "n/a", "NULL", "-", "Ongoing", "31/02/2024")] == [
        None, None, None, None, None, "31/02/2024",
    ]  # fmt: skip


@pytest.mark.fuzz
@given(st.floats(-1, 25, allow_nan=False).map(lambda age: round(age, 1)), st.booleans())
def test_ages_become_bands(age: float, whole: bool) -> None:
    years = float(int(age)) if whole else age
    expected = (
        "unborn" if years < 0 else "under_1" if years < 1 else "1_to_4" if years < 5 else "5_to_9" if years < 10
        else "10_to_15" if years < 16 else "16_to_17" if years < 18 else "18_or_over"
    )  # fmt: skip
    for text in {str(years), f"{years:g}"}:
        assert band(age=text) == expected


def band(*, born: str | None = None, age: str | None = None) -> str:
    row = {"born": [born], "age": [age], "on": ["2024-03-01"]}
    frame = pl.DataFrame(row, schema=dict.fromkeys(row, pl.String))
    return str(frame.select(band_of("born", "age", "on")).item())


@pytest.mark.parametrize("age", ["", "many", "-7", "150", "nan", None])
def test_ages_that_cannot_be_are_not_known(age: str | None) -> None:
    assert band(age=age) == "unknown"


def test_the_day_of_birth_wins_over_the_age_when_listed() -> None:
    assert band(born="2024-06-01", age="0") == "unborn"
    assert band(born="2000-01-01", age="3") == "18_or_over"
    assert band(born="Spring", age="3.0") == "1_to_4"
    assert band(age="unborn") == "unborn"


@pytest.mark.parametrize("nothing", ["#N/A", "#REF!", "NULL", "n/a", " \xa0", "-", "\u200b"])
def test_what_says_nothing_is_blank(nothing: str, tmp_path: Path) -> None:
    row = referral("C1", ON, sex=nothing, ethnicity=nothing, source=nothing, nfa=nothing, team=nothing, age=nothing)
    ready = staged(made(tmp_path, {"List 3": table(3, row)})["referrals"], tmp_path)
    (found,) = ready.rows().collect().to_dicts()
    is_failed = nothing.startswith("#")
    assert (found["sex"], found["ethnicity"], found["source"], found["decision"]) == (None,) * 4
    assert (found["team_id"], found["age_band"]) == ("(no team)", None if is_failed else "unknown")
    assert found["unreadable"] == (" decision source age_band sex ethnicity " if is_failed else None)
    told = set(ready.warnings.select("check", "field").iter_rows())
    fields = {"Gender", "Ethnicity", "Referral Source", "Referral NFA?", "Allocated Team", "Age of Child (Years)"}
    assert {field.split(" (form")[0] for _, field in told} == (fields if is_failed else set())
    assert {check.split(" (")[0] for check, _ in told} == ({"formula_failed"} if is_failed else set())


BIRTHS = {
    "2019-05-01": False, "01/05/19": False, "1 May 2019": False, "": False, "NULL": False, "01/01/1900": False,
    "EDD 15/01/2020": True, "not known": True, "unborn": True, "31/02/2019": True,
}  # fmt: skip


def test_a_date_of_birth_that_is_none_is_remarked_on_and_never_quoted(tmp_path: Path) -> None:
    rows = [referral(f"C{number}", ON, born=born) for number, born in enumerate(BIRTHS)]
    sheet = made(tmp_path, {"List 3": table(3, *rows)})["referrals"]
    odd = [number for number, is_odd in enumerate(BIRTHS.values(), start=2) if is_odd]
    assert remarks_of(sheet) == [(number, "unread_date", "Date of Birth", None) for number in odd]
    bands = [row["age_band"] for row in rows_of(sheet)]
    assert bands == [*["1_to_4"] * 3, *["unknown"] * (len(BIRTHS) - 3)]


@pytest.mark.parametrize("heading", ["Date of referral", "Date of Birth"])
def test_a_list_with_the_month_first_is_refused_whole(heading: str, tmp_path: Path) -> None:
    rows = [{**referral(f"C{n}", "2024-03-01"), heading: day} for n, day in enumerate(("03/01/2024", "03/26/2024"))]
    with pytest.raises(ExtractProblem, match=rf"column {heading} have the month first \(row 3"):
        made(tmp_path, {"List 3": table(3, *rows)})


def test_children_who_cannot_be_told_are_linked_with_nobody(tmp_path: Path) -> None:
    contact = {"Child Unique ID": "UNKNOWN", "Date of Contact": ON}
    lists = {"List 1": table(1, contact), "List 3": table(3, referral("UNKNOWN", ON))}
    [found] = rows_of(made(tmp_path, lists)["contacts"])
    assert found["referral_id"] is None


def test_child_references_are_alike_in_every_list(tmp_path: Path) -> None:
    rows = [referral(cell, ON) for cell in (1234567, "1234567.0", " 1234567\xa0", "0012", "A 1")]
    found = rows_of(made(tmp_path, {"List 3": table(3, *rows)})["referrals"])
    assert [row["child_id"] for row in found] == ["1234567", "1234567", "1234567", "0012", "A 1"]
