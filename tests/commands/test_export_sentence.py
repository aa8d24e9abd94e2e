"""The sentence of an export is the page's; one that leaves the service tells no number that its row does not show."""

import calendar
import csv
import io
import re
from datetime import date

import pytest
from click.testing import CliRunner

from dashboard.analysis.public_sentence import public_sentence
from dashboard.cache.measures import every_measure, measure_view
from dashboard.cache.results import forget_everything
from dashboard.cli import main
from dashboard.readings.measure_views import MeasureView
from tests.council import copy_of
from tests.reader import now

Row = dict[str, str]
MONTHS = "|".join(calendar.month_name[1:])
NAMED = (
    rf"\d+ of the last \d+ (weeks|months)|\d+ ({MONTHS})( \d{{4}})?|({MONTHS}) \d{{4}}|\d+ (of \d+ )?(weeks|months)"
)
"""Days, and how many periods: no figures."""


@pytest.fixture(autouse=True)
def reading_the_council(council: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SAFE_DATABASE_URL", council)
    yield
    forget_everything()


def told(database: str, *words: str) -> dict[tuple[str, str], Row]:
    done = CliRunner().invoke(main, ["export", *words, "--database", database])
    assert done.exit_code == 0, done.output
    rows = csv.DictReader(io.StringIO(done.stdout))
    return {(row["measure"], row["team"]): row for row in rows if row["sentence"]}


def assert_alike(rows: dict[tuple[str, str], Row], views: list[MeasureView], team: str = "") -> None:
    for view in views:
        if view.judgement.latest is None:
            assert (view.definition.id, team) not in rows
            continue
        row = rows[view.definition.id, team]
        assert row["sentence"] == view.sentence
        assert row["start"] == str(view.judgement.latest.point.start)
        assert row["assurance"] == view.judgement.assurance


def test_the_whole_service_says_what_the_board_says(council: str) -> None:
    views = every_measure(now())
    assert_alike(told(council, "--all"), views)
    assert any(" still waiting" in view.sentence for view in views)


def test_a_team_says_what_its_page_says(council: str) -> None:
    view = measure_view(now(), "decisions_within_24_hours", team="AT1")
    assert view.waiting
    assert_alike(told(council, "decisions_within_24_hours", "--team", "AT1"), [view], "AT1")
    assert_alike(told(council, "decisions_within_24_hours", "--by", "team"), [view], "AT1")


def every_view() -> list[MeasureView]:
    """Every measure of the whole service and of two teams, in an ordinary week and in the latest."""
    return [
        view
        for week in (None, date(2009, 9, 27), date(2010, 1, 31))
        for team in (None, "AT1", "CME")
        for view in every_measure(now(), team=team, up_to=week)
    ]


@pytest.mark.soak
def test_that_children_wait_leaves_and_not_how_many() -> None:
    sentences = [(view.waiting, public_sentence(view.judgement) or "") for view in every_view()]
    assert any(number and sentence for number, sentence in sentences)
    for number, sentence in sentences:
        assert sentence.endswith("; some still waiting") == bool(number and sentence)


def test_the_only_figures_that_leave_in_a_sentence_are_its_own_and_the_targets() -> None:
    told_less = 0
    for view in every_view():
        judgement = view.judgement
        sentence = public_sentence(judgement)
        if sentence is None:
            continue
        own = [judgement.latest.point.value, judgement.target.value if judgement.target else 0.0]
        shown = [number * (100 if view.definition.unit == "%" else 1) for number in own]
        text = re.sub(NAMED, "", sentence.removeprefix(view.definition.title))
        for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text):
            assert any(abs(float(number.replace(",", "")) - each) < 0.51 for each in shown), (number, sentence)
        told_less += sentence.removesuffix("; some still waiting") not in view.sentence
    assert told_less


@pytest.mark.soak
def test_a_row_that_is_hidden_has_no_sentence(council: str, tmp_path) -> None:
    rows = told(copy_of(council, tmp_path / "copy.db"), "--all", "--by", "team", "--public").values()
    assert rows
    assert "c" not in {row["value"] for row in rows}
