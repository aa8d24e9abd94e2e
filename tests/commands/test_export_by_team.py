"""Teams in an export: they add up to the whole, whatever the measure and the period."""

import csv
import io
from collections import defaultdict

import pytest
from click.testing import CliRunner

from dashboard.cli import main
from data_access.database.opening import connect, writing
from data_access.database.schema.figures import MEASURE_PERIOD
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.dates.periods import Grain
from data_access.measures import MEASURES
from data_access.vocabulary import Period
from tests.council import copy_of

Row = dict[str, str]
AMOUNTS = ("numerator", "denominator", "not_yet_due", "not_computable")


def exported(database: str, *words: str) -> list[Row]:
    done = CliRunner().invoke(main, ["export", *words, "--database", database])
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(io.StringIO(done.stdout)))


def added_up(rows: list[Row]) -> dict[tuple[str, str], list[float]]:
    found: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0] * len(AMOUNTS))
    for row in rows:
        sums = found[row["measure"], row["start"]]
        for place, name in enumerate(AMOUNTS):
            sums[place] += float(row[name] or 0)
    return {key: sums for key, sums in found.items() if any(sums)}


def held_to(words: tuple[str, ...], database: str) -> list[Row]:
    """Hold the teams to the whole, but for periods in which a team may not be shown; return the rows by team."""
    by_team = exported(database, *words, "--by", "team")
    withheld = {
        (row["measure"], row["start"])
        for row in by_team
        if row["measure"] == "sickness_absence" and row["state"] == "not_computable"
    }
    teams, whole = added_up(by_team), added_up(exported(database, *words))
    assert withheld <= whole.keys()
    for key, sums in whole.items():
        if key in withheld:
            assert teams.get(key, [0.0])[0] <= sums[0]
        else:
            assert teams[key] == pytest.approx(sums), key
    assert teams.keys() <= whole.keys()
    return by_team


SINCE_2013 = "assessments_within_45_working_days"
"""The sample council's story ends before its standard."""


IN_TEST = (Grain.MONTH, Grain.TWELVE_MONTHS)


@pytest.mark.parametrize(
    "grain", [pytest.param(str(grain), marks=() if grain in IN_TEST else pytest.mark.soak) for grain in Grain]
)
def test_teams_add_up_to_the_whole(council: str, grain: str) -> None:
    rows = held_to(("--all", "--grain", grain, "--from", "2009-06-01"), council)
    assert "(no team)" in {row["team"] for row in rows}
    none = {SINCE_2013}
    if grain == Grain.WEEK:
        none |= {name for name, measure in MEASURES.items() if measure.definition.period is not Period.WEEK}
    if grain == Grain.YEAR:  # the last day of the year, on which it is told, is still to come
        none |= {"cases_per_social_worker", "schools_starting_a_caf"}
    assert {row["measure"] for row in rows} == set(MEASURES) - none


def test_a_team_that_only_cases_name_has_rows_too(council: str, tmp_path) -> None:
    database = copy_of(council, tmp_path / "copy.db")
    engine = connect(database)
    with writing(engine) as connection:
        connection.execute(
            MEASURE_PERIOD.update()
            .where(MEASURE_PERIOD.c.team_id == "AT1", MEASURE_PERIOD.c.measure == "decisions_within_24_hours")
            .values(team_id="Unlisted")
        )
    engine.dispose()
    rows = held_to(("decisions_within_24_hours", "--from", "2010-01-01"), database)
    teams = {row["team"] for row in rows}
    assert "Unlisted" in teams
    assert not teams & {"AT1", EVERY_TEAM}


def test_a_team_too_small_for_its_health_to_be_shown_says_so(council: str) -> None:
    rows = exported(council, "sickness_absence", "--by", "team", "--from", "2009-06-01")
    withheld = [row for row in rows if row["state"] == "not_computable"]
    assert withheld
    assert {(row["numerator"], row["denominator"], row["value"]) for row in withheld} == {("0", "0", "")}
    assert any(row["state"] == "complete" for row in rows)
