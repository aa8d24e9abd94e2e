"""What happened, as the trend chart numbers it and the list below it tells it."""

from collections.abc import Sequence
from datetime import date

from dashboard.analysis.judgement import Judgement
from dashboard.charts import trend_rows as rows
from dashboard.readings.measure_detail import Event


def numbered(judgement: Judgement, events: Sequence[Event], *, since: date | None = None) -> list[tuple[int, Event]]:
    """Return the events within the time shown, in order of time, each with its number on the chart.

    An event that a rebase of the same day and name tells already is left out.
    """
    shown = rows.shown(judgement, since)
    if not shown:
        return []
    told = {(each.begun_by.start, each.begun_by.reason) for each in judgement.segments if each.begun_by is not None}
    first, last = shown[0].point.start, rows.end_of(judgement, shown[-1].point.start)
    within = [event for event in events if first <= event.on <= last and (event.on, event.label) not in told]
    return list(enumerate(sorted(within, key=lambda event: event.on), start=1))
