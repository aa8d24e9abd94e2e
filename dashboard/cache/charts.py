"""The chart cache: charts of the Measure page as ready specifications. Building one takes tens of milliseconds.

Kept as text and made into a copy for each who asks, since Streamlit changes what it draws.
"""

import json
from datetime import date
from typing import Final

from dashboard.cache.measures import measure_view
from dashboard.cache.page_run import PageRun
from dashboard.cache.results import kept_results
from dashboard.cache.team_comparison import team_comparison
from dashboard.charts.breakdown import bars
from dashboard.charts.by_team import dots, funnel_plot
from dashboard.charts.specification import Spec
from dashboard.charts.theme import Look
from dashboard.charts.trend import trend
from dashboard.readings.measure_detail import Event
from dashboard.readings.measure_views import MeasureView
from dashboard.readings.signed_weeks import Reported
from dashboard.readings.team_comparison import TEAM, TeamComparison

_KEPT: Final = 128


def trend_chart(
    run: PageRun,
    measure: str,
    look: Look,
    *,
    events: tuple[Event, ...],
    reported: tuple[Reported, ...] = (),
    team: str | None,
    up_to: date | None,
    since: date | None,
    rebased: bool = True,
) -> Spec | None:
    """Return trend.trend of a measure, of a team or the whole, up to a day (None: to the latest)."""
    return _copy(_trend_chart(run, measure, look, events, reported, team, up_to, since, rebased=rebased))


def team_chart(
    run: PageRun, measure: str, look: Look, *, by: str, team: str | None, up_to: date | None
) -> Spec | None:
    """Return the chart of a team comparison: bars for counts, a funnel from five teams, else dots.

    None where there is no value to draw.
    """
    return _copy(_team_chart(run, measure, look, by, team, up_to))


def _copy(chart: str) -> Spec | None:
    spec: Spec | None = json.loads(chart)
    return spec


@kept_results(_KEPT)
def _trend_chart(
    run: PageRun,
    measure: str,
    look: Look,
    events: tuple[Event, ...],
    reported: tuple[Reported, ...],
    team: str | None,
    up_to: date | None,
    since: date | None,
    *,
    rebased: bool,
) -> str:
    view = measure_view(run, measure, team=team, up_to=up_to, rebased=rebased)
    return json.dumps(trend(view.judgement, look, events=events, reported=reported, since=since))


@kept_results(_KEPT)
def _team_chart(run: PageRun, measure: str, look: Look, by: str, team: str | None, up_to: date | None) -> str:
    view = measure_view(run, measure, team=team, up_to=up_to)
    compared = team_comparison(run, measure, by=by, team=team, up_to=up_to)
    return json.dumps(None if compared is None else _drawn(compared, view, look, team if by == TEAM else None))


def _drawn(compared: TeamComparison, view: MeasureView, look: Look, own: str | None) -> Spec | None:
    subject = view.judgement.subject
    if not view.definition.adding_up.has_denominator:
        return bars(compared, look, own=own)
    if not any(row.value is not None for row in compared.rows):
        return None
    if compared.funnel is not None and compared.funnel.is_funnel:
        return funnel_plot(compared, compared.funnel, subject, look, centre_name="service", own=own)
    return dots(compared, subject, look, centre_name="service", own=own)
