"""What a pack beyond the service says: figures that may leave, in the words of the pages, and the plan's lines."""

from datetime import date, timedelta
from typing import Final

from dashboard.exports.public_export import check_may_publish
from dashboard.packs.content import (
    Parts,
    check_team,
    measures_read,
    nothing_loaded,
    strands_of,
    week_of_meeting,
)
from dashboard.packs.document import Line, Pack
from dashboard.packs.lists import plan_part
from dashboard.packs.meetings import Meeting
from dashboard.packs.published_views import MONTHS, published_measures
from dashboard.readings.freshness import freshness
from dashboard.readings.reading import Reading
from dashboard.words.attention_lines import attention_lines
from dashboard.words.freshness import day_and_time
from data_access.dates.periods import ended_by
from data_access.vocabulary import Period

CLASSIFICATION: Final = "Public: small numbers are hidden"
NOTHING_STANDS_OUT: Final = Line("", "Nothing stands out among the figures that may be published.")
"""What the pages say there tells of those who wait as well."""


def public_pack_of(reading: Reading, meeting: Meeting, *, on: date | None = None, team: str | None = None) -> Pack:
    """Return the public pack of a meeting held on a day (None: of the latest week), and register all that it shows.

    It tells of the months that had ended with the last whole week before that day. The reading must be on the
    transaction of published.publishing; show nothing before that ends well. Nothing that people typed is in it but
    the lines of the action plan, nothing about who waits, and no event: each could tell of a child. Raise as
    content.pack_of does, and NotAllowedProblem for who may not publish.
    """
    meeting.check(reading.actor)
    check_may_publish(reading.actor)
    check_team(meeting, team, {})
    fresh = freshness(reading)
    sunday = week_of_meeting(fresh, on) + timedelta(days=6)
    if fresh.data_to is None:
        raise nothing_loaded()
    published = published_measures(reading, measures_read(meeting), up_to=sunday)
    every = {name: measure.view for name, measure in published.items()}
    shown = [every[name] for name in meeting.measures]
    lines = attention_lines(shown, every)
    parts = Parts(every, MONTHS)
    month = f"{ended_by(sunday, Period.MONTH):%B %Y}"
    return Pack(
        meeting=meeting.name,
        title=f"{meeting.name}, to {month}",
        subtitle=f"To {month}, by month or by quarter, and the financial year to date",
        freshness=f"Data to {day_and_time(fresh.data_to)}",
        classification=CLASSIFICATION,
        week=sunday - timedelta(days=6),
        as_at=fresh.data_to,
        attention=tuple(Line(line.subject, line.rest) for line in lines) or (NOTHING_STANDS_OUT,),
        lists=plan_part(reading, meeting, fresh.data_to.date()),
        strands=tuple(strands_of(shown, [line.view for line in lines], parts)),
        data=tuple(row for name in meeting.measures for row in published[name].rows),
    )
