"""How fresh the data are, in one line under the title of every page."""

from datetime import date, datetime, timedelta

from dashboard.analysis.wording import short_day
from dashboard.readings.freshness import Freshness


def freshness_line(freshness: Freshness) -> str:
    """Return to when the data go, when they were loaded, and what was refused."""
    if freshness.data_to is None or freshness.loaded_at is None:
        return "No data loaded"
    parts = [
        f"Data to {day_and_time(freshness.data_to)}{_behind(freshness)}",
        f"loaded {day_and_time(freshness.loaded_at, said_day=freshness.data_to.date())}",
        _refused(freshness),
    ]
    return " · ".join(parts)


def week_words(week: date, freshness: Freshness) -> str:
    """Return which week is shown, by its Monday: "Week to Sun 28 Mar 2010"; of an older one, that it is."""
    sunday = week + timedelta(days=6)
    older = "" if week == freshness.latest_week else ", an older week with what is known of it today"
    return f"Week to Sun {short_day(sunday)} {sunday:%Y}{older}"


def day_and_time(moment: datetime, *, said_day: date | None = None) -> str:
    """Return a time in words, "Mon 29 Mar 2010 07:00"; of a day that is said already "07:12" alone."""
    time = f"{moment:%H:%M}"
    return time if moment.date() == said_day else f"{moment:%a} {short_day(moment.date())} {moment:%Y} {time}"


def _behind(freshness: Freshness) -> str:
    if freshness.behind_to is None:
        return ""
    number = len(freshness.behind)
    which = freshness.behind[0] if number == 1 else f"{number} measures"
    return f", but {which} only to {day_and_time(freshness.behind_to)}"


def _refused(freshness: Freshness) -> str:
    if not freshness.refused:
        return "no row refused"
    rows = f"{freshness.refused:,} of {freshness.read:,} rows refused"
    affected = freshness.affected
    if not affected:
        return rows
    which = affected[0] if len(affected) == 1 else f"{len(affected)} measures"
    return f"{rows}, enough to affect {which}"
