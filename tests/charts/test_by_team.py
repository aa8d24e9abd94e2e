"""Teams beside each other: judged by chance alone, named only beyond 99.8%, drawn within the schema."""

from typing import Any

import altair as alt
import polars as pl
import pytest

from dashboard.analysis.funnel import Verdict
from dashboard.analysis.wording import figure
from dashboard.charts.breakdown import bars
from dashboard.charts.by_team import counts, dots, funnel_plot, told
from dashboard.charts.theme import LIGHT
from dashboard.readings.judgements import subject_of
from dashboard.readings.team_comparison import TeamComparison, compare, window, window_name
from data_access.extracts import NO_TEAM
from data_access.measures import measure_named

SHARE = measure_named("decisions_within_24_hours").definition
SUBJECT = subject_of(SHARE)
NAMES = {"A": "Team A", "B": "Team B", "C": "Team C", "D": "Team D", "E": "Team E"}


def figures(by: str = "team", **numbers: tuple[int, int]) -> pl.DataFrame:
    rows = [(key, float(x), float(n), x / n if n else None, n, 0, 0) for key, (x, n) in numbers.items()]
    columns = [by, "numerator", "denominator", "value", "cases", "not_yet_due", "not_computable"]
    return pl.DataFrame(rows, schema=columns, orient="row")


def compared(**numbers: tuple[int, int]) -> TeamComparison:
    return compare(SHARE, figures(**numbers), "team", NAMES)


def test_only_a_team_beyond_chance_is_named() -> None:
    units = compared(A=(90, 100), B=(92, 100), C=(60, 100))
    assert units.told == "Team C lower than chance explains; 2 worth a second look"
    assert [row.verdict is Verdict.OUTSIDE for row in units.rows] == [False, False, True]
    assert compared(A=(90, 100), B=(92, 100)).told == "none differs by more than chance"


def test_teams_stand_in_the_order_of_their_names_and_none_recorded_comes_last() -> None:
    found = figures(B=(9, 10), A=(5, 10)).vstack(figures(**{NO_TEAM: (3, 4)}))
    units = compare(SHARE, found, "team", NAMES)
    assert [row.name for row in units.rows] == ["Team A", "Team B", "No team recorded"]
    assert units.centre == pytest.approx(17 / 24)


def test_below_five_teams_stand_intervals_and_from_five_a_funnel() -> None:
    four = compared(A=(9, 10), B=(8, 10), C=(7, 10), D=(9, 10))
    five = compared(A=(9, 10), B=(8, 10), C=(7, 10), D=(9, 10), E=(5, 10))
    assert four.funnel is not None
    assert five.funnel is not None
    assert not four.funnel.is_funnel
    assert five.funnel.is_funnel
    plotted = funnel_plot(five, five.funnel, SUBJECT, LIGHT, centre_name="service", own="E")
    for spec in (dots(four, SUBJECT, LIGHT, centre_name="service", own="B"), plotted):
        alt.Chart.from_dict(spec)
    named = [row["label"] for layer in plotted["layer"] for row in layer["data"]["values"] if "label" in row]
    assert {"Team A 90%", "Team E 50%", f"service {figure(0.76, SUBJECT)}"} <= set(named)


def test_the_chosen_team_is_larger() -> None:
    spec = dots(compared(A=(9, 10), B=(8, 10)), SUBJECT, LIGHT, centre_name="service", own="B")
    drawn: list[dict[str, Any]] = next(
        layer["data"]["values"] for layer in spec["layer"] if layer["mark"]["type"] == "point"
    )
    sizes = {row["Name"]: row["size"] for row in drawn}
    assert sizes["Team B"] > sizes["Team A"]


def test_intervals_are_wilsons() -> None:
    row = compared(A=(65, 100)).rows[0]
    assert (row.lower, row.upper) == (pytest.approx(0.5525, abs=1e-4), pytest.approx(0.7364, abs=1e-4))
    assert told(row, SUBJECT)["95% interval"] == "55% to 74%"
    assert counts(row) == "65 of 100"


def test_people_who_count_again_each_week_are_not_judged() -> None:
    staff = measure_named("staff_using_ics").definition
    units = compare(staff, figures(A=(900, 1000), B=(100, 1000)), "team", NAMES)
    assert units.funnel is None
    assert units.told == ""
    assert all(row.lower is None and row.verdict is Verdict.INSIDE for row in units.rows)
    alt.Chart.from_dict(dots(units, subject_of(staff), LIGHT, centre_name="service"))


def test_a_dimension_is_shown_and_not_judged() -> None:
    units = compare(SHARE, figures("source", police=(9, 10), self=(1, 10)), "source", {"self": "Self"}, judge=False)
    assert [row.name for row in units.rows] == ["Self", "police"]
    assert units.told == ""
    assert all(row.verdict is Verdict.INSIDE and row.lower is not None for row in units.rows)


def test_counts_are_bars_from_nought() -> None:
    counted = measure_named("cafs_started").definition
    found = figures(A=(40, 0), B=(10, 0)).with_columns(pl.col("numerator").alias("value"))
    units = compare(counted, found, "team", NAMES)
    spec = bars(units, LIGHT)
    alt.Chart.from_dict(spec)
    bar = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "bar")
    assert bar["encoding"]["x"]["scale"]["domain"] == [0, 40]
    assert units.centre is None


def test_the_window_is_thirteen_whole_weeks_or_three_months() -> None:
    from datetime import date

    assert window(SHARE, date(2010, 3, 22)) == (date(2009, 12, 28), date(2010, 3, 28))
    monthly = measure_named("sickness_absence").definition
    assert window(monthly, date(2010, 2, 1)) == (date(2009, 12, 1), date(2010, 2, 28))
    assert (window_name(SHARE), window_name(monthly)) == ("13 weeks", "3 months")
