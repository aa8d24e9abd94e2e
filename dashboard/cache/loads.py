"""Loads and quality, kept for pages: each function is the reading of the same name, of a page's run.

The whole lists that downloads hold are read when they are asked for, and kept nowhere.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboard.cache.page_run import PageRun
from dashboard.cache.results import kept_results
from dashboard.readings import loads
from dashboard.readings import quality as rules_kept
from dashboard.readings.loads import LoadDetail, Restated
from dashboard.readings.quality import Quality

_KEPT: Final = 64

Rows = Sequence[Mapping[str, Any]]


@kept_results(_KEPT)
def latest_loads(run: PageRun) -> Rows:
    """Return the latest loads, newest first: rows of loads.LOADED."""
    with run.reading() as reading:
        return loads.latest_loads(reading)


@kept_results(_KEPT)
def load_detail(run: PageRun, load_id: int) -> LoadDetail:
    """Return what came with a load."""
    with run.reading() as reading:
        return loads.load_detail(reading, load_id)


@kept_results(_KEPT)
def turned_away(run: PageRun) -> Rows:
    """Return the files that were refused as a whole, newest first: rows of loads.TURNED_AWAY."""
    with run.reading() as reading:
        return loads.turned_away(reading)


@kept_results(_KEPT)
def restated(run: PageRun, measure: str, *, team: str | None) -> tuple[Restated, ...]:
    """Return what the latest load that restated the measure changed of it, oldest period first."""
    with run.reading() as reading:
        return loads.restated(reading, measure, team=team)


@kept_results(_KEPT)
def quality(run: PageRun, *, team: str | None) -> Quality:
    """Return which rules are broken now, by the rows of a team or of all that the reader may see."""
    with run.reading() as reading:
        return rules_kept.quality(reading, team=team)


@kept_results(_KEPT)
def to_correct(run: PageRun, rules: tuple[str, ...], *, team: str | None, most: int) -> Rows:
    """Return so many rows at most that break these rules, in their order: rows of quality.TO_CORRECT."""
    with run.reading() as reading:
        return rules_kept.to_correct(reading, rules, team=team, most=most)


@kept_results(_KEPT)
def in_doubt(run: PageRun, measure: str, *, team: str | None, most: int) -> Rows:
    """Return so many rows in doubt at most that affect a measure, the latest first: rows of queries.IN_DOUBT."""
    with run.reading() as reading:
        return rules_kept.in_doubt(reading, measure, team=team, most=most)
