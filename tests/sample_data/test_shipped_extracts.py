"""The extracts that ship are those that the story makes, and are what their descriptions say."""

import csv
from collections import Counter
from datetime import date

import pytest

from data_access.extracts import EXTRACTS, Kind, extract_named
from data_access.measures import MEASURES
from sample_data import story
from sample_data.flaws import REFUSED
from sample_data.generate import write_extracts
from tests.sample_data.checking import wrong_columns
from tests.sample_data.reckoning import read

WITHOUT_TARGETS = {
    "assessments_within_45_working_days",
    "complaints",
    "contacts_becoming_referrals",
    "held_back_then_referred",
    "referrals_leading_to_any_assessment_or_section_47",
    "referrals_leading_to_initial_assessment",
    "repeat_assessments_within_12_months",
    "second_child_protection_plans",
}
"""The measures of which neither the plan nor guidance asks for a figure that could be printed in 2010."""
WRITTEN = [extract for extract in EXTRACTS if extract.name not in {"codes", "spellings"}]


def rows_of(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_story_makes_the_shipped_files_again(shipped, tmp_path):
    write_extracts(tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {path.name for path in shipped.iterdir()}
    differing = [name for name in sorted(names) if (tmp_path / name).read_bytes() != (shipped / name).read_bytes()]
    assert differing == []


def test_the_shipped_files_are_small(shipped):
    assert sum(path.stat().st_size for path in shipped.iterdir()) < 6_000_000


def test_every_extract_but_the_code_lists_is_there_with_rows(shipped):
    manifest = rows_of(shipped, "manifest")
    assert [row["extract"] for row in manifest] == [extract.name for extract in WRITTEN]
    assert [extract.name for extract in WRITTEN if not rows_of(shipped, extract.name)] == []
    for row in manifest:
        assert row["extracted_at"] == "2010-03-29 07:00"
        assert row["covers_to"] == "2010-03-28"
        assert row["complete"] == "yes"
        assert row["source_system"]
        earliest = story.PLANS_KNOWN_FROM if row["extract"] == "plans" else story.BEGINS
        assert date.fromisoformat(row["covers_from"]) >= earliest


@pytest.mark.parametrize("extract", WRITTEN, ids=lambda extract: extract.name)
def test_headings_are_those_of_the_description(shipped, extract):
    with (shipped / f"{extract.name}.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == [column.name for column in extract.columns]


@pytest.mark.parametrize("extract", WRITTEN, ids=lambda extract: extract.name)
def test_only_the_listed_rows_are_to_be_refused(shipped, extract):
    found = []
    for row in rows_of(shipped, extract.name):
        found += [(row[extract.key[0]], heading) for heading in wrong_columns(extract, row)]
    assert sorted(found) == sorted((r.key, r.column) for r in REFUSED if r.extract == extract.name)


@pytest.mark.parametrize("extract", WRITTEN, ids=lambda extract: extract.name)
def test_keys_tell_rows_apart(shipped, extract):
    keys = Counter(tuple(row[key] for key in extract.key) for row in rows_of(shipped, extract.name))
    assert [key for key, times in keys.items() if times > 1] == []


ODD_REFERENCES = Counter(
    {
        ("contacts", "team_id", "AT9"): 3,
        ("referrals", "contact_id", "C-999999"): 1,
        ("absences", "staff_id", "S-9999"): 1,
    }
)


def test_references_lead_somewhere_but_for_a_few_to_warn_of(shipped):
    known = {extract.name: {row[extract.key[0]] for row in read(shipped, extract.name)} for extract in WRITTEN}
    astray = Counter(
        (extract.name, column.name, row[column.name])
        for extract in WRITTEN
        for row in read(shipped, extract.name)
        for column in extract.columns
        if column.kind is Kind.ID and column.refers_to and row[column.name]
        if row[column.name] not in known[column.refers_to]
    )
    assert astray == ODD_REFERENCES


def test_every_measure_has_a_target_but_those_of_which_nothing_is_asked(shipped):
    asked = {row["measure"] for row in rows_of(shipped, "targets")}
    assert asked <= set(MEASURES)
    assert set(MEASURES) - asked == WITHOUT_TARGETS
    assert all(row["source"] for row in rows_of(shipped, "comparators"))


def test_spells_begin_before_they_end(shipped):
    for name in ("staff", "posts", "absences", "plans", "allocations"):
        extract = extract_named(name)
        for row in rows_of(shipped, name):
            if row["to"] and not wrong_columns(extract, row):
                assert row["from"] <= row["to"], (name, row)
