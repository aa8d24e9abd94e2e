"""A workbook loaded: in the database stands what the lists say, and the next month's workbook finds it again."""

import datetime as dt
from pathlib import Path

from data_access.loading import LoadedExtract, load_extracts
from tests.council import LOADER
from tests.loading.annex_a.layouts import referral, table, xlsx
from tests.loading.handing_over import Council, fates, terms

FILES = Path(__file__).parent / "files"
TERMS = terms("2019-12-01 07:00", "2019-01-01", "2019-11-30")


def load(council: Council, file: Path) -> dict[str, LoadedExtract]:
    return {one.extract: one for one in load_extracts(council.engine, LOADER, [file], terms=TERMS).loaded}


def test_a_sample_is_loaded_once_and_whole(council: Council) -> None:
    first = load(council, FILES / "child-event-journeys.xlsx")
    assert {name: (one.read, one.new) for name, one in first.items()} == {
        "contacts": (13, 13),
        "cafs": (2, 2),
        "referrals": (11, 11),
        "assessments": (5, 5),
        "section_47_enquiries": (3, 3),
        "conferences": (1, 1),
        "plans": (5, 5),
    }
    assert {one.format for one in first.values()} == {"Annex A"}
    assert council.rows("referrals")["annex-a:referral:3333:2019-03-22:1"]["received_on"] == dt.date(2019, 3, 22)
    assert load(council, FILES / "child-event-journeys.xlsx") == {}


def test_the_next_workbook_finds_its_rows_again(council: Council, tmp_path: Path) -> None:
    day = dt.date(2019, 3, 1)
    rows = [referral("C1", day, nfa="No"), referral("C2", day), referral("C3", day), referral("C3", "31/04/2019")]
    load(council, xlsx(tmp_path / "march.xlsx", {"List 3": table(3, *rows)}))
    rows = [referral("C9", day), referral("C2", "01/03/2019"), referral("C1", day, nfa="a) Yes")]
    again = load(council, xlsx(tmp_path / "april.xlsx", {"3": table(3, *rows)}))["referrals"]
    assert fates(again) == {"new": 1, "changed": 1, "unchanged": 1, "withdrawn": 1}
    assert council.rows("referrals")["annex-a:referral:C1:2019-03-01:1"]["decision"] == "no_further_action"
