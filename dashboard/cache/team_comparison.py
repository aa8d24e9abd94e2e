"""How teams, or the values of another dimension, compare, kept for pages; apart, since it takes a while to import."""

from datetime import date
from typing import Final

from dashboard.cache.measures import measure_view
from dashboard.cache.page_run import PageRun
from dashboard.cache.results import kept_results
from dashboard.readings.team_comparison import TeamComparison, compare_teams, dimensions_with_targets

_KEPT: Final = 256


@kept_results(_KEPT)
def team_comparison(
    run: PageRun, measure: str, *, by: str, team: str | None, up_to: date | None
) -> TeamComparison | None:
    """Return a measure's teams, or the values of another dimension, beside each other; None without a figure."""
    view = measure_view(run, measure, team=team, up_to=up_to)
    with run.reading() as reading:
        return compare_teams(reading, view, by=by, team=team)


def values_with_targets(
    run: PageRun, measure: str, *, team: str | None, up_to: date | None
) -> list[tuple[str, TeamComparison]]:
    """Return each dimension whose values have targets of their own, with those values."""
    compared = [
        (by, team_comparison(run, measure, by=by, team=team, up_to=up_to))
        for by in _dimensions_with_targets(run, measure, team)
    ]
    return [(by, values) for by, values in compared if values is not None]


@kept_results(_KEPT)
def _dimensions_with_targets(run: PageRun, measure: str, team: str | None) -> tuple[str, ...]:
    with run.reading() as reading:
        return dimensions_with_targets(reading, measure, team=team)
