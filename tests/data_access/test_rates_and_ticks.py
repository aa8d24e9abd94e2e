"""A kind of measure that none of those that ship is: a rate of plain numbers, whose rows have keys of their own."""

import csv
import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Final

import polars as pl
import pytest
import sqlalchemy as sa

from dashboard.analysis.wording import figure
from dashboard.readings.judgements import judge_figures, subject_of
from dashboard.words.cases import kind_of, result_of, shown_as
from data_access import queries
from data_access.coverage.as_at import as_at_of, read_coverage
from data_access.dates.london_time import to_utc
from data_access.dates.periods import Grain
from data_access.loading import load_extracts, tick
from data_access.loading.delivery.manifest import Terms
from data_access.measures import MEASURES, Measure
from data_access.measures.adding_up import RATE
from data_access.measures.contract import COUNTED, NOT_YET_DUE
from data_access.measures.sql import AS_AT_ON, day_number_of, table, word
from data_access.measures.toy import Toy
from data_access.rollup import counting
from data_access.rollup.reach import Reach
from data_access.scope import Scope
from data_access.vocabulary import Chart, Period, Polarity, Unit
from tests.council import LOADER

_NAME: Final = "days_to_a_decision"
_referral = table("referrals", "referral")
_until = sa.func.coalesce(_referral.c.decided_on, AS_AT_ON)
_days = day_number_of(_until) - day_number_of(_referral.c.received_on)
_GIVEN: Final = MEASURES["decisions_within_24_hours"]

DAYS_TO_A_DECISION: Final = Measure(
    replace(
        _GIVEN.definition,
        id=_NAME,
        adding_up=RATE,
        polarity=Polarity.LOWER,
        unit="days per referral",
        period=Period.WEEK,
        chart=Chart.XMR,
        key="referrals",
        optional=(),
        links=(),
        fields=("referrals.received_at", "referrals.decided_at"),
        blank_while_open=None,
        details=tuple(one for one in _GIVEN.definition.details if one.name == "source"),
        dimensions=("source",),
        scale=2,
    ),
    sa.select(
        _referral.c.referral_id.label("case_id"),
        _referral.c.referral_id.label("key"),
        _referral.c.received_on.label("event_date"),
        _referral.c.team_id,
        sa.case((sa.and_(_referral.c.decided_on.is_(None), _days < 3), word(NOT_YET_DUE)), else_=word(COUNTED)).label(
            "result"
        ),
        (2 * _days).label("numerator"),
        sa.literal_column("2", sa.Integer).label("denominator"),
        _referral.c.source,
    ).select_from(_referral),
    _referral.c.received_on.between,
    Toy({}, ""),
)
"""Days from receipt to decision for each referral, in half days; due three days on."""

ROWS: Final = (
    # referral, received, decided, source
    ("R1", "2010-03-01", "2010-03-25", "school"),
    ("R2", "2010-03-02", "2010-03-26", "school"),
    ("R3", "2010-03-03", "2010-03-27", "police"),
    ("R4", "2010-03-27", "", "police"),
)
FIRST, LAST = dt.date(2010, 3, 1), dt.date(2010, 3, 31)
EVERYTHING: Final = Scope.everything()


@pytest.fixture
def loaded(database: sa.Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> sa.Engine:
    """Give a database with the referrals above, as at 28 March, in which the measure is counted too."""
    monkeypatch.setitem(MEASURES, _NAME, DAYS_TO_A_DECISION)
    with (tmp_path / "referrals.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("referral_id", "child_id", "received_at", "decided_at", "source", "team_id", "decision"))
        for referral, received, decided, source in ROWS:
            writer.writerow((referral, f"C{referral}", received, decided, source, "T1", "advice" if decided else ""))
    terms = Terms(
        to_utc(dt.datetime.fromisoformat("2010-03-28 07:00")),
        dt.date(2010, 1, 4),
        dt.date(2010, 3, 28),
        complete=True,
    )
    report = load_extracts(database, LOADER, [tmp_path], terms=terms)
    assert sum(one.refused for one in report.loaded) == 0
    return database


def test_the_measure_keeps_the_contract() -> None:
    assert DAYS_TO_A_DECISION.broken_rules() == []


def test_time_alone_makes_rows_due_that_depend_on_themselves_alone(loaded: sa.Engine) -> None:
    assert _sums(loaded) == [(144, 6, 3, 1, 0)]
    tick(loaded, to_utc(dt.datetime.fromisoformat("2010-03-29 07:00")))
    assert _sums(loaded) == [(144, 6, 3, 1, 0)]
    tick(loaded, to_utc(dt.datetime.fromisoformat("2010-03-30 07:00")))
    assert _sums(loaded) == [(144 + 2 * 3, 8, 4, 0, 0)]


def _sums(engine: sa.Engine) -> list[tuple[int, ...]]:
    """Return what the rollup holds of the whole service, having held it to the cohort counted now."""
    with engine.connect() as connection:
        as_at = as_at_of(DAYS_TO_A_DECISION.definition, read_coverage(connection))
        kept = counting.kept_cells(connection, DAYS_TO_A_DECISION)
        assert kept.equals(counting.cells(connection, DAYS_TO_A_DECISION, as_at, Reach(everything=True)))
    whole = kept.filter(pl.col("team_id") != "T1").select(pl.col(counting.SUMS).sum())
    return list(whole.iter_rows())


def test_a_rate_is_read_in_its_amounts_everywhere(loaded: sa.Engine) -> None:
    asked = {"first": FIRST, "last": LAST}
    with loaded.connect() as connection:
        by_source = queries.breakdown(EVERYTHING, connection, _NAME, **asked, by="source")
        by_team = queries.breakdown(EVERYTHING, connection, _NAME, **asked)
        listed = queries.cases(EVERYTHING, connection, _NAME, **asked)
        [month] = queries.series(EVERYTHING, connection, [_NAME], grain=Grain.MONTH, first=FIRST, last=LAST).rows(
            named=True
        )
    columns = ("numerator", "denominator", "value", "cases", "not_yet_due")
    assert by_source.select("source", *columns).rows() == [
        ("police", 24.0, 1.0, 24.0, 1, 1),
        ("school", 48.0, 2.0, 24.0, 2, 0),
    ]
    assert by_team.select("team", *columns).rows() == [("T1", 72.0, 3.0, 24.0, 3, 1)]
    assert tuple(month[name] for name in columns) == (72.0, 3.0, 24.0, 3, 1)
    assert listed.select("case_id", "numerator", "denominator", "state").rows() == [
        ("R4", 0.0, 0.0, "not_yet_due"),
        ("R1", 24.0, 1.0, "counted"),
        ("R2", 24.0, 1.0, "counted"),
        ("R3", 24.0, 1.0, "counted"),
    ]


def test_the_cases_of_a_rate_are_counted_neither_met_nor_late(loaded: sa.Engine) -> None:
    definition = DAYS_TO_A_DECISION.definition
    with loaded.connect() as connection:
        [_, *counted] = queries.cases(EVERYTHING, connection, _NAME, first=FIRST, last=LAST).iter_rows(named=True)
    assert {result_of(case, definition) for case in counted} == {"Counted"}
    assert {kind_of(case, definition) for case in counted} == {"met"}
    assert list(shown_as(definition)) == ["all"]


def test_a_rate_above_one_is_judged_in_its_own_unit(loaded: sa.Engine) -> None:
    tick(loaded, to_utc(dt.datetime.fromisoformat("2010-04-05 07:00")))
    definition = DAYS_TO_A_DECISION.definition
    with loaded.connect() as connection:
        figures = queries.series(EVERYTHING, connection, [_NAME])
    judgement = judge_figures(definition, figures)
    assert judgement.latest is not None
    assert subject_of(definition).unit is Unit.RATE
    assert figure(23.5, subject_of(definition)) == "23.5 days per referral"
    assert "days per referral" in judgement.sentence
    assert "%" not in judgement.sentence


def test_of_what_ships_only_percentages_are_judged_as_percentages() -> None:
    found = {name: subject_of(measure.definition).unit for name, measure in MEASURES.items()}
    assert {name: unit for name, unit in found.items() if unit is not Unit.PERCENT} == {
        "cafs_started": Unit.COUNT,
        "initial_assessments_overdue": Unit.COUNT,
        "children_not_yet_seen": Unit.COUNT,
        "core_assessments_overdue": Unit.COUNT,
        "cases_per_social_worker": Unit.RATE,
        "marfs_received": Unit.COUNT,
        "housing_notify_referrals": Unit.COUNT,
        "cases_held_by_practice_managers": Unit.COUNT,
        "children_without_social_worker": Unit.COUNT,
        "complaints": Unit.COUNT,
        "compliments": Unit.COUNT,
    }
