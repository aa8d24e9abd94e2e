"""Measures, what stands around them and their cases, kept for pages.

Each function is the reading of the same name, of a page's run.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

from dashboard.analysis.proposals import Proposal, proposal_of
from dashboard.cache.page_run import PageRun
from dashboard.cache.results import kept_results
from dashboard.readings import cases, decisions, measure_detail, measure_views
from dashboard.readings import freshness as fresh
from dashboard.readings.decisions import Decided
from dashboard.readings.definitions import Entry, entries
from dashboard.readings.freshness import Freshness
from dashboard.readings.judgements import Context, judging_context
from dashboard.readings.measure_detail import Background
from dashboard.readings.measure_views import EVERY_MEASURE, MeasureView
from data_access.measures import measure_named
from data_access.queries import Recorded

_KEPT: Final = 256
"""How many results each cache keeps: weeks, teams and measures that readers look at between two loads."""
_LISTS_KEPT: Final = 24
"""Case lists are larger, and fewer of them are looked at between two loads."""


def measure_view(
    run: PageRun, measure: str, *, team: str | None = None, up_to: date | None = None, rebased: bool = True
) -> MeasureView:
    """Return one measure, of a team or the whole, up to a day (None: to the latest), with or without its rebases.

    Raise QueryProblem for a measure or team that there is not.
    """
    return _views(run, (measure_named(measure).id,), team, up_to, rebased=rebased)[0]


def every_measure(run: PageRun, *, team: str | None = None, up_to: date | None = None) -> Sequence[MeasureView]:
    """Return every measure, headline or not, in reading order, of a team or the whole, up to a day."""
    return _views(run, EVERY_MEASURE, team, up_to)


@kept_results(_KEPT)
def _views(
    run: PageRun, measures: tuple[str, ...], team: str | None, up_to: date | None, *, rebased: bool = True
) -> tuple[MeasureView, ...]:
    context = _context(run, measures, team)
    with run.reading() as reading:
        return measure_views.measure_views(
            reading, measures, team=team, up_to=up_to, context=context, rebased=rebased
        )


@kept_results(_KEPT)
def _context(run: PageRun, measures: tuple[str, ...], team: str | None) -> Context:
    """Return what judging needs besides the figures: the same for every week that may be chosen."""
    with run.reading() as reading:
        return judging_context(reading, measures, team=team)


@kept_results(_KEPT)
def proposal(run: PageRun, measure: str, *, team: str | None, up_to: date | None, known_by: date) -> Proposal | None:
    """Return the rebase that a measure's figures suggest, of a team or the whole, with what had happened by a day."""
    events = background(run, measure, up_to=known_by).events
    view = measure_view(run, measure, team=team, up_to=up_to)
    return proposal_of(view.judgement, [(event.on, event.label) for event in events])


@kept_results(_KEPT)
def freshness(run: PageRun) -> Freshness:
    """Return how fresh the data are."""
    with run.reading() as reading:
        return fresh.freshness(reading)


@kept_results(_KEPT)
def team_names(run: PageRun) -> dict[str, str]:
    """Return the teams that the reader may look at: names by reference."""
    with run.reading() as reading:
        return measure_detail.team_names(reading)


@kept_results(_KEPT)
def background(run: PageRun, measure: str, *, up_to: date | None) -> Background:
    """Return the events and published figures known by a day (None: all), and the words for the measure's codes."""
    with run.reading() as reading:
        return measure_detail.background(reading, measure, up_to=up_to)


@kept_results(_KEPT)
def definitions(run: PageRun) -> list[Entry]:
    """Return the definition of every measure with what stands around it: definitions.entries."""
    with run.reading() as reading:
        return entries(reading)


@kept_results(_LISTS_KEPT)
def listed(
    run: PageRun, measure: str, *, first: date, last: date, team: str | None, recorded: Recorded | None = None
) -> pl.DataFrame:
    """Return the cases of a measure over some days: queries.cases."""
    with run.reading() as reading:
        return cases.listed(reading, measure, first=first, last=last, team=team, recorded=recorded)


@kept_results(_LISTS_KEPT)
def waiting(run: PageRun, measure: str, *, team: str | None, recorded: Recorded | None = None) -> pl.DataFrame:
    """Return the late cases that wait now, the longest first."""
    with run.reading() as reading:
        return cases.waiting(reading, measure, team=team, recorded=recorded)


@kept_results(_KEPT)
def newly_waiting(run: PageRun, measure: str, *, team: str | None, days: int) -> int:
    """Return how many late cases wait now that did not wait some days ago."""
    with run.reading() as reading:
        return cases.newly_waiting(reading, measure, team=team, days=days)


@kept_results(_KEPT)
def paths_of(run: PageRun, measure: str, case_ids: tuple[str, ...]) -> pl.DataFrame:
    """Return the paths of some cases, from contact to assessment."""
    with run.reading() as reading:
        return cases.paths_of(reading, measure, case_ids)


@kept_results(_KEPT)
def decided(run: PageRun, measure: str) -> tuple[Decided, ...]:
    """Return what was decided about a measure, as far as the reader may see it, each with its history."""
    with run.reading() as reading:
        return decisions.decided(reading, measure)


@kept_results(_KEPT)
def services(run: PageRun) -> tuple[str, ...]:
    """Return the services that teams belong to which the reader may see."""
    with run.reading() as reading:
        return decisions.services(reading)
