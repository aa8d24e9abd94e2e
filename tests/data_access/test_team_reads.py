"""What a team's report reads of generated worlds, on both engines, against the judge and against longer ways."""

import contextlib
import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping

import polars as pl
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access import queries
from data_access.database.opening import connect
from data_access.dates.periods import Grain
from data_access.extracts import NO_TEAM
from data_access.measures import MEASURES
from data_access.measures.definition import About
from data_access.queries.left_out import left_out_by_reason
from data_access.scope import Scope
from tests.data_access.naive_reads import Known, Rows, Window, hidden, judged, known, load_together, rounded, told
from tests.drawing import examples
from tests.oracle import World
from tests.oracle.periods import makes, total
from tests.strategies import ExtractFile, extracts, replay
from tests.strategies.rows import TEAMS

POSTGRESQL_IN_SOAK = True

EVERYTHING = Scope.everything()
MANAGING = Scope(teams=None, case_teams=frozenset({*TEAMS, NO_TEAM}))
"""Of those who manage every team: staff are listed to nobody else."""
SPANS = ((dt.date(2009, 11, 2), dt.date(2010, 1, 31)), (dt.date(2009, 12, 1), dt.date(2009, 12, 31)))
"""Whole weeks or months; measures take them in turn, since each may have days of its own."""


@pytest.mark.fuzz
@settings(suppress_health_check=list(HealthCheck), max_examples=examples(test=1, soak=5))
@given(files=extracts(), turn=st.integers(0, 1), up_to=st.sampled_from((None, dt.date(2009, 12, 29))))
def test_what_a_teams_report_reads(
    new_database: Callable[[], contextlib.AbstractContextManager[str]],
    files: list[ExtractFile],
    turn: int,
    up_to: dt.date | None,
) -> None:
    world = replay(World(), files)
    rows = judged(world)
    when = {name: known(world, measure.definition) for name, measure in MEASURES.items()}
    windows = {name: SPANS[(number + turn) % len(SPANS)] for number, name in enumerate(MEASURES)}
    with new_database() as url:
        engine = connect(url)
        load_together(engine, files)
        with engine.connect() as connection:
            check_figures(connection, windows, rows, when)
            check_latest(connection, up_to)
            check_waiting(connection)
            check_left_out(connection, windows)
        engine.dispose()


def check_figures(
    connection: sa.Connection,
    windows: Mapping[str, tuple[dt.date, dt.date]],
    rows: Rows,
    when: Mapping[str, Known | None],
) -> None:
    """Every team with a row stands there with its sums, hidden where it is too small; the service is all of them."""
    expected = []
    for name, (first, last) in windows.items():
        definition, known_of = MEASURES[name].definition, when[name]
        cut = known_of is not None and known_of.lacks_any(first, last)
        mine = told(rows[name], {row.event_date for row in rows[name]} if cut else ())
        unseen = hidden(definition, mine, Window(first, last, first))
        inside = sorted({row.team_id for row in mine if makes(row, first, last)})
        for team in (None, *inside):
            if team in unseen:
                expected.append((name, team, *(None,) * 6, True))
                continue
            sums = total(mine, first, last, None if team is None else [team])
            numerator, denominator = sums.numerator / definition.scale, sums.denominator / definition.scale
            value = numerator if not definition.adding_up.has_denominator else None
            if definition.adding_up.has_denominator and denominator:
                value = numerator / denominator
            amounts = (rounded(numerator), rounded(denominator), None if cut else rounded(value))
            expected.append((name, team, *amounts, sums.cases, sums.not_yet_due, sums.not_computable, False))
    read = queries.figures_by_team(EVERYTHING, connection, windows).with_columns(pl.selectors.float().round(9))
    assert read.schema == queries.BY_TEAM
    assert read.rows() == expected
    north = Scope(frozenset({"north"}), frozenset(), whole=False)
    team_only = queries.figures_by_team(north, connection, windows).with_columns(pl.selectors.float().round(9))
    assert team_only.rows() == read.filter(pl.col("team") == "north").rows()


def check_latest(connection: sa.Connection, up_to: dt.date | None) -> None:
    """It is the last complete row of the whole series among the last 53 periods that had ended."""
    latest = queries.latest_settled(EVERYTHING, connection, list(MEASURES), up_to=up_to)
    for name, measure in MEASURES.items():
        grain = Grain(measure.definition.period)
        series = queries.series(EVERYTHING, connection, [name], grain=grain, last=up_to)
        ended = series.filter(pl.lit(up_to is None) | (pl.col("end") <= (up_to or dt.date.max))).tail(53)
        complete = ended.filter(pl.col("state") == "complete")
        settled = None if complete.is_empty() else complete.row(-1, named=True)["start"]
        assert (latest[name].start if name in latest else None) == settled, name


def check_waiting(connection: sa.Connection) -> None:
    """Cases and children are those of the list of each measure; a child has the same number in all of them."""
    waits = queries.waiting_by_team(MANAGING, connection, list(MEASURES))
    for name, measure in MEASURES.items():
        if measure.definition.about is About.STAFF_HEALTH:
            continue
        listed, children = queries.waiting_with_children(MANAGING, connection, name)
        assert listed.equals(queries.waiting(MANAGING, connection, name))
        frame = waits.get(name)
        assert (name in waits) is bool(listed.height)
        if frame is not None:
            assert Counter(frame["team"]) == Counter(listed["team"])
            assert frame["child"].drop_nulls().n_unique() == children
    north = queries.waiting_by_team(Scope.of_team("north"), connection, list(MEASURES))
    for name, frame in north.items():
        assert frame.height == waits[name].filter(pl.col("team") == "north").height > 0


def check_left_out(connection: sa.Connection, windows: Mapping[str, tuple[dt.date, dt.date]]) -> None:
    """They are the cases of the list that could not be worked out, by reason, but for those that only wait."""
    named = set(queries.teams_with_figures(EVERYTHING, connection))
    for team in named:
        expected = Counter(
            (name, case["why"])
            for name, (first, last) in windows.items()
            if MEASURES[name].definition.about is not About.STAFF_HEALTH
            for case in queries.cases(MANAGING, connection, name, first=first, last=last).to_dicts()
            if case["team"] == team and case["state"] == "not_computable" and case["why"] != "still waits"
        )
        read = left_out_by_reason(EVERYTHING, connection, windows, team=team)
        assert {(name, why): cases for name, why, cases in read.iter_rows()} == expected
        assert read["cases"].to_list() == sorted(read["cases"].to_list(), reverse=True)
