"""The calendar, periods and London time, against naive loops and dates that anyone can look up."""

import datetime as dt
import itertools

import pytest
import sqlalchemy as sa
from hypothesis import example, given
from hypothesis import strategies as st

from data_access.database.schema.figures import CALENDAR
from data_access.dates.london_time import local_date, to_local, to_utc
from data_access.dates.periods import Grain, latest_end, month_after, period_of, periods, spans, week_of
from data_access.dates.working_calendar import FIRST_DAY, LAST_DAY, calendar
from data_access.vocabulary import NATURAL_PERIODS, Period
from tests.oracle import clocks
from tests.oracle.clocks import DAY, days_between, is_working_day
from tests.oracle.periods import WEEKS_52
from tests.oracle.periods import period_of as judged_period

ROWS = {row["day"]: row for row in calendar().iter_rows(named=True)}

any_day = st.dates(FIRST_DAY, LAST_DAY)
turning_days = st.sampled_from(
    [
        dt.date(year, month, day)
        for year in (1990, 2000, 2009, 2010, 2012, 2049)
        for month in range(1, 13)
        for day in (1, 28)
    ]
    + [dt.date(year, 2, 29) for year in (1992, 2000, 2008, 2012, 2048)]
    + [dt.date(year, 12, day) for year in (1990, 2007, 2009, 2010, 2049) for day in (24, 25, 26, 27, 28, 31)]
)
days = any_day | turning_days


def test_the_calendar_has_every_day_once() -> None:
    assert list(ROWS) == days_between(dt.date(1990, 1, 1), dt.date(2049, 12, 31))


def test_days_and_working_days_are_numbered_without_a_gap() -> None:
    working = 0
    for number, (day, row) in enumerate(ROWS.items()):
        working += is_working_day(day)
        assert (row["day_number"], row["working"], row["working_day_number"]) == (
            number,
            is_working_day(day),
            working,
        )


@given(day=days)
def test_each_day_lies_in_its_periods(day: dt.date) -> None:
    row = ROWS[day]
    monday, month_first = clocks.monday_of(day), day.replace(day=1)
    assert (row["week"], row["week_end"]) == (monday, monday + 6 * DAY)
    assert (row["month"], row["month_end"]) == (month_first, clocks.month_end(day))
    assert row["quarter"] == judged_period(day, "quarter")[0]
    assert row["year"] == judged_period(day, "year")[0]
    assert row["year_before"] == clocks.year_before(day)
    midnight = dt.datetime.combine(day, dt.time())
    assert row["begins_at"].replace(tzinfo=dt.UTC) == clocks.utc_from_london(midnight)
    assert week_of(day) == monday


@given(day=days)
def test_a_part_is_the_piece_of_a_week_that_lies_in_one_month(day: dt.date) -> None:
    part = {other for other in ROWS if abs((other - day).days) < 7 and ROWS[other]["part"] == ROWS[day]["part"]}
    expected = {
        other
        for other in days_between(day - 6 * DAY, day + 6 * DAY)
        if clocks.monday_of(other) == clocks.monday_of(day) and (other.year, other.month) == (day.year, day.month)
    }
    assert part == expected & set(ROWS)
    assert ROWS[day]["part"] == min(expected)


@given(start=days, later=st.integers(0, 400))
def test_working_days_are_a_subtraction(start: dt.date, later: int) -> None:
    end = min(start + later * DAY, LAST_DAY)
    taken = ROWS[end]["working_day_number"] - ROWS[start]["working_day_number"]
    assert taken == clocks.working_days_from(start, end)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2009-12-24", True),
        ("2009-12-25", False),
        ("2009-12-26", False),  # a Saturday, so kept on the Monday
        ("2009-12-28", False),
        ("2009-12-29", True),
        ("2010-01-01", False),
        ("2010-04-01", True),
        ("2010-04-02", False),  # Good Friday
        ("2010-04-05", False),  # Easter Monday
        ("2010-04-06", True),
        ("2011-04-29", False),  # the royal wedding
        ("2012-05-28", True),  # the spring holiday went to June for the jubilee
        ("2012-06-04", False),
        ("2012-06-05", False),
        ("2020-05-04", True),  # the May holiday went to VE Day
        ("2020-05-08", False),
        ("2022-05-30", True),
        ("2022-06-02", False),
        ("2022-06-03", False),
        ("2022-09-19", False),  # the Queen's funeral
        ("2023-05-08", False),  # the coronation
        ("2010-01-23", False),
    ],
)
def test_bank_holidays_of_england(day: str, working: bool) -> None:
    assert ROWS[dt.date.fromisoformat(day)]["working"] is working


@pytest.mark.parametrize(
    ("start", "end", "working_days"),
    [
        ("2010-03-19", "2010-03-22", 1),  # Friday to Monday
        ("2010-03-20", "2010-03-22", 1),  # Saturday is day 0 itself
        ("2010-03-20", "2010-03-21", 0),
        ("2009-12-24", "2009-12-29", 1),
        ("2010-04-01", "2010-04-06", 1),
        ("2009-12-21", "2010-01-04", 7),
    ],
)
def test_working_days_over_weekends_and_holidays(start: str, end: str, working_days: int) -> None:
    numbers = [ROWS[dt.date.fromisoformat(day)]["working_day_number"] for day in (start, end)]
    assert numbers[1] - numbers[0] == working_days


@pytest.mark.parametrize(
    ("day", "before"),
    [
        ("2008-02-29", "2007-02-28"),
        ("2009-02-28", "2008-02-28"),
        ("2009-03-01", "2008-03-01"),
        ("2010-02-28", "2009-02-28"),
    ],
)
def test_a_year_before(day: str, before: str) -> None:
    assert ROWS[dt.date.fromisoformat(day)]["year_before"] == dt.date.fromisoformat(before)


def test_the_database_holds_this_calendar(database: sa.Engine) -> None:
    with database.connect() as connection:
        rows = connection.execute(sa.select(CALENDAR).order_by(CALENDAR.c.day)).mappings().all()
    assert len(rows) == len(ROWS)
    for row in rows:
        assert dict(row) == {name: ROWS[row["day"]][name] for name in row}


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2010-01-22 10:00", "2010-01-22 10:00"),
        ("2010-07-22 10:00", "2010-07-22 09:00"),
        ("2009-10-25 00:59", "2009-10-24 23:59"),
        ("2009-10-25 01:00", "2009-10-25 00:00"),  # comes twice: read as the first, summer time
        ("2009-10-25 01:59", "2009-10-25 00:59"),
        ("2009-10-25 02:00", "2009-10-25 02:00"),
        ("2010-03-28 00:59", "2010-03-28 00:59"),
        ("2010-03-28 02:00", "2010-03-28 01:00"),
    ],
)
def test_london_time_to_utc(local: str, utc: str) -> None:
    moment = to_utc(dt.datetime.fromisoformat(local))
    assert moment == dt.datetime.fromisoformat(utc)
    assert to_local(moment) == dt.datetime.fromisoformat(local)


def test_the_second_ambiguous_hour_reads_alike_and_is_another_moment() -> None:
    second = dt.datetime.fromisoformat("2009-10-25 01:30")
    assert to_local(second) == second
    assert to_utc(second) == second - dt.timedelta(hours=1)


@given(moment=st.datetimes(dt.datetime.fromisoformat("1990-01-02"), dt.datetime.fromisoformat("2049-12-30")))
def test_local_time_and_date_agree_with_the_judge(moment: dt.datetime) -> None:
    aware = moment.replace(tzinfo=dt.UTC)
    assert to_local(moment) == aware.astimezone(clocks.LONDON).replace(tzinfo=None)
    assert local_date(moment) == clocks.london_date(aware)


@given(day=days, period=st.sampled_from(NATURAL_PERIODS))
def test_periods_are_those_of_the_judge(day: dt.date, period: Period) -> None:
    assert period_of(day, period) == judged_period(day, period.value)
    assert ROWS[day][period.value] == period_of(day, period)[0]


@given(first=any_day, length=st.integers(0, 800), period=st.sampled_from(NATURAL_PERIODS))
def test_periods_follow_each_other_without_a_gap(first: dt.date, length: int, period: Period) -> None:
    last = first + length * DAY
    found = periods(period, first, last)
    assert found[0][0] <= first <= found[0][1]
    assert found[-1][0] <= last <= found[-1][1]
    assert all(after[0] - before[1] == DAY for before, after in itertools.pairwise(found))


def test_no_period_lies_between_a_day_and_an_earlier_week() -> None:
    assert periods(Period.WEEK, dt.date(2010, 3, 29), dt.date(2010, 3, 28)) == []


@given(
    first=any_day.filter(lambda day: day.year > 1991),
    grain=st.sampled_from(Grain),
    natural=st.sampled_from(NATURAL_PERIODS),
)
@example(first=dt.date(2008, 2, 29), grain=Grain.TWELVE_MONTHS, natural=Period.MONTH)
@example(first=dt.date(2010, 3, 31), grain=Grain.YEAR_TO_DATE, natural=Period.WEEK)
def test_spans_count_from_the_period_the_year_or_twelve_months_back(
    first: dt.date, grain: Grain, natural: Period
) -> None:
    [span] = spans(grain, natural, first, first)
    rolls = grain in (Grain.YEAR_TO_DATE, Grain.TWELVE_MONTHS)
    assert (span.start, span.end) == judged_period(first, natural.value if rolls else grain.value)
    assert latest_end(grain, natural, first) == span.end
    if grain is Grain.YEAR_TO_DATE:
        assert span.first == judged_period(span.end, "year")[0]
    elif grain is Grain.TWELVE_MONTHS and natural is Period.WEEK:
        assert span.end - span.first + DAY == WEEKS_52
    elif grain is Grain.TWELVE_MONTHS:
        assert span.first - DAY == clocks.month_end(clocks.year_before(span.end))
        assert span.first.day == 1
    else:
        assert span.first == span.start


def test_twelve_months_end_with_february_of_a_leap_year() -> None:
    [span] = spans(Grain.TWELVE_MONTHS, Period.MONTH, dt.date(2008, 2, 1), dt.date(2008, 2, 1))
    assert (span.first, span.end) == (dt.date(2007, 3, 1), dt.date(2008, 2, 29))


@given(day=any_day.filter(lambda day: 1991 < day.year < 2048), months=st.integers(-12, 12))
def test_months_after(day: dt.date, months: int) -> None:
    found = day.replace(day=1)
    for _ in range(abs(months)):
        found = clocks.month_end(found) + DAY if months > 0 else (found - DAY).replace(day=1)
    assert month_after(day.replace(day=1), months) == found
