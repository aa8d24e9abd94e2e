"""Real censuses, as others made them up."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from data_access.loading.delivery.sheet import ROW
from data_access.loading.formats.cin_census import is_xml, read
from tests.loading.cin_census.making import CODES, by_extract, column, remarks_of, rows_of

FILES = Path(__file__).parent / "files"
OF_2022 = FILES / "cin_2022__liia-tools.xml"
OF_2024 = FILES / "cin_CIN_Census_2024__csc-validator-be-cin.xml"


def test_every_module_of_the_sample_of_2022_is_read_on_its_line() -> None:
    sheets = by_extract(read(OF_2022, "digest", CODES))
    assert {name: column(sheet, ROW) for name, sheet in sheets.items()} == {
        "referrals": [36],
        "assessments": [43],
        "section_47_enquiries": [56],
        "conferences": [42, 59, 70],
        "plans": [52, 63],
    }
    (referral,) = rows_of(sheets["referrals"])
    assert referral == {
        ROW: 36,
        "referral_id": "cin:DfEX0000001:1970-10-06:1",
        "child_id": "DfEX0000001",
        "received_at": "1970-10-06",
        "decision": "",
        "reason": "RC1",
        "source": "self",
        "team_id": "(no team)",
        "age_band": "1_to_4",
        "sex": "male",
        "ethnicity": "white",
        "disability": "yes",
        "closed_on": "1971-02-27",
    }
    assert column(sheets["assessments"], "referral_id") == ["cin:DfEX0000001:1970-10-06:1"]
    assert column(sheets["conferences"], "kind") == ["initial", "initial", "review"]
    assert column(sheets["plans"], "kind") == ["cin", "cp"]
    assert not any(remarks_of(sheet) for sheet in sheets.values())


def test_the_header_says_when_it_was_made_and_which_year_it_covers() -> None:
    stated = read(OF_2022, "digest", CODES)[0].stated
    assert stated is not None
    assert stated.extracted_at == datetime(2022, 5, 23, 10, 14, 5), "11:14 in summer is 10:14 UTC"  # noqa: DTZ001
    assert (stated.covers_from, stated.covers_to) == (date(2021, 4, 1), date(2022, 3, 31))


def test_the_planted_errors_of_2024_come_through_to_those_who_check() -> None:
    sheets = by_extract(read(OF_2024, "digest", CODES))
    assert [(row["started_on"], row["completed_on"]) for row in rows_of(sheets["assessments"])] == [
        ("2028-04-28", "2020-09-19"),
        ("2023-12-25", "2024-01-27"),
    ]
    assert column(sheets["referrals"], "child_id") == ["DfEX0000001", "child_fails_assessments"]
    assert column(sheets["referrals"], "disability") == ["yes", "no"]
    notices = "\n".join(sheets["referrals"].notices)
    assert "its Year is not that of its ReferenceDate 2024-03-31" in notices
    assert "text between elements was left out (1; line 23)" in notices


@pytest.mark.parametrize("file", [OF_2022, OF_2024])
def test_nothing_that_identifies_a_child_is_kept(file: Path) -> None:
    sheets = read(file, "digest", CODES)
    kept = repr([(sheet.notices, sheet.remarks, rows_of(sheet)) for sheet in sheets])
    content = file.read_text()
    identifying = re.findall(r"<(?:UPN|FormerUPN|UPNunknown|Person\w+|Expected\w+)>([^<]+)<", content)
    assert len(identifying) >= 6
    assert not [value for value in identifying if value in kept]
    assert "UPN (1)" in "".join(sheets[0].notices)


@pytest.mark.parametrize("file", [OF_2022, OF_2024])
def test_a_census_is_recognised_by_its_content(file: Path) -> None:
    assert is_xml(file.read_bytes()[:4096])
