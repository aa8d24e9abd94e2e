"""The tiny hand-made extracts: the judge must give the answers that were worked out on paper."""

import csv
import datetime as dt
from pathlib import Path

import pytest

import sample_data
from data_access.measures import measure_named
from data_access.vocabulary import Period
from tests.oracle import MEASURES, World, cohort
from tests.oracle.periods import STANDING, Grain, cells, period_of, series, total
from tests.strategies import read_extracts, replay

LAST_DAY = dt.date(2010, 3, 28)
LAST_COVERED = LAST_DAY.isoformat()
"""A stock stands on in the week that has just begun, and what isn't due yet lies ahead; the judge tells only of days
that are covered."""

NATURAL: dict[Period, Grain] = {Period.WEEK: "week", Period.MONTH: "month", Period.YEAR: "year"}
TOY = Path(sample_data.__file__).parent / "toy"


@pytest.fixture(scope="module")
def world() -> World:
    return replay(World(), read_extracts(TOY / "extracts"))


def answers(measure: str) -> dict[tuple[str, str, str], tuple[int, int, int, int]]:
    """Return the hand-worked answers of a measure by grain, start and team (blank: the whole service)."""
    with (TOY / "worked" / f"{measure}.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["grain"], row["start"], row["team"]): (
                int(row["numerator"]),
                int(row["denominator"]),
                int(row["not_yet_due"]),
                int(row["not_computable"]),
            )
            for row in csv.DictReader(file)
        }


WORKED_OUT = tuple(sorted(path.stem for path in (TOY / "worked").glob("*.csv")))


@pytest.mark.parametrize("measure", WORKED_OUT)
def test_the_judge_gives_the_answers_worked_out_by_hand(world: World, measure: str) -> None:
    rows = cohort(world, measure)
    natural: Grain = NATURAL[measure_named(measure).definition.period]
    grains: tuple[Grain, ...] = (natural, "year")
    found = {}
    if measure in STANDING:
        first = world.coverage(*measure_named(measure).definition.requires).begins
        for team in ("", *{row.team_id for row in rows}):
            for grain in grains if team == "" else grains[:1]:
                for start, cell in series(rows, grain, first, LAST_DAY, [team] if team else None):
                    found[grain, start.isoformat(), team] = cell
    else:
        for (start, team), cell in cells(rows, natural).items():
            found[natural, start.isoformat(), team] = cell
        for grain in grains:
            for start, end in {period_of(row.event_date, grain) for row in rows}:
                found[grain, start.isoformat(), ""] = total(rows, start, end)
    sums = {
        key: (cell.numerator, cell.denominator, cell.not_yet_due, cell.not_computable) for key, cell in found.items()
    }
    covered = {key: those for key, those in sums.items() if any(those) and key[1] <= LAST_COVERED}
    assert covered == {key: those for key, those in answers(measure).items() if key[1] <= LAST_COVERED}


def test_every_measure_worked_out_has_a_page_and_figures() -> None:
    assert set(WORKED_OUT) <= set(MEASURES)
    assert {path.stem for path in (TOY / "worked").glob("*.md")} == set(WORKED_OUT)
