"""A select whose subqueries are asked once gives the rows that it gave before, on both engines."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from data_access.database.schema.figures import CALENDAR
from data_access.rollup.asking_once import asked_once

_day, _holiday = CALENDAR.alias("each_day"), CALENDAR.alias("holiday")
_number = (
    sa.select(_holiday.c.working_day_number)
    .where(_holiday.c.day == _day.c.month_end)
    .correlate_except(_holiday)
    .scalar_subquery()
)
_later = (
    sa.select(sa.func.min(_holiday.c.day))
    .where(_holiday.c.working_day_number == _number + 1)
    .correlate_except(_holiday)
    .scalar_subquery()
)
_off_in_its_week = (
    sa.exists().where(_holiday.c.week == _day.c.week, _holiday.c.working.is_(sa.false())).correlate_except(_holiday)
)
_other, _before = CALENDAR.alias("other"), CALENDAR.alias("before")
_none_before = ~sa.exists().where(_before.c.week == _day.c.week, _before.c.day < _other.c.day).correlate_except(
    _before
)


def _first_of_week(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Return what asks a question that hangs on the rows of another question."""
    wanted = (_other.c.day == _day.c.day, _none_before, *conditions)
    return sa.exists().where(*wanted).correlate_except(_other)


_ends_a_month = _day.c.day.in_(sa.select(_other.c.month_end))
_march = _day.c.day.between(date(2010, 3, 1), date(2010, 3, 31))

SELECTS: dict[str, sa.Select[Any]] = {
    "nothing asked": sa.select(_day.c.day, _day.c.week).where(_march),
    "asked once": sa.select(_day.c.day, _number.label("number")).where(_march),
    "asked twice": sa.select(_day.c.day, _number.label("number"), (_number - 1).label("before")).where(_march),
    "asked within another": sa.select(_day.c.day, _number.label("number"), _later.label("later")).where(
        _march, _later > date(2010, 3, 2)
    ),
    "asked by a condition, and denied by another": sa.select(_day.c.day).where(
        _march, sa.or_(_off_in_its_week, _number > 0), ~sa.and_(~_off_in_its_week, _day.c.working.is_(sa.true()))
    ),
    "asked by others alone, which look at what it hangs on": sa.select(
        _day.c.day,
        sa.case((_first_of_week(), 1), else_=0).label("first"),
        sa.case((_first_of_week(_other.c.working.is_(sa.true())), 1), else_=0).label("first_and_working"),
    ).where(_march),
    "of a list": sa.select(_day.c.day, _ends_a_month.label("ends_a_month")).where(
        _march, sa.or_(_ends_a_month, _number > 0)
    ),
    "of two tables": sa.select(_day.c.day, _other.c.day.label("monday"), _number.label("a"), _number.label("b"))
    .select_from(_day)
    .join(_other, _other.c.day == _day.c.week)
    .where(_march),
}


@pytest.mark.parametrize("select", SELECTS.values(), ids=SELECTS.keys())
def test_the_rows_are_the_same(database: sa.Engine, select: sa.Select[Any]) -> None:
    with database.connect() as connection:
        rows = connection.execute(select.order_by(_day.c.day)).all()
        once = asked_once(select).subquery()
        assert connection.execute(sa.select(once).order_by(once.c.day)).all() == rows
        assert rows


def test_what_is_asked_twice_becomes_a_column() -> None:
    sql = str(asked_once(SELECTS["asked within another"]))
    assert sql.count("holiday.day = each_day.month_end") == 1
    assert sql.count("min(holiday.day)") == 1
