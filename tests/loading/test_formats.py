"""Formats told apart by what files hold, one source for each date, and measures that a format can't tell."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from data_access.coverage.as_at import as_at_of, lacking, read_coverage
from data_access.database.opening import reading
from data_access.extracts.formats import ANNEX_A, CIN_CENSUS, NATIVE
from data_access.loading import ConfirmationProblem, load_extracts
from data_access.loading.delivery.covering import stretches
from data_access.measures import MEASURES
from data_access.problems import ExtractProblem
from data_access.queries import headline, series
from data_access.scope import Scope
from tests.council import LOADER
from tests.loading.handing_over import CONFIRMED, Council, everything, terms, write

POSTGRESQL_IN_SOAK = True

ANNEX_FILE = Path(__file__).parent / "annex_a" / "files" / "child-event-journeys.xlsx"
CIN_FILE = Path(__file__).parent / "cin_census" / "files" / "cin_2022__liia-tools.xml"
YEAR_2019 = terms("2020-06-30 07:00", "2019-01-01", "2020-06-29")
DECISIONS, RE_REFERRALS = "decisions_within_24_hours", "re_referrals_within_12_months"
OF_2019 = "referral_id,child_id,received_at,team_id\nR1,1111,2019-03-01 10:00,AT1\nR9,N9,2019-04-01 10:00,AT1"


@pytest.mark.parametrize("name", ["workbook.xlsx", "referrals.csv", "census.xml", "no suffix"])
def test_a_workbook_of_annex_a_is_known_whatever_its_name(name: str, council: Council, tmp_path: Path) -> None:
    file = shutil.copy(ANNEX_FILE, tmp_path / name)
    report = load_extracts(council.engine, LOADER, [Path(file)], terms=YEAR_2019)
    assert {one.format for one in report.loaded} == {ANNEX_A}
    assert {one.extract: one.new for one in report.loaded}["referrals"] == 11


def _census(file: Path, **others: str) -> Path:
    """Write the sample census with days that are possible, and with other words in the place of some."""
    text = CIN_FILE.read_text(encoding="utf-8").replace("1970-", "2021-").replace("1971-", "2021-")
    for was, becomes in others.items():
        text = text.replace(f">{was}<", f">{becomes}<")
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", ["census.xml", "referrals.csv", "workbook.xlsx"])
def test_a_census_is_known_whatever_its_name_and_says_its_dates_itself(
    name: str, council: Council, tmp_path: Path
) -> None:
    report = load_extracts(council.engine, LOADER, [_census(tmp_path / name)])
    assert {one.format for one in report.loaded} == {CIN_CENSUS}
    with reading(council.engine) as connection:
        covered = read_coverage(connection)["referrals", CIN_CENSUS]
    assert (covered.begins, covered.ends) == (dt.date(2021, 4, 1), dt.date(2022, 3, 31))


def test_annex_a_must_be_told_its_dates(council: Council) -> None:
    with pytest.raises(ExtractProblem, match=r"Annex A does not say when it was taken.*--extracted-at"):
        load_extracts(council.engine, LOADER, [ANNEX_FILE])


@pytest.mark.soak
def test_a_later_workbook_withdraws_what_it_no_longer_lists_and_keeps_the_rest(council: Council) -> None:
    load_extracts(council.engine, LOADER, [ANNEX_FILE], terms=YEAR_2019)
    again = load_extracts(
        council.engine, LOADER, [ANNEX_FILE], terms=terms("2020-07-07 07:00", "2019-01-01", "2020-07-05")
    )
    assert {(one.new, one.changed, one.withdrawn) for one in again.loaded} == {(0, 0, 0)}


def test_a_measure_that_the_format_can_t_tell_is_not_computable_and_never_nought(council: Council) -> None:
    load_extracts(council.engine, LOADER, [ANNEX_FILE], terms=YEAR_2019)
    with reading(council.engine) as connection:
        coverage = read_coverage(connection)
        missing = lacking(MEASURES[DECISIONS].definition, coverage)
        latest = headline(Scope.everything(), connection, [DECISIONS, RE_REFERRALS])
        weeks = series(Scope.everything(), connection, [DECISIONS])
        assert as_at_of(MEASURES[DECISIONS].definition, coverage) is None
    assert missing is not None
    assert (missing.format, "decision" in missing.meanings[0]) == (ANNEX_A, True)
    assert lacking(MEASURES[RE_REFERRALS].definition, coverage) is None
    states = dict(latest.select("measure", "state").iter_rows())
    assert states[DECISIONS] == "not_computable"
    assert states[RE_REFERRALS] != "not_computable"
    assert weeks.height > 50
    assert set(weeks.get_column("state")) == {"not_computable", "no_data"}
    assert weeks.get_column("value").null_count() == weeks.height


def test_two_formats_never_count_the_same_dates(council: Council) -> None:
    council.hand_over(terms("2019-06-30 07:00", "2019-01-01", "2019-06-29"), referrals=OF_2019)
    before = everything(council.engine)
    with pytest.raises(
        ExtractProblem, match="referrals of 2019-01-01 to 2019-06-29 stand already in the format native"
    ):
        load_extracts(council.engine, LOADER, [ANNEX_FILE], terms=YEAR_2019)
    assert everything(council.engine) == before


def test_native_changes_don_t_mix_with_another_format_but_a_complete_extract_takes_its_place(
    council: Council,
) -> None:
    load_extracts(council.engine, LOADER, [ANNEX_FILE], terms=YEAR_2019)
    folder = write(council.folder / "native", {"referrals": OF_2019})
    taken = "2020-07-07 07:00"
    with pytest.raises(ExtractProblem, match=r"with changes only.*in the format Annex A"):
        load_extracts(council.engine, LOADER, [folder], terms=terms(taken, "2019-01-01", "2019-12-31"))
    complete = terms(taken, "2019-01-01", "2019-12-31", complete=True)
    with pytest.raises(ConfirmationProblem, match=r"would withdraw all 11 rows"):
        load_extracts(council.engine, LOADER, [folder], terms=complete)
    report = load_extracts(council.engine, LOADER, [folder], terms=complete, confirmed=CONFIRMED)
    [loaded] = report.loaded
    assert (loaded.new, loaded.withdrawn) == (2, 11)
    with reading(council.engine) as connection:
        coverage = read_coverage(connection)
    assert (coverage["referrals", NATIVE].begins, coverage["referrals", NATIVE].ends) == (
        dt.date(2019, 1, 1),
        dt.date(2019, 12, 31),
    )
    assert coverage["referrals", ANNEX_A].begins == dt.date(2020, 1, 1)


def test_a_measure_that_two_formats_tell_is_known_for_the_dates_of_both(council: Council) -> None:
    load_extracts(council.engine, LOADER, [ANNEX_FILE], terms=YEAR_2019)
    council.hand_over(
        terms("2020-09-01 07:00", "2020-06-30", "2020-08-31"),
        referrals="referral_id,child_id,received_at,team_id\nR1,1111,2020-07-01 10:00,AT1",
    )
    with reading(council.engine) as connection:
        coverage = read_coverage(connection)
        both = as_at_of(MEASURES[RE_REFERRALS].definition, coverage)
        one = as_at_of(MEASURES[DECISIONS].definition, coverage)
    assert both is not None
    assert one is not None
    assert (both.begins, both.ends) == (dt.date(2019, 1, 1), dt.date(2020, 8, 31))
    assert (one.begins, one.ends) == (dt.date(2020, 6, 30), dt.date(2020, 8, 31))


def day(number: int) -> dt.date:
    return dt.date(2020, 1, number)


@pytest.mark.parametrize(
    ("loaded", "expected"),
    [
        ([], {}),
        ([("a", 1, 10)], {"a": [(1, 10)]}),
        ([("a", 1, 10), ("a", 5, 15)], {"a": [(1, 10), (5, 15)]}),
        ([("a", 1, 10), ("b", 11, 20)], {"a": [(1, 10)], "b": [(11, 20)]}),
        ([("a", 1, 10), ("b", 1, 10)], {"b": [(1, 10)]}),
        ([("a", 1, 10), ("b", 4, 6)], {"a": [(1, 3), (7, 10)], "b": [(4, 6)]}),
        ([("a", 1, 10), ("b", 8, 20), ("a", 9, 9)], {"a": [(1, 7), (9, 9)], "b": [(8, 8), (10, 20)]}),
    ],
)
def test_a_later_format_takes_its_dates_from_the_others(
    loaded: list[tuple[str, int, int]], expected: dict[str, list[tuple[int, int]]]
) -> None:
    found = stretches((form, day(first), day(last)) for form, first, last in loaded)
    assert found == {form: [(day(first), day(last)) for first, last in held] for form, held in expected.items()}


def test_a_council_s_own_spelling_is_read(council: Council) -> None:
    council.hand_over(spellings="list,spelling,code\nsource,Old Bill,police")
    council.hand_over(
        referrals="referral_id,child_id,received_at,team_id,source,sex\nR1,C1,2010-03-01 10:00,AT1,OLD BILL,F"
    )
    assert [council.rows("referrals")["R1"][name] for name in ("source", "sex")] == ["police", "female"]


def test_what_a_reader_remarks_is_counted_and_kept_with_the_file_s_own_heading(
    council: Council, tmp_path: Path
) -> None:
    report = load_extracts(council.engine, LOADER, [_census(tmp_path / "census.xml", **{"1A": "9Z"})])
    warned = {message: number for one in report.loaded for message, number in one.warned}
    assert [number for message, number in warned.items() if message.startswith("ReferralSource: ")] == [1]
    [referral] = council.rows("referrals").values()
    assert (referral["source"], referral["sex"]) == ("unknown", "male")


def test_a_refused_row_is_told_with_the_file_s_own_heading(council: Council) -> None:
    with pytest.raises(ExtractProblem) as refused:
        load_extracts(council.engine, LOADER, [CIN_FILE])
    assert "CINreferralDate lies outside 1990 to 2049 (row 36)" in str(refused.value)
