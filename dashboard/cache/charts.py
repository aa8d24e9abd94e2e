"""The charts of the Measure page as ready specifications: building one takes tens of milliseconds, reading it one.

Cached by the data version, the scope and all else that a chart shows, bounded, without session state. Figures are
read within, so that a chart is never older than the version it is kept under.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Final

from dashboard.cache.results import kept_results
from dashboard.charts.breakdown import bars
from dashboard.charts.by_team import dots, funnel_plot
from dashboard.charts.events import Event
from dashboard.charts.specification import Spec
from dashboard.charts.theme import Look
from dashboard.charts.trend import trend
from dashboard.readings import measure_detail as reading_closer
from dashboard.readings import measure_views as reading
from dashboard.readings.measure_views import MeasureView
from dashboard.readings.team_comparison import ComparedUnits, compare, window
from data_access.scope import Scope

TEAM: Final = "team"
"""The dimension that every measure has, and the only one that is judged."""
_KEPT: Final = 128


def units_of(
    scope: Scope, view: MeasureView, words: Mapping[str, str], *, by: str, team: str | None
) -> ComparedUnits | None:
    """Return a measure's teams, or the values of a dimension, over the window that ends with its latest figure.

    `words` gives names for teams or codes; `team` is the team chosen, whose cases a dimension divides. None where
    there is no figure.
    """
    latest = view.judgement.latest
    if latest is None:
        return None
    first, last = window(view.definition, latest.point.start)
    found = reading_closer.broken_down(
        scope, view.definition.id, first=first, last=last, by=by, team=None if by == TEAM else team
    )
    return compare(view.definition, found, by, words, judge=by == TEAM)


def trend_chart(
    scope: Scope,
    measure: str,
    look: Look,
    *,
    events: tuple[Event, ...],
    team: str | None,
    up_to: date | None,
    since: date | None,
) -> Spec | None:
    """Return trend.trend of a measure, of a team or the whole, up to a day (None: to the latest)."""
    return _copy(_trend_chart(reading.version(), scope, measure, look, events, team, up_to, since))


def units_chart(
    scope: Scope,
    measure: str,
    look: Look,
    *,
    words: Mapping[str, str],
    by: str,
    team: str | None,
    up_to: date | None,
) -> Spec | None:
    """Return the chart of `units_of`: bars for counts, a funnel from five teams, else dots; None without a value."""
    return _copy(_units_chart(reading.version(), scope, measure, look, tuple(words.items()), by, team, up_to))


def _copy(chart: str | None) -> Spec | None:
    return None if chart is None else json.loads(chart)


def _text(chart: Spec | None) -> str | None:
    return None if chart is None else json.dumps(chart)


@kept_results(_KEPT)
def _trend_chart(
    version: reading.Version,  # noqa: ARG001 - part of the key
    scope: Scope,
    measure: str,
    look: Look,
    events: tuple[Event, ...],
    team: str | None,
    up_to: date | None,
    since: date | None,
) -> str | None:
    view = reading.measure_view(scope, measure, team=team, up_to=up_to)
    return _text(trend(view.judgement, look, events=events, since=since))


@kept_results(_KEPT)
def _units_chart(
    version: reading.Version,  # noqa: ARG001 - part of the key
    scope: Scope,
    measure: str,
    look: Look,
    words: tuple[tuple[str, str], ...],
    by: str,
    team: str | None,
    up_to: date | None,
) -> str | None:
    view = reading.measure_view(scope, measure, team=team, up_to=up_to)
    units = units_of(scope, view, dict(words), by=by, team=team)
    if units is None:
        return None
    subject, own = view.judgement.subject, team if by == TEAM else None
    if not view.definition.adding_up.has_denominator:
        return _text(bars(units, look, own=own))
    if not any(row.value is not None for row in units.rows):
        return None
    if units.funnel is not None and units.funnel.is_funnel:
        return _text(funnel_plot(units, units.funnel, subject, look, centre_name="service", own=own))
    return _text(dots(units, subject, look, centre_name="service", own=own))
