"""Days and times at which reckoning goes wrong, and cells made of them."""

import datetime as dt

from hypothesis import strategies as st

from tests.oracle.clocks import LONDON, days_between, monday_of, utc_from_london

BEGINNING = dt.date(2007, 4, 1)


def _span(first: tuple[int, int, int], last: tuple[int, int, int]) -> list[dt.date]:
    return days_between(dt.date(*first), dt.date(*last))


DAYS: tuple[dt.date, ...] = (
    *_span((2007, 4, 2), (2007, 4, 3)),
    dt.date(2008, 1, 1),
    *_span((2008, 2, 28), (2008, 3, 1)),
    *_span((2008, 12, 30), (2009, 1, 5)),
    *_span((2009, 2, 27), (2009, 3, 1)),
    *_span((2009, 3, 31), (2009, 4, 1)),
    *_span((2009, 10, 23), (2009, 10, 27)),
    *_span((2009, 12, 14), (2010, 1, 25)),
    *_span((2010, 3, 25), (2010, 4, 7)),
    *_span((2010, 12, 24), (2010, 12, 31)),
)
"""Christmas 2009 above all; leap days, clock changes, Easter 2010, the ends of years and financial years."""

EXTRACTION_TIMES: tuple[dt.datetime, ...] = tuple(
    dt.datetime.fromisoformat(text)
    for text in (
        "2010-01-25 07:00",
        "2010-01-18 07:00",
        "2010-01-15 16:00",
        "2010-01-04 07:00",
        "2009-12-29 00:00",
        "2009-10-25 01:30",
        "2009-03-02 07:00",
        "2008-03-03 07:00",
        "2010-03-28 09:00",
        "2010-03-29 07:00",
        "2010-04-12 07:00",
        "2010-12-31 23:59",
    )
)
"""When extracts are taken: naive London local times, most of them a few days after Christmas 2009."""

_TIMES = tuple(
    dt.time.fromisoformat(text)
    for text in ("09:00", "16:00", "16:00:01", "16:01", "00:00", "00:30", "01:00", "01:30", "02:00", "23:59")
)
_DAYS_LATER = (0, 1, 2, 3, 7, 8, 9, 10, 14, 15, 28, 31, 365)
_HOURS_24 = dt.timedelta(hours=24)
_AFTER = (
    _HOURS_24,
    _HOURS_24 + dt.timedelta(seconds=1),
    dt.timedelta(hours=1),
    _HOURS_24 - dt.timedelta(minutes=1),
    dt.timedelta(hours=48),
)


def days(until: dt.date) -> st.SearchStrategy[dt.date]:
    """Return days not after `until`."""
    return st.sampled_from([day for day in DAYS if day <= until])


def days_from(start: dt.date, until: dt.date) -> st.SearchStrategy[dt.date | None]:
    """Return days from `start` on, as often none; none too where the day would lie after `until`; some mistyped."""
    right = st.sampled_from(_DAYS_LATER).map(
        lambda later: day if (day := start + dt.timedelta(days=later)) <= until else None
    )
    return st.integers(0, 9).flatmap(
        lambda kind: days_mistyped(start) if kind == 9 else right if kind % 2 else st.none()
    )


def mondays(until: dt.date) -> st.SearchStrategy[dt.date]:
    """Return Mondays not after `until`, few of them and the latest first."""
    return st.integers(0, 6).map(lambda weeks: monday_of(until) - dt.timedelta(weeks=weeks))


def days_mistyped(start: dt.date) -> st.SearchStrategy[dt.date]:
    """Return days that can't be right: a day or a year before the start, or after the extract was taken."""
    a_day, a_year = (max(BEGINNING, start - dt.timedelta(days=days)) for days in (1, 365))
    return st.sampled_from((a_day, a_year, DAYS[-1]))


def days_happened(until: dt.date) -> st.SearchStrategy[dt.date]:
    """Return days not after `until`, and now and then one mistyped as the last of all days."""
    return st.integers(0, 15).flatmap(lambda rare: st.just(DAYS[-1]) if rare == 15 else days(until))


@st.composite
def times(draw: st.DrawFn, until: dt.datetime) -> str:
    """Return a date-and-time cell not after `until` (naive London local); about one in four is a date alone.

    Now and then it is mistyped as the last of all days.
    """
    if draw(st.integers(0, 15)) == 15:
        return DAYS[-1].isoformat()
    day = draw(days(until.date()))
    possible = [time for time in _TIMES if _was(local := dt.datetime.combine(day, time)) and local <= until]
    if not possible or draw(st.integers(0, 3)) == 3:
        return day.isoformat()
    return cell(dt.datetime.combine(day, draw(st.sampled_from(possible))))


@st.composite
def times_from(draw: st.DrawFn, start: str, until: dt.datetime) -> str | None:
    """Return a date-and-time cell some time after the cell `start`: about 24 hours by choice; blank past `until`.

    Now and then it lies before the start, or after the extract was taken.
    """
    began = dt.datetime.fromisoformat(start)
    kind = draw(st.sampled_from(("hours", "hours", "days", "days", "blank", "blank", "minute before", "mistyped")))
    if kind == "minute before" and _was(earlier := began - dt.timedelta(minutes=1)):
        return cell(earlier)
    if kind == "mistyped":
        return draw(days_mistyped(began.date())).isoformat()
    if kind == "hours":
        moment = utc_from_london(began) + draw(st.sampled_from(_AFTER))
        later = moment.astimezone(LONDON).replace(tzinfo=None)
        return cell(later) if later <= until else None
    if kind == "days":
        day = began.date() + dt.timedelta(days=draw(st.sampled_from(_DAYS_LATER)))
        return day.isoformat() if day <= until.date() else None
    return None


def cell(local: dt.datetime) -> str:
    """Return the time as an extract writes it: without seconds where they are 0."""
    return local.isoformat(sep=" ", timespec="seconds" if local.second else "minutes")


def _was(local: dt.datetime) -> bool:
    try:
        utc_from_london(local)
    except ValueError:
        return False
    return True
