"""The tiny hand-made service, loaded as a council would load it: every answer worked out on paper is what is read."""

import contextlib
import csv
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

import sample_data
from data_access import queries
from data_access.database.opening import connect
from data_access.dates.periods import Grain
from data_access.loading import load_extracts
from data_access.measures import MEASURES
from data_access.measures.definition import About
from data_access.scope import Scope
from tests.council import LOADER

TOY = Path(sample_data.__file__).parent / "toy"
SUMS = ("numerator", "denominator", "not_yet_due", "not_computable")

Answers = dict[tuple[str, str, str, str], tuple[int, ...]]
"""Sums by measure, grain, start and team (blank: the whole service)."""


def answers() -> Answers:
    found = {}
    for path in (TOY / "worked").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found |= {
                (path.stem, row["grain"], row["start"], row["team"]): tuple(int(row[name]) for name in SUMS)
                for row in csv.DictReader(file)
            }
    return found


@pytest.fixture(scope="module")
def connection(new_database: Callable[[], contextlib.AbstractContextManager[str]]) -> Iterator[sa.Connection]:
    with new_database() as url:
        engine = connect(url)
        report = load_extracts(engine, LOADER, [TOY / "extracts"])
        assert [(loaded.extract, loaded.refused) for loaded in report.loaded if loaded.refused] == []
        with engine.connect() as opened:
            yield opened
        engine.dispose()


def read(connection: sa.Connection, grain: Grain | None, team: str) -> Answers:
    """Return every figure of a grain that counts a case, as `answers` gives them."""
    frame = queries.series(Scope.everything(), connection, list(MEASURES), grain=grain, team=team or None)
    found = {}
    for row in frame.iter_rows(named=True):
        scale = MEASURES[row["measure"]].definition.scale
        sums = (row["numerator"] * scale, row["denominator"] * scale, row["not_yet_due"], row["not_computable"])
        if any(sums):
            found[row["measure"], row["period"], row["start"].isoformat(), team] = tuple(round(one) for one in sums)
    return found


def test_every_answer_is_read_and_nothing_else(connection: sa.Connection) -> None:
    expected = answers()
    teams = sorted({team for _, _, _, team in expected})
    found = read(connection, Grain.YEAR, "")
    for team in teams:
        found |= read(connection, None, team)
    hidden = {key for key in expected if key[3] and MEASURES[key[0]].definition.about is About.STAFF_HEALTH}
    assert found == {key: sums for key, sums in expected.items() if key not in hidden}
    assert teams == ["", "(no team)", "duty", "north", "south"]


def test_sickness_by_team_is_kept_as_worked_out_but_not_shown(connection: sa.Connection) -> None:
    """The service has seven staff: its teams' figures stand in the rollup alone."""
    kept = sa.text(
        "SELECT part, team_id, numerator, denominator FROM measure_period WHERE measure = 'sickness_absence'"
    )
    rows = {(str(part), team): (lost, of) for part, team, lost, of in connection.execute(kept)}
    expected = {key: sums for key, sums in answers().items() if key[0] == "sickness_absence" and key[3]}
    assert expected
    for (_, _, start, team), (lost, of, *_) in expected.items():
        assert rows[start, team] == (lost, of)
        shown = queries.series(
            Scope.everything(),
            connection,
            ["sickness_absence"],
            team=team,
            first=dt.date.fromisoformat(start),
            last=dt.date.fromisoformat(start),
        )
        assert shown.select("numerator", "value", "state").row(0) == (0, None, "not_computable")
