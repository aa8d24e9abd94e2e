"""What is said of audits, kept for pages: the reading of the same name."""

from datetime import date
from typing import Final

from dashboard.cache.page_run import PageRun
from dashboard.cache.results import kept_results
from dashboard.readings import audits as readings
from dashboard.readings.audits import Audits

_KEPT: Final = 32


@kept_results(_KEPT)
def audits(run: PageRun, *, team: str | None, up_to: date | None) -> Audits:
    """Return what is said of the audits of a team's cases, or of all, up to a day."""
    with run.reading() as reading:
        return readings.audits(reading, team=team, up_to=up_to)
