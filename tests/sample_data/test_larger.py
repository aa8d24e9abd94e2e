"""A larger council is the small one in proportion."""

import csv

import pytest

from data_access.extracts import EXTRACTS, Kind, extract_named
from sample_data import generate, story
from tests.sample_data.checking import wrong_columns
from tests.sample_data.reckoning import Council, read, share

pytestmark = pytest.mark.soak


def count(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8") as file:
        return sum(1 for _ in file) - 1


def test_it_has_the_referrals_asked_for(larger):
    assert count(larger, "referrals") == pytest.approx(20_000, rel=0.01)


@pytest.mark.parametrize("name", ["contacts", "assessments", "cafs"])
def test_work_grows_with_the_referrals(larger, shipped, name):
    assert count(larger, name) == pytest.approx(count(shipped, name) * 20_000 / story.REFERRALS, rel=0.06)


@pytest.mark.parametrize("name", ["teams", "staff", "absences", "system_use", "audits"])
def test_teams_and_staff_grow_by_areas(larger, shipped, name):
    assert count(larger, name) == pytest.approx(2 * count(shipped, name), rel=0.06)


def test_the_story_is_the_same(larger):
    cases, _ = Council(larger).decisions()
    assert share(cases, story.DUTY_SYSTEM, story.LAST_FULL_DAY) == pytest.approx(0.94, abs=0.015)
    assert share(Council(larger).re_referrals(), story.LAUNCH, story.LAST_FULL_DAY) == pytest.approx(0.22, abs=0.02)


def test_every_row_is_sound_and_refers_to_rows_of_its_own_area(larger):
    manifest = read(larger, "manifest")
    known = {}
    for row in manifest:
        extract = extract_named(row["extract"])
        rows = read(larger, extract.name)
        assert [wrong_columns(extract, one) for one in rows if wrong_columns(extract, one)] == []
        keys = {tuple(one[key] for key in extract.key) for one in rows}
        assert len(keys) == len(rows)
        known[extract.name] = {key[0] for key in keys}
    for extract in EXTRACTS:
        if extract.name not in known:
            continue
        for column in extract.columns:
            if column.kind is Kind.ID and column.refers_to in known:
                named = {row[column.name] for row in read(larger, extract.name)} - {""}
                assert named <= known[column.refers_to], (extract.name, column.name)


def test_areas_differ(larger):
    with (larger / "referrals.csv").open(encoding="utf-8", newline="") as file:
        received = {}
        for row in csv.DictReader(file):
            received.setdefault(row["referral_id"][:4], []).append(row["received_at"])
    first, second = received.values()
    assert first[:50] != second[:50]


def test_rows_are_written_area_by_area(tmp_path):
    seen = []
    generate.write_extracts(tmp_path, referrals=26_000, progress=lambda done, areas: seen.append((done, areas)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_council_too_small_for_the_story_is_refused(tmp_path):
    with pytest.raises(ValueError, match="at least 1,000"):
        generate.write_extracts(tmp_path, referrals=999)


def test_the_smallest_council_has_every_table(tmp_path):
    rows = generate.write_extracts(tmp_path, referrals=generate.SMALLEST, seed=7)
    assert len(rows) == len(EXTRACTS) - 2
    assert all(rows.values())
