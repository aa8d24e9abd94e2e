"""Inspection evidence, kept for pages: the reading of the same name."""

from datetime import date
from typing import Final

from dashboard.cache.page_run import PageRun
from dashboard.cache.results import kept_results
from dashboard.readings import inspection_evidence as readings
from dashboard.readings.inspection_evidence import Evidence

_KEPT: Final = 32


@kept_results(_KEPT)
def inspection_evidence(run: PageRun, *, team: str | None, up_to: date | None) -> tuple[Evidence, ...]:
    """Return every finding with its measures, of a team or the whole, up to a day."""
    with run.reading() as reading:
        return readings.inspection_evidence(reading, team=team, up_to=up_to)
