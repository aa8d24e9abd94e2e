"""Extracts show what was known at their moment, and weekly ones add up to the whole."""

import csv
from datetime import date, datetime, time, timedelta

import pytest

from data_access.extracts import EXTRACTS, Kind, extract_named
from sample_data import story
from sample_data.flaws import REFUSED
from sample_data.generate import write_extracts, write_week
from tests.sample_data.reckoning import Council, day, read, share
from tests.sample_data.replay import load

AUTUMN = datetime.combine(date(2009, 11, 9), time(7))
BEFORE_CLEANSING = datetime.combine(date(2010, 1, 11), time(7))
AHEAD = {("targets", "due_on"), ("targets", "from"), ("standards", "from"), ("standards", "to")}
"""What people set ahead of time; published figures are no part of the story."""


def rows_of(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def autumn(tmp_path_factory):
    folder = tmp_path_factory.mktemp("autumn")
    write_extracts(folder, as_at=AUTUMN)
    return folder


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    folder = tmp_path_factory.mktemp("before")
    write_extracts(folder, as_at=BEFORE_CLEANSING)
    return folder


@pytest.fixture(scope="module")
def run_on(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run-on")
    write_extracts(folder, as_at=datetime.combine(date(2010, 6, 28), time(7)))
    return folder


def test_nothing_from_the_future(autumn):
    columns = [
        (extract.name, column.name)
        for extract in EXTRACTS
        if extract.name not in {"codes", "comparators", "findings", "neighbour_sets", "spellings"}
        for column in extract.columns
        if column.kind in {Kind.DATE, Kind.TIME, Kind.WEEK} and (extract.name, column.name) not in AHEAD
    ]
    refused = {cell for row in REFUSED for _, cell in row.cells}
    late = [
        (name, heading, row[heading])
        for name, heading in columns
        for row in rows_of(autumn, name)
        if row[heading] > ("2009-11-09" if len(row[heading]) == 10 else "2009-11-09 07:00")
        and row[heading] not in refused
    ]
    assert late == []


def test_decisions_made_later_are_blank(autumn, shipped):
    decided = {row["referral_id"]: row["decided_at"] for row in rows_of(shipped, "referrals")}
    waiting = [row for row in rows_of(autumn, "referrals") if not row["decided_at"]]
    assert waiting
    assert all(row["decision"] == row["decided_by_role"] == "" for row in waiting)
    odd = [row for row in waiting if decided[row["referral_id"]] < row["received_at"]]
    assert len(odd) <= 1, "one of the rows to warn of"
    assert all(decided[row["referral_id"]] >= "2009-11-09" for row in waiting if row not in odd)


def test_corrections_made_later_are_not_there(before, shipped):
    now = {row["referral_id"]: row["team_id"] for row in rows_of(shipped, "referrals")}
    then = {row["referral_id"]: row["team_id"] for row in rows_of(before, "referrals")}
    assert any(team != now[key] for key, team in then.items() if key in now)


def test_late_rows_appear_later(autumn, shipped):
    late = []
    for name in ("contacts", "referrals"):
        key = extract_named(name).key[0]
        then = {row[key] for row in rows_of(autumn, name)}
        late += [row for row in read(shipped, name) if row["received_at"] < "2009-11-08" and row[key] not in then]
    assert late
    assert all(row["received_at"] > "2009-10-20" for row in late)


def test_cleansing_takes_rows_out_and_lowers_the_figure(before, shipped, council):
    for name, key in (("referrals", "referral_id"), ("assessments", "assessment_id")):
        gone = {row[key] for row in rows_of(before, name)} - {row[key] for row in rows_of(shipped, name)}
        assert len(gone) > 15
    first, last = story.PRACTICE_CHANGES, date(2010, 1, 8)
    earlier_picture = Council(before, BEFORE_CLEANSING).to_assessment()
    assert share(earlier_picture, date(2009, 10, 1), last) > 0.2
    assert share(council.to_assessment(), first, last) < share(earlier_picture, first, last)


def test_weeks_add_up_to_the_history_taken_whole(tmp_path):
    first, last = date(2009, 12, 28), date(2010, 2, 1)
    write_extracts(tmp_path / "history", as_at=datetime.combine(date(2009, 12, 28), time(7)))
    replayed, whole = {}, {}
    load(tmp_path / "history", replayed)
    week = first
    while week <= last:
        for folder in write_week(tmp_path / week.isoformat(), week):
            load(folder, replayed)
        week += timedelta(days=7)
    write_extracts(tmp_path / "whole", as_at=datetime.combine(week, story.AS_AT.time()))
    load(tmp_path / "whole", whole)
    assert replayed == whole


def test_a_week_lists_little_and_covers_its_seven_days(tmp_path):
    week, changes = write_week(tmp_path, date(2010, 3, 22))
    assert 40 < len(rows_of(week, "referrals")) < 100
    covers = {(r["covers_from"], r["covers_to"], r["complete"]) for r in rows_of(week, "manifest")}
    assert covers == {("2010-03-22", "2010-03-28", "yes")}
    assert {row["complete"] for row in rows_of(changes, "manifest")} == {"no"}
    assert all(day(row["received_at"]) < date(2010, 3, 22) for row in rows_of(changes, "referrals"))


def test_the_story_runs_on_to_the_new_standard(run_on):
    council = Council(run_on, datetime.combine(date(2010, 6, 28), time(7)))
    cases = council.to_assessment()
    january = share(cases, story.PRACTICE_CHANGES, date(2010, 2, 28))
    june = share(cases, date(2010, 5, 17), date(2010, 6, 11))
    assert january < june < 0.2
    assessed = council.assessed_in_time()
    assert share(assessed, date(2010, 4, 19), date(2010, 6, 27)) > 0.73
    assert [row["to"] for row in rows_of(run_on, "standards")] == ["2010-03-31", "", "", ""]


def test_tables_not_kept_yet_are_left_out(tmp_path):
    rows = write_extracts(tmp_path, as_at=datetime.combine(date(2008, 6, 2), time(7)))
    assert {"notifications", "system_use", "visits"}.isdisjoint(rows)
    assert all(entry["covers_from"] <= entry["covers_to"] for entry in rows_of(tmp_path, "manifest"))
    assert {entry["extract"] for entry in rows_of(tmp_path, "manifest")} == set(rows)


@pytest.mark.parametrize(
    "as_at", [datetime.combine(date(2007, 4, 1), time(7)), datetime.combine(date(2010, 7, 2), time(7))]
)
def test_moments_outside_the_story_are_refused(tmp_path, as_at):
    with pytest.raises(ValueError, match="lies outside it"):
        write_extracts(tmp_path, as_at=as_at)


def test_days_that_are_not_over_are_refused(tmp_path):
    with pytest.raises(ValueError, match="not over"):
        write_extracts(tmp_path, covers_from=date(2010, 3, 29))
