"""A week left out is drawn, hollow and with its reason, and takes no part in limits and rules."""

import datetime as dt

import polars as pl
import sqlalchemy as sa

from dashboard.analysis.judgement import Judgement
from dashboard.charts.trend_rows import HOLLOW, dots, told
from dashboard.readings.judgements import judge_figures
from data_access.database.opening import reading
from data_access.decisions import Decision, decide
from data_access.decisions.reads.left_out_periods import left_out_periods
from data_access.measures import measure_named
from data_access.queries import SERIES, State
from tests.data_access.decisions.people import ANNA, MEASURE, decision

ODD = dt.date(2010, 1, 4)
FIRST = ODD - dt.timedelta(weeks=15)


def series(*, with_odd: bool = True) -> pl.DataFrame:
    """Return thirty weeks, nine of ten met in most and none in the odd one."""
    rows = []
    for number in range(30):
        start = FIRST + dt.timedelta(weeks=number)
        met = 0.0 if start == ODD else 9.0 + number % 2
        state = State.NO_DATA if start == ODD and not with_odd else State.COMPLETE
        end = start + dt.timedelta(days=6)
        rows.append((MEASURE, "week", start, end, None, met, 10.0, met / 10, 10, 0, 0, str(state)))
    return pl.DataFrame(rows, SERIES, orient="row")


def judged(engine: sa.Engine, figures: pl.DataFrame) -> Judgement:
    with reading(engine) as connection:
        left_out = left_out_periods(connection, [MEASURE])[MEASURE]
    return judge_figures(measure_named(MEASURE).definition, figures, left_out=left_out)


def test_a_week_left_out_moves_no_limit_and_is_drawn_with_its_reason(database: sa.Engine) -> None:
    counted = judged(database, series())
    decide(ANNA, database, decision("left_out_period", "Snow: offices were closed"))
    left_out, missing = judged(database, series()), judged(database, series(with_odd=False))
    assert left_out.segments[0].mean == missing.segments[0].mean != counted.segments[0].mean
    assert left_out.segments[0].count == missing.segments[0].count == counted.segments[0].count - 1
    [odd] = [each for each in left_out.points if each.point.start == ODD]
    assert (odd.point.value, odd.point.ghost, odd.signals) == (0.0, "Snow: offices were closed", ())
    [hollow] = dots(left_out, left_out.points)[HOLLOW]
    assert (hollow["x"][:10], hollow["y"]) == (str(ODD), 0.0)
    words = told(left_out, odd)
    assert (words["Judged"], words["Note"]) == ("Left out", "left out of the limits: Snow: offices were closed")


def test_a_week_that_is_taken_in_again_counts(database: sa.Engine) -> None:
    counted = judged(database, series())
    decide(ANNA, database, decision("left_out_period"))
    back = Decision("left_out_period", {}, "The figures were right", "left_out_period-1", expected=1, withdrawn=True)
    decide(ANNA, database, back)
    assert judged(database, series()) == counted
