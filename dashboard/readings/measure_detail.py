"""What the Measure and Cases pages read beside the judgement: teams, dimensions, events, comparators, cases.

Cached as in `dashboard.readings.measure_views`: by the data version and the scope, bounded, without session state.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from dashboard.cache.results import kept_results
from dashboard.charts.events import Event
from dashboard.readings import measure_views as reading
from data_access import queries
from data_access.decisions.reads.events import events
from data_access.measures import Measure, measure_named
from data_access.queries.code_words import code_words
from data_access.queries.comparators import comparators
from data_access.queries.path_of_case import paths
from data_access.scope import Scope

_KEPT: Final = 128
_LISTS_KEPT: Final = 24
"""Case lists are larger, and fewer of them are looked at between two loads."""


@dataclass(frozen=True)
class Background:
    """What stands around a measure: events, published figures of other areas, and the words for codes."""

    events: tuple[Event, ...]
    comparators: pl.DataFrame
    words: dict[str, dict[str, str]]


def background(scope: Scope, measure: str, *, up_to: date | None) -> Background:
    """Return the events and published figures known by a day (None: all), and the words for the measure's codes."""
    return _background(reading.version(), scope, measure, up_to)


def broken_down(
    scope: Scope, measure: str, *, first: date, last: date, by: str = "team", team: str | None = None
) -> pl.DataFrame:
    """Return queries.breakdown of a measure over some days, by team or by a dimension."""
    return _broken_down(reading.version(), scope, measure, first, last, by, team)


def listed(scope: Scope, measure: str, *, first: date, last: date, team: str | None) -> pl.DataFrame:
    """Return queries.cases of a measure over some days."""
    return _listed(reading.version(), scope, measure, first, last, team)


def waiting(scope: Scope, measure: str, *, team: str | None) -> pl.DataFrame:
    """Return queries.waiting: the late cases that wait now, the longest first."""
    return _waiting(reading.version(), scope, measure, team)


def paths_of(scope: Scope, measure: str, case_ids: Sequence[str]) -> pl.DataFrame:
    """Return the paths of some cases, from contact to assessment."""
    return _paths_of(reading.version(), scope, measure, tuple(case_ids))


def may_be_listed(scope: Scope, measure: str) -> bool:
    """Return whether the cases of a measure are ever listed to this reader."""
    return queries.why_not_listed(scope, measure) is None


def partner_of(measure: str) -> Measure | None:
    """Return the measure that shows the harm of meeting this one badly; None where it has none."""
    partner = measure_named(measure).definition.partner
    return None if partner is None else measure_named(partner)


@kept_results(_KEPT)
def _paths_of(
    version: reading.Version,  # noqa: ARG001 - part of the key
    scope: Scope,
    measure: str,
    case_ids: tuple[str, ...],
) -> pl.DataFrame:
    with reading.connected() as connection:
        return paths(scope, connection, measure, case_ids)


@kept_results(_KEPT)
def _background(
    version: reading.Version,  # noqa: ARG001 - part of the key
    scope: Scope,
    measure: str,
    up_to: date | None,
) -> Background:
    with reading.connected() as connection:
        happened = events(scope, connection, measure, up_to=up_to)
        return Background(
            tuple(Event(*row) for row in happened.select("happened_on", "label", "detail").iter_rows()),
            comparators(scope, connection, measure, up_to=up_to),
            code_words(scope, connection, measure),
        )


@kept_results(_KEPT)
def _broken_down(
    version: reading.Version,  # noqa: ARG001 - part of the key
    scope: Scope,
    measure: str,
    first: date,
    last: date,
    by: str,
    team: str | None,
) -> pl.DataFrame:
    with reading.connected() as connection:
        return queries.breakdown(scope, connection, measure, first=first, last=last, by=by, team=team)


@kept_results(_LISTS_KEPT)
def _listed(
    version: reading.Version,  # noqa: ARG001 - part of the key
    scope: Scope,
    measure: str,
    first: date,
    last: date,
    team: str | None,
) -> pl.DataFrame:
    with reading.connected() as connection:
        return queries.cases(scope, connection, measure, first=first, last=last, team=team)


@kept_results(_LISTS_KEPT)
def _waiting(
    version: reading.Version,  # noqa: ARG001 - part of the key
    scope: Scope,
    measure: str,
    team: str | None,
) -> pl.DataFrame:
    with reading.connected() as connection:
        return queries.waiting(scope, connection, measure, team=team)
