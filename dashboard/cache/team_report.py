"""Reports of teams, and who waits in each, kept for pages: each function is the reading of the same name."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from dashboard.cache.page_run import PageRun
from dashboard.cache.results import kept_results
from dashboard.readings import team_report as reports
from dashboard.readings.team_report import TeamReport, TeamWaits

_KEPT: Final = 64


@kept_results(_KEPT)
def waits_by_team(run: PageRun) -> Mapping[str, TeamWaits]:
    """Return who waits now in each team, whichever week is chosen: read once for all of them."""
    with run.reading() as reading:
        return reports.waits_by_team(reading)


@kept_results(_KEPT)
def team_report(run: PageRun, team: str, *, up_to: date | None) -> TeamReport:
    """Return the report of a team, its measures up to a day."""
    with run.reading() as reading:
        return reports.team_report(reading, team, up_to=up_to)


@kept_results(_KEPT)
def teams(run: PageRun) -> tuple[Mapping[str, Any], ...]:
    """Return the teams whose figures the reader may see, by service."""
    with run.reading() as reading:
        return reports.teams(reading)
