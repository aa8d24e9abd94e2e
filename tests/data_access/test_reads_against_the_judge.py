"""Every read of generated worlds, on both engines, against the judge: figures, states, breakdowns, case lists."""

import contextlib
import datetime as dt
from collections.abc import Callable, Mapping

import polars as pl
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access import queries
from data_access.coverage.as_at import AsAt
from data_access.database.opening import connect
from data_access.dates.periods import Grain, Span
from data_access.extracts import NO_TEAM
from data_access.measures import MEASURES, Measure
from data_access.measures.contract import WAITS
from data_access.measures.definition import About
from data_access.queries import SERIES
from data_access.queries.figures import Sums, state_of
from data_access.scope import Scope
from tests.data_access.naive_reads import (
    CALENDAR,
    Figure,
    Known,
    Rows,
    Window,
    figure,
    hidden,
    judged,
    known,
    load_together,
    rounded,
    state,
    told,
    windows,
)
from tests.drawing import examples
from tests.oracle import CohortRow, World
from tests.oracle.measures import STILL_WAITS
from tests.oracle.periods import STANDING, makes, rolling_12_months, total, year_to_date
from tests.strategies import ExtractFile, extracts, replay
from tests.strategies.rows import TEAMS

POSTGRESQL_IN_SOAK = True

EVERYTHING = Scope.everything()
MANAGING = Scope(teams=None, case_teams=frozenset({*TEAMS, NO_TEAM}))
"""Of those who manage every team: staff are listed to nobody else."""
NAMES = {"north": "North team", "south": "South team"}
LISTED = ExtractFile(
    table="teams",
    columns=("team_id", "name", "service"),
    rows=tuple({"team_id": team, "name": name, "service": "Assessment"} for team, name in NAMES.items()),
    extracted_at=dt.datetime.fromisoformat("2010-01-04 07:00"),
    covers_from=dt.date(2007, 4, 1),
    covers_to=dt.date(2010, 1, 3),
    complete=True,
)
"""The teams of the extract of teams; duty is named by its cases alone."""
Asked = tuple[str | None, ...]
"""Teams to ask for; None is the whole service."""

UP_TO = (dt.date(2009, 12, 27), dt.date(2010, 1, 20), dt.date(2011, 1, 1))
SPANS = (
    (dt.date(2007, 4, 2), dt.date(2010, 12, 31)),
    (dt.date(2009, 12, 14), dt.date(2010, 1, 3)),
    (dt.date(2009, 12, 1), dt.date(2009, 12, 31)),
)
"""Whole weeks or whole months, as a breakdown by team asks."""

PLANNED = frozenset({"cases_held_by_practice_managers", "children_without_social_worker"})
"""The measures whose cases end on days that may be planned ahead."""
AT_ONCE = 8
"""Measures read of each world; over many worlds every measure has its turn."""
Measures = Mapping[str, Measure]


def some_measures() -> st.SearchStrategy[Measures]:
    """Return so many measures, in the order of the registry."""
    chosen = st.permutations(list(MEASURES)).map(lambda names: names[:AT_ONCE])
    return chosen.map(lambda names: {name: measure for name, measure in MEASURES.items() if name in names})


@pytest.mark.fuzz
@settings(suppress_health_check=list(HealthCheck), max_examples=examples(test=2, soak=6))
@given(files=extracts(), span=st.sampled_from(SPANS), any_team=st.integers(0, 5), measures=some_measures())
def test_every_read_says_what_the_judge_says(
    new_database: Callable[[], contextlib.AbstractContextManager[str]],
    files: list[ExtractFile],
    span: tuple[dt.date, dt.date],
    any_team: int,
    measures: Measures,
) -> None:
    world = replay(World(), files)
    rows = judged(world, measures)
    when = {measure.id: known(world, measure.definition) for measure in measures.values()}
    teams = sorted({*NAMES, NO_TEAM, *(row.team_id for found in rows.values() for row in found)})
    asked = (None, teams[any_team % len(teams)])
    with new_database() as url:
        engine = connect(url)
        load_together(engine, [LISTED, *files])
        with engine.connect() as connection:
            check_series(connection, measures, rows, when, asked)
            check_headlines(connection, measures, rows, when, asked)
            for measure in measures.values():
                since, until = span
                known_of, lacks = when[measure.id], _lacks(when[measure.id])
                cut = known_of is not None and known_of.lacks_any(since, until)
                days = {row.event_date for row in rows[measure.id]} if cut else lacks
                check_teams(connection, measure, told(rows[measure.id], days), *span, cut=cut)
                check_dimensions(connection, measure, told(rows[measure.id], days), *span, asked, cut=cut)
                check_cases(connection, measure, told(rows[measure.id], lacks), *span, asked)
            check_waiting(
                connection, measures, world, {name: _untold(mine, when[name]) for name, mine in rows.items()}
            )
        engine.dispose()


def _untold(rows: list[CohortRow], when: Known | None) -> list[CohortRow]:
    """Return the rows of the days for which every column that decides was sent."""
    return [row for row in rows if row.event_date not in _lacks(when)]


def _lacks(when: Known | None) -> frozenset[dt.date]:
    return frozenset() if when is None else when.lacks


def check_series(
    connection: sa.Connection, measures: Measures, rows: Rows, when: dict[str, Known | None], asked: Asked
) -> None:
    for grain in Grain:
        for team in asked:
            found = queries.series(EVERYTHING, connection, list(measures), grain=grain, team=team)
            assert found.schema == SERIES
            assert [as_tuple(row) for row in found.iter_rows(named=True)] == [
                (measure.id, str(grain), window.start, window.end, team, *cells(of))
                for measure in measures.values()
                for window in known_windows(measure, when[measure.id], grain)
                for of in [
                    figure(
                        measure.definition,
                        when[measure.id],
                        grain,
                        window,
                        rows[measure.id],
                        None if team is None else [team],
                    )
                ]
            ]


def known_windows(measure: Measure, when: Known | None, grain: Grain) -> list[Window]:
    return [] if when is None else windows(measure.definition, grain, when.begins, max(when.on, when.ends))


def cells(of: Figure) -> tuple[object, ...]:
    amounts = (rounded(of.numerator), rounded(of.denominator), rounded(of.value))
    return (*amounts, of.cases, of.not_yet_due, of.not_computable, of.state)


def as_tuple(row: dict[str, object]) -> tuple[object, ...]:
    return tuple(round(cell, 9) if isinstance(cell, float) else cell for cell in row.values())


def check_headlines(
    connection: sa.Connection, measures: Measures, rows: Rows, when: dict[str, Known | None], asked: Asked
) -> None:
    for up_to in (None, *UP_TO):
        for team in asked:
            found = queries.headline(EVERYTHING, connection, list(measures), up_to=up_to, team=team)
            assert found.get_column("measure").to_list() == list(measures)
            for row in found.iter_rows(named=True):
                measure = measures[row["measure"]]
                check_headline(row, measure, rows[measure.id], when[measure.id], up_to, team)


def check_headline(
    row: dict[str, object],
    measure: Measure,
    rows: list[CohortRow],
    when: Known | None,
    up_to: dt.date | None,
    team: str | None,
) -> None:
    """The latest complete period of the last 53, else the latest; year to date and 12 months end with it."""
    definition, natural = measure.definition, Grain(measure.definition.period)
    teams = None if team is None else [team]
    offered = [] if when is None else windows(definition, natural, when.begins, up_to or max(when.on, when.ends))
    if not offered:
        assert (row["period"], row["state"], row["start"], row["value"]) == (str(natural), "no_data", None, None)
        return
    mine = [one for one in rows if teams is None or one.team_id in teams]
    settled = [
        window
        for window in offered[-53:]
        if figure(definition, when, natural, window, mine, None).state == "complete"
    ]
    window = (settled or offered)[-1]
    expected = figure(definition, when, natural, window, rows, teams)
    assert as_tuple({name: row[name] for name in SERIES}) == (
        (measure.id, str(natural), window.start, window.end, team, *cells(expected))
    )
    for grain in (Grain.YEAR_TO_DATE, Grain.TWELVE_MONTHS):
        [around] = windows(definition, grain, window.start, window.start)
        beside = figure(definition, when, grain, around, rows, teams)
        names = ("numerator", "denominator", "value", "state")
        assert as_tuple({name: row[f"{grain}_{name}"] for name in names}) == (
            *cells(beside)[:3],
            beside.state,
        )
        if team is None and when is not None and not when.lacks_any(around.first, around.end):
            assert rounded(beside.numerator) == rounded(
                (
                    year_to_date(rows, window.end)
                    if grain is Grain.YEAR_TO_DATE
                    else rolling_12_months(rows, CALENDAR[natural], window.end)
                ).numerator
                / definition.scale
            )


def check_teams(
    connection: sa.Connection, measure: Measure, rows: list[CohortRow], first: dt.date, last: dt.date, *, cut: bool
) -> None:
    """Every team with a row stands there with its sums, and together they are the whole; `cut`: none can be told."""
    definition = measure.definition
    found = queries.breakdown(EVERYTHING, connection, measure.id, first=first, last=last)
    unseen = hidden(definition, rows, Window(first, last, first))
    expected = {}
    for team in {row.team_id for row in rows if makes(row, first, last)} - unseen:
        sums = total(rows, first, last, [team])
        expected[team] = (
            rounded(sums.numerator / definition.scale),
            rounded(sums.denominator / definition.scale),
            None if cut else value_of(measure, sums.numerator, sums.denominator),
            sums.cases,
            sums.not_yet_due,
            sums.not_computable,
        )
    assert dict(found.select("team", "name").iter_rows()) == {team: NAMES.get(team) for team in expected}
    assert {row["team"]: as_tuple(row)[2:] for row in found.iter_rows(named=True)} == expected
    assert found.get_column("team").to_list() == sorted(expected)
    if not unseen:
        whole = total(rows, first, last)
        for name in ("cases", "not_yet_due", "not_computable"):
            assert found.get_column(name).sum() == getattr(whole, name)
        for name in ("numerator", "denominator"):
            assert rounded(found.get_column(name).sum()) == rounded(getattr(whole, name) / definition.scale)


def value_of(measure: Measure, numerator: int, denominator: int) -> float | None:
    if not measure.definition.adding_up.has_denominator:
        return numerator
    return rounded(numerator / denominator) if denominator else None


def check_dimensions(
    connection: sa.Connection,
    measure: Measure,
    rows: list[CohortRow],
    first: dt.date,
    last: dt.date,
    asked: Asked,
    *,
    cut: bool,
) -> None:
    """Every case stands under the value that the case list shows for it, whole and by team."""
    for by in measure.definition.dimensions:
        for team in asked:
            found = queries.breakdown(MANAGING, connection, measure.id, first=first, last=last, by=by, team=team)
            listed = queries.cases(MANAGING, connection, measure.id, first=first, last=last, team=team)
            told = {"true": "yes", "false": "no"} if listed.schema[by] == pl.Boolean else {}
            under = dict(zip(listed["case_id"], listed[by].cast(pl.String).replace(told), strict=True))
            expected = {}
            for name in set(under.values()):
                these = [row for row in rows if row.case_id in under and under[row.case_id] == name]
                sums = total(these, first, last)
                expected[name] = (
                    sums.numerator,
                    sums.denominator,
                    None if cut else value_of(measure, sums.numerator, sums.denominator),
                    sums.cases,
                    sums.not_yet_due,
                    sums.not_computable,
                )
            assert {row[by]: as_tuple(row)[1:] for row in found.iter_rows(named=True)} == expected
            assert found.height == len(expected)


def check_cases(
    connection: sa.Connection,
    measure: Measure,
    rows: list[CohortRow],
    first: dt.date,
    last: dt.date,
    asked: Asked,
) -> None:
    """The list has the judge's rows; of a proportion those not met are denominator − numerator, and stand first."""
    if measure.definition.about is About.STAFF_HEALTH:
        return
    for team in asked:
        listed = queries.cases(MANAGING, connection, measure.id, first=first, last=last, team=team)
        names = ("case_id", "event_date", "team", "numerator", "denominator", "state")
        mine = [row for row in rows if makes(row, first, last) and team in (None, row.team_id)]
        assert sorted(listed.select(names).iter_rows()) == sorted(
            (row.case_id, row.event_date, row.team_id, row.numerator, row.denominator, row.state) for row in mine
        )
        assert [(why is not None) for why in listed["why"]] == [of == "not_computable" for of in listed["state"]]
        waits = listed["why"].eq_missing(WAITS).to_list()
        assert waits == sorted(waits, reverse=True)
        told_of = listed.filter(~pl.Series(waits, dtype=pl.Boolean))
        not_met = told_of.select((pl.col("denominator") == 1) & (pl.col("numerator") == 0)).to_series().to_list()
        if measure.definition.adding_up.tells_met_from_not_met:
            assert not_met == sorted(not_met, reverse=True)
            sums = total(mine, first, last)
            assert sum(not_met) == sums.denominator - sums.numerator
        if team is None and listed.height > 1:
            few = queries.cases(MANAGING, connection, measure.id, first=first, last=last, team=team, most=1)
            assert few.equals(listed.head(1))


def check_waiting(connection: sa.Connection, measures: Measures, world: World, rows: Rows) -> None:
    """Late cases that wait to this day stand there, the longest wait first; no others."""
    for measure in measures.values():
        if measure.definition.about is not About.STAFF_HEALTH:
            found = queries.waiting(MANAGING, connection, measure.id)
            expected = [
                (row.event_date, row.case_id)
                for row in rows[measure.id]
                if (measure.id in STILL_WAITS and STILL_WAITS[measure.id](world, row))
                or (measure.id in STANDING and _stands_late(row, known(world, measure.definition)))
            ]
            assert list(found.select("event_date", "case_id").iter_rows()) == sorted(expected)
            when = known(world, measure.definition)
            last = when.on if when is not None and measure.id in STANDING else dt.date.max
            everything = queries.cases(MANAGING, connection, measure.id, first=dt.date.min, last=last)
            assert (
                everything.get_column("case_id").to_list()[: len(expected)] == found.get_column("case_id").to_list()
            )


def _stands_late(row: CohortRow, when: Known | None) -> bool:
    """Return whether a case that stands is late to this day; what is planned to end isn't over before that day."""
    if row.state != "counted" or row.numerator == row.denominator:
        return False
    return row.left_on is None or (row.measure in PLANNED and when is not None and row.left_on > when.on)


WEEK = (dt.date(2010, 3, 22), dt.date(2010, 3, 28))


@pytest.mark.parametrize(
    ("taken_on", "begins", "ends", "expected"),
    [
        ("2010-03-29", "2008-01-01", "2010-03-28", "complete"),
        ("2010-03-28", "2008-01-01", "2010-03-28", "in_progress"),  # taken on the Sunday, which is not over
        ("2010-03-29", "2008-01-01", "2010-03-27", "in_progress"),  # the Sunday is not covered
        ("2010-03-22", "2008-01-01", "2010-03-28", "in_progress"),  # taken on the Monday
        ("2010-03-21", "2008-01-01", "2010-03-28", "no_data"),  # taken before the week
        ("2010-03-29", "2008-01-01", "2010-03-22", "in_progress"),
        ("2010-03-29", "2008-01-01", "2010-03-21", "no_data"),
        ("2010-03-29", "2010-03-22", "2010-03-28", "complete"),
        ("2010-03-29", "2010-03-23", "2010-03-28", "no_data"),  # the data begin within the week
    ],
)
def test_what_a_weeks_figure_is_worth(taken_on: str, begins: str, ends: str, expected: str) -> None:
    definition = MEASURES["re_referrals_within_12_months"].definition
    on, first, last = (dt.date.fromisoformat(day) for day in (taken_on, begins, ends))
    row = CohortRow.counted(definition.id, "r1", WEEK[0], "north", met=True)
    assert state(definition, Known(on, first, last), Window(*WEEK, WEEK[0]), [row]) == expected
    moment = dt.datetime.combine(on, dt.time(7))
    sums = Sums(numerator=1, denominator=1, cases=1, not_yet_due=0, not_computable=0)
    assert state_of(definition, AsAt(moment, first, last), Span(*WEEK, WEEK[0]), sums) == expected


@pytest.mark.parametrize(
    ("measure", "sums", "expected"),
    [
        ("re_referrals_within_12_months", Sums(0, 3, 3, 0, 2), "complete"),
        ("re_referrals_within_12_months", Sums(0, 3, 3, 1, 0), "not_settled"),
        ("re_referrals_within_12_months", Sums(0, 0, 0, 1, 1), "not_settled"),
        ("re_referrals_within_12_months", Sums(0, 0, 0, 0, 2), "not_computable"),
        ("re_referrals_within_12_months", Sums(0, 0, 0, 0, 0), "no_cases"),
        ("cafs_started", Sums(0, 0, 0, 0, 0), "complete"),
    ],
)
def test_what_the_cases_make_of_a_finished_week(measure: str, sums: Sums, expected: str) -> None:
    as_at = AsAt(dt.datetime.fromisoformat("2010-03-29 07:00"), dt.date(2008, 1, 1), WEEK[1])
    assert state_of(MEASURES[measure].definition, as_at, Span(*WEEK, WEEK[0]), sums) == expected
