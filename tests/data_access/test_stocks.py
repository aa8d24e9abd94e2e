"""Stocks: what stands at the end of a week or month, made by spells, moved by loads and by time alone."""

import csv
import datetime as dt
import math
from pathlib import Path
from typing import Final

import pytest
import sqlalchemy as sa

from data_access import queries
from data_access.coverage.as_at import as_at_of, read_coverage
from data_access.dates.london_time import to_utc
from data_access.dates.periods import Grain
from data_access.loading import load_extracts, tick
from data_access.loading.delivery.manifest import Terms
from data_access.measures import MEASURES
from data_access.queries.loads import restatements
from data_access.rollup import counting, upkeep
from data_access.rollup.reach import Reach
from data_access.scope import Scope
from tests.council import LOADER

POSTGRESQL_IN_SOAK = True

OVERDUE: Final = "initial_assessments_overdue"
EVERYTHING: Final = Scope.everything()
REFERRALS: Final = (
    # referral, received and decided, team
    ("R1", "2010-02-01", "T1"),
    ("R2", "2010-02-10", "T2"),
    ("R3", "2010-02-18", "T1"),
)
ASSESSMENTS: Final = (
    # assessment, referral, begun, completed, team: R1 is overdue from 11 February, R2 from the 22nd, R3 from 2 March
    ("A1", "R1", "2010-02-02", "", "T1"),
    ("A2", "R2", "2010-02-24", "2010-03-03", "T1"),
)


@pytest.fixture
def loaded(database: sa.Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> sa.Engine:
    """Give a database of the cases above as at 1 March, kept by difference."""
    monkeypatch.setattr(upkeep, "WHOLE_FROM", math.inf)
    _load(database, tmp_path, "2010-03-01 07:00", ASSESSMENTS[:1], REFERRALS)
    return database


def _load(
    engine: sa.Engine,
    folder: Path,
    taken: str,
    assessments: tuple[tuple[str, ...], ...],
    referrals: tuple[tuple[str, ...], ...] = (),
) -> None:
    written = {
        "referrals": (
            ("referral_id", "child_id", "received_at", "decided_at", "decision", "team_id", "closed_on"),
            [(ref, f"C{ref}", on, on, "initial_assessment", team, "") for ref, on, team in referrals],
        ),
        "assessments": (
            (
                "assessment_id",
                "child_id",
                "referral_id",
                "kind",
                "started_on",
                "completed_on",
                "team_id",
                "terminated_on",
            ),
            [
                (one, f"C{ref}", ref, "initial", began, ended, team, "")
                for one, ref, began, ended, team in assessments
            ],
        ),
    }
    for name, (headings, rows) in written.items():
        if rows:
            with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows([headings, *rows])
        else:
            (folder / f"{name}.csv").unlink(missing_ok=True)
    moment = dt.datetime.fromisoformat(taken)
    terms = Terms(to_utc(moment), dt.date(2010, 1, 4), moment.date() - dt.timedelta(days=1), complete=False)
    report = load_extracts(engine, LOADER, [folder], terms=terms)
    assert sum(one.refused for one in report.loaded) == 0


def _figures(engine: sa.Engine, grain: Grain, *, team: str | None = None) -> dict[str, tuple[float, str]]:
    """Return the figures since February by the last day of their period, having held the rollup to the cohort."""
    with engine.connect() as connection:
        measure = MEASURES[OVERDUE]
        as_at = as_at_of(measure.definition, read_coverage(connection))
        kept = counting.kept_cells(connection, measure)
        assert kept.equals(counting.cells(connection, measure, as_at, Reach(everything=True)))
        found = queries.series(EVERYTHING, connection, [OVERDUE], grain=grain, first=dt.date(2010, 2, 1), team=team)
    return {str(row["end"]): (row["value"], row["state"]) for row in found.iter_rows(named=True)}


def test_a_stock_is_what_stands_at_the_end(loaded: sa.Engine) -> None:
    weeks = _figures(loaded, Grain.WEEK)
    assert {end: weeks[end] for end in sorted(weeks)[:4]} == {
        "2010-02-07": (0, "complete"),
        "2010-02-14": (1, "complete"),
        "2010-02-21": (1, "complete"),
        "2010-02-28": (2, "complete"),
    }
    assert _figures(loaded, Grain.MONTH)["2010-02-28"] == (2, "complete")
    assert _figures(loaded, Grain.WEEK, team="T2")["2010-02-28"] == (1, "complete")


def test_the_list_is_what_is_open_on_the_last_day(loaded: sa.Engine, tmp_path: Path) -> None:
    _load(loaded, tmp_path, "2010-03-08 07:00", ASSESSMENTS, REFERRALS)
    with loaded.connect() as connection:
        listed = {
            last.isoformat(): queries.cases(EVERYTHING, connection, OVERDUE, first=last, last=last)[
                "case_id"
            ].to_list()
            for last in (dt.date(2010, 2, 14), dt.date(2010, 2, 23), dt.date(2010, 2, 28), dt.date(2010, 3, 7))
        }
        waiting = queries.waiting(EVERYTHING, connection, OVERDUE)
        by_kind = queries.breakdown(
            EVERYTHING, connection, OVERDUE, first=dt.date(2010, 3, 1), last=dt.date(2010, 3, 7), by="waits_for"
        )
        by_team = queries.breakdown(
            EVERYTHING, connection, OVERDUE, first=dt.date(2010, 3, 1), last=dt.date(2010, 3, 7)
        )
    assert listed == {
        "2010-02-14": ["A1"],
        "2010-02-23": ["A1", "R2"],
        "2010-02-28": ["A1", "A2"],
        "2010-03-07": ["A1", "R3"],
    }
    assert waiting["case_id"].to_list() == ["A1", "R3"]
    assert by_kind.select("waits_for", "value").rows() == [("being begun", 1), ("completion", 1)]
    assert by_team.select("team", "value").rows() == [("T1", 2)]


def test_cases_become_overdue_by_time_alone(loaded: sa.Engine) -> None:
    tick(loaded, to_utc(dt.datetime.fromisoformat("2010-03-03 07:00")))
    with loaded.connect() as connection:
        assert queries.waiting(EVERYTHING, connection, OVERDUE)["case_id"].to_list() == ["A1", "R2", "R3"]
    assert _figures(loaded, Grain.WEEK)["2010-02-28"] == (2, "complete")


def test_a_later_correction_restates_every_week_in_which_the_case_stood(loaded: sa.Engine, tmp_path: Path) -> None:
    _load(loaded, tmp_path, "2010-03-08 07:00", ASSESSMENTS, REFERRALS)
    assert {
        end: value for end, (value, _) in _figures(loaded, Grain.WEEK).items() if "2010-02-14" <= end < "2010-03-14"
    } == {
        "2010-02-14": 1,
        "2010-02-21": 1,
        "2010-02-28": 2,
        "2010-03-07": 2,
    }
    _load(loaded, tmp_path, "2010-03-08 09:00", (("A1", "R1", "2010-02-02", "2010-02-12", "T1"),))
    with loaded.connect() as connection:
        told = restatements(EVERYTHING, connection, measure=OVERDUE)
    latest = told.filter(load_id=told["load_id"].max())
    columns = ("part", "numerator_before", "numerator_after")
    assert latest.select(columns).rows() == [
        (dt.date(2010, 2, 8), 1, 0),
        (dt.date(2010, 2, 15), 1, 0),
        (dt.date(2010, 2, 22), 2, 1),
        (dt.date(2010, 3, 1), 2, 1),
    ]
    assert _figures(loaded, Grain.WEEK)["2010-02-14"] == (0, "complete")


def test_an_assessment_completed_after_the_data_were_taken_is_listed_with_any_day(
    loaded: sa.Engine, tmp_path: Path
) -> None:
    _load(loaded, tmp_path, "2010-03-08 07:00", (("A1", "R1", "2010-02-02", "2010-03-12", "T1"),))
    for last in (dt.date(2010, 3, 7), dt.date(2010, 3, 28)):
        with loaded.connect() as connection:
            listed = queries.cases(EVERYTHING, connection, OVERDUE, first=last, last=last)
            by_team = queries.breakdown(
                EVERYTHING, connection, OVERDUE, first=last - dt.timedelta(days=6), last=last, by="team"
            )
        assert listed.filter(state="not_computable")["case_id"].to_list() == ["A1"]
        assert by_team["not_computable"].sum() == 1


def test_what_is_not_yet_due_leaves_like_what_stands(loaded: sa.Engine, tmp_path: Path) -> None:
    """Assessments may be taken later than referrals, whose time decides what is due."""
    _load(loaded, tmp_path, "2010-03-19 07:00", (("A3", "R3", "2010-02-19", "2010-03-18", "T1"),))
    week = dt.date(2010, 3, 1), dt.date(2010, 3, 7)
    after = dt.date(2010, 3, 15), dt.date(2010, 3, 21)
    with loaded.connect() as connection:
        not_yet_due = {
            last: (
                queries.breakdown(EVERYTHING, connection, OVERDUE, first=first, last=last)["not_yet_due"].sum(),
                queries.cases(EVERYTHING, connection, OVERDUE, first=first, last=last)
                .filter(state="not_yet_due")["case_id"]
                .to_list(),
            )
            for first, last in (week, after)
        }
    assert not_yet_due == {week[1]: (1, ["A3"]), after[1]: (0, [])}
    _figures(loaded, Grain.WEEK)


def test_those_who_wait_to_this_day_are_listed_first(loaded: sa.Engine, tmp_path: Path) -> None:
    _load(loaded, tmp_path, "2010-03-08 07:00", ASSESSMENTS, REFERRALS)
    monday = dt.date(2010, 3, 2)
    with loaded.connect() as connection:
        listed = queries.cases(EVERYTHING, connection, OVERDUE, first=monday, last=monday)
    assert listed["case_id"].to_list() == ["A1", "R3", "A2"]
