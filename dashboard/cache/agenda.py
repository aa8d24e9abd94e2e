"""The weekly meeting and the weeks that were signed off, kept for pages: the readings of the same name."""

from datetime import date, timedelta
from typing import Final

from dashboard.cache.measures import every_measure, freshness
from dashboard.cache.page_run import PageRun
from dashboard.cache.results import kept_results
from dashboard.readings import agenda, sign_off, signed_weeks
from dashboard.readings.agenda import Meeting
from dashboard.readings.signed_weeks import Difference, Reported
from data_access.signed_weeks import SignedWeek

_KEPT: Final = 64


@kept_results(_KEPT)
def meeting(run: PageRun, week: date) -> Meeting:
    """Return the meeting about a week, its Monday."""
    views = every_measure(run, up_to=week + timedelta(days=6))
    with run.reading() as reading:
        return agenda.meeting(reading, week, {view.definition.id: view for view in views})


@kept_results(_KEPT)
def seal(run: PageRun, week: date) -> str:
    """Return what tells the measures of a week, as they are shown, from any other."""
    views = every_measure(run, up_to=week + timedelta(days=6))
    return sign_off.seal(views, is_latest=week == freshness(run).latest_week)


@kept_results(_KEPT)
def signed(run: PageRun, first: date | None, last: date | None) -> tuple[SignedWeek, ...]:
    """Return the weeks signed off between two Mondays, in order, the latest revision of each."""
    with run.reading() as reading:
        return tuple(signed_weeks.signed_weeks_between(reading, first, last))


@kept_results(_KEPT)
def differences(run: PageRun, first: date | None, last: date | None) -> tuple[Difference, ...]:
    """Return what was reported in the weeks between two Mondays and stands otherwise now."""
    weeks = signed(run, first, last)
    with run.reading() as reading:
        return signed_weeks.differences(reading, weeks)


@kept_results(_KEPT)
def reported_otherwise(run: PageRun, measure: str) -> tuple[Reported, ...]:
    """Return every period of a measure that signed weeks report otherwise than it stands now, the oldest first."""
    with run.reading() as reading:
        return signed_weeks.reported_otherwise(reading, measure)
