"""Charts that are kept: each reader gets their own choice, and nothing older than the data."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from dashboard.cache import charts
from dashboard.cache.results import forget_everything
from dashboard.charts.theme import DARK, LIGHT
from dashboard.readings.measure_detail import Event
from data_access.database.facts import raise_data_version
from data_access.database.opening import connect, writing
from data_access.database.schema.figures import COVERAGE
from tests.council import copy_of
from tests.reader import now

STARTED = "cafs_started"


@pytest.fixture
def council(loaded_council: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give the address of a copy that a test may spoil, the one that is read."""
    url = copy_of(loaded_council, tmp_path / "copy.db")
    monkeypatch.setenv("SAFE_DATABASE_URL", url)
    yield url
    forget_everything()


def over_time(**changed: Any) -> dict[str, Any] | None:
    chosen = {"look": LIGHT, "events": (), "team": None, "up_to": None, "since": None} | changed
    return charts.trend_chart(now(), STARTED, **chosen)


def by_team(**changed: Any) -> dict[str, Any] | None:
    chosen = {"look": LIGHT, "by": "team", "team": None, "up_to": None} | changed
    return charts.team_chart(now(), STARTED, **chosen)


@pytest.mark.usefixtures("council")
def test_every_choice_has_a_chart_of_its_own() -> None:
    earlier, visit = date(2010, 1, 31), Event(date(2010, 1, 5), "Visit")
    trends = [
        over_time(),
        over_time(look=DARK),
        over_time(events=(visit,)),
        over_time(team="AT1"),
        over_time(up_to=earlier),
        over_time(since=date(2009, 6, 1)),
    ]
    teams = [
        by_team(),
        by_team(look=DARK),
        by_team(by="agency"),
        by_team(team="AT1"),
        by_team(up_to=earlier),
    ]
    for drawn in (trends, teams):
        assert all(chart not in drawn[:number] for number, chart in enumerate(drawn))
        assert None not in drawn


@pytest.mark.usefixtures("council")
def test_what_is_done_to_a_chart_spoils_no_other() -> None:
    first = over_time()
    assert first is not None
    first["layer"].clear()
    again = over_time()
    assert again is not None
    assert again["layer"]


def test_a_load_makes_the_charts_again(council: str) -> None:
    assert None not in (over_time(), by_team())
    engine = connect(council)
    with writing(engine) as connection:
        connection.execute(sa.delete(COVERAGE).where(COVERAGE.c.extract == "cafs"))
    assert None not in (over_time(), by_team())
    with writing(engine) as connection:
        raise_data_version(connection)
    engine.dispose()
    assert (over_time(), by_team()) == (None, None)
