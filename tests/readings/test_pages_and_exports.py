"""What an export says is what the pages say: for every measure and team of the sample, figures and words."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import pytest

from dashboard.components.layout.downloads import figures_csv
from dashboard.exports.rows import COLUMNS, Row, Wanted, by_period, by_team, rows_of
from dashboard.readings.measure_views import EVERY_MEASURE, MeasureView, measure_views
from dashboard.readings.reading import Reading, open_reading
from data_access.database.opening import connect
from data_access.queries import teams_with_figures
from tests.council import copy_of
from tests.reader import READER

ENDS = (None, date(2010, 1, 31))
"""The latest week, and one within a month."""


@pytest.fixture(scope="module")
def reading(loaded_council: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    """Give a reading of the sample council."""
    engine = connect(copy_of(loaded_council, tmp_path_factory.mktemp("council") / "safe.db"))
    with open_reading(engine, READER) as opened:
        yield opened
    engine.dispose()


def assert_said_alike(view: MeasureView, rows: list[Row]) -> None:
    """Hold exported rows of one measure and team to what its page shows."""
    judged = {each.point.start: each for each in view.judgement.points}
    figures = {figure["start"]: figure for figure in view.figures.iter_rows(named=True)}
    latest = view.judgement.latest
    for row in rows:
        figure = figures[row["start"]]
        assert [row[name] for name in ("value", "not_yet_due", "not_computable", "state")] == [
            figure[name] for name in ("value", "not_yet_due", "not_computable", "state")
        ]
        assert row["numerator"] == figure["numerator"]
        assert row["denominator"] in (figure["denominator"], None)
        point = judged.get(row["start"])
        told = None if point is None or not point.point.judged else str(point.variation)
        assert row["variation"] == told
    said = {row["start"]: row["sentence"] for row in rows if row["sentence"]}
    if latest is not None and view.why_none is None and latest.point.start in {row["start"] for row in rows}:
        assert said == {latest.point.start: view.sentence}
        row = next(row for row in rows if row["start"] == latest.point.start)
        assert row["assurance"] == str(view.judgement.assurance)
        if view.headline["value"] is not None:
            assert (row["numerator"], row["value"]) == (view.headline["numerator"], view.headline["value"])
    assert set(said.values()) <= {view.sentence}


@pytest.mark.soak
def test_teams_say_what_their_pages_say(reading: Reading) -> None:
    exported = defaultdict(list)
    for row in by_team(reading, Wanted(EVERY_MEASURE)):
        exported[row["measure"], row["team"]].append(row)
    teams = teams_with_figures(reading.scope, reading.connection)
    assert {team for _, team in exported} <= set(teams)
    for team in teams:
        for view in measure_views(reading, EVERY_MEASURE, team=team):
            rows = exported[view.definition.id, team]
            assert_said_alike(view, rows)
            shown = rows_of(view)
            assert [row for row in shown if row in rows] == rows
            assert not [row for row in shown if row not in rows and (row["numerator"] or row["denominator"])]


def test_the_whole_says_what_the_pages_say(reading: Reading) -> None:
    rows = by_period(reading, Wanted(EVERY_MEASURE))
    for view in measure_views(reading, EVERY_MEASURE):
        mine = [row for row in rows if row["measure"] == view.definition.id]
        assert len(mine) == view.figures.height
        assert_said_alike(view, mine)
        assert rows_of(view) == mine


@pytest.mark.parametrize("up_to", ENDS)
def test_the_download_of_a_page_is_what_the_page_shows(reading: Reading, up_to: date | None) -> None:
    for view in measure_views(reading, EVERY_MEASURE, team="AT1", up_to=up_to):
        rows = list(csv.DictReader(io.StringIO(figures_csv(view).decode("utf-8-sig"))))
        assert [row["start"] for row in rows] == [str(start) for start in view.figures["start"]]
        assert {row["team"] for row in rows} <= {"AT1"}
        assert {row["sentence"] for row in rows if row["sentence"]} <= {view.sentence}
        assert not rows or tuple(rows[0]) == COLUMNS
        if up_to is not None:
            assert all(date.fromisoformat(row["start"]) <= up_to for row in rows)
