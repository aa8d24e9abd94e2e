"""The few words of SQL that measures share. Portable, but for the seconds between two moments."""

from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.database.schema.figures import CALENDAR

AS_AT: Final = sa.bindparam("as_at", type_=sa.DateTime)
AS_AT_ON: Final = sa.bindparam("as_at_on", type_=sa.Date)
COVERS_FROM: Final = sa.bindparam("covers_from", type_=sa.Date)
COVERS_TO: Final = sa.bindparam("covers_to", type_=sa.Date)


def taken_on(extract: str) -> sa.BindParameter[date]:
    """Return the London date on which an extract was last taken: a row of it can't tell of a later day."""
    return sa.bindparam(f"{extract}_taken_on", type_=sa.Date)


DAY_IN_SECONDS: Final = 24 * 60 * 60


class SecondsBetween(sa.ColumnElement[int]):
    """Whole seconds from one moment to a later one; negative where it is earlier."""

    inherit_cache = True
    type = sa.Integer()

    def __init__(self, earlier: sa.ColumnElement[Any], later: sa.ColumnElement[Any]) -> None:
        self.earlier = earlier
        self.later = later

    _traverse_internals = [  # noqa: RUF012 - the form that SQLAlchemy asks for
        ("earlier", sa.sql.visitors.InternalTraversal.dp_clauseelement),
        ("later", sa.sql.visitors.InternalTraversal.dp_clauseelement),
    ]


@compiles(SecondsBetween)
def _written_seconds(element: SecondsBetween, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - whatever the compiler hands on
    earlier, later = (compiler.process(side, **options) for side in (element.earlier, element.later))
    return f"seconds_between({earlier}, {later})"


@compiles(SecondsBetween, "sqlite")
def _sqlite_seconds(element: SecondsBetween, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - whatever the compiler hands on
    earlier, later = (compiler.process(side, **options) for side in (element.earlier, element.later))
    return f"(CAST(strftime('%s', {later}) AS INTEGER) - CAST(strftime('%s', {earlier}) AS INTEGER))"


@compiles(SecondsBetween, "postgresql")
def _postgresql_seconds(element: SecondsBetween, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - whatever the compiler hands on
    earlier, later = (compiler.process(side, **options) for side in (element.earlier, element.later))
    return f"CAST(FLOOR(EXTRACT(EPOCH FROM ({later} - {earlier}))) AS INTEGER)"


def table(name: str, alias: str) -> sa.FromClause:
    """Return a case table under an alias that reads well in SQL."""
    return CASE_TABLES[name].alias(alias)


def calendar(alias: str) -> sa.FromClause:
    """Return the calendar under an alias that says which day it stands for."""
    return CALENDAR.alias(alias)


def working_day_of(day: sa.ColumnElement[Any]) -> sa.ScalarSelect[int]:
    """Return the working-day number of a date; two of them subtracted are working days, the first being day 0."""
    return _of("working_day_number", day)


def day_number_of(day: sa.ColumnElement[Any]) -> sa.ScalarSelect[int]:
    """Return the day number of a date; two of them subtracted are days."""
    return _of("day_number", day)


def working_day_after(day: sa.ColumnElement[Any], days: sa.ColumnElement[Any]) -> sa.ScalarSelect[Any]:
    """Return the first working day that lies more than so many working days after a date, which is day 0."""
    after = calendar("day_after")
    # of the days that share a number the first is the working day: min() would have PostgreSQL walk the calendar
    return (
        sa.select(after.c.day)
        .where(after.c.working_day_number == working_day_of(day) + days + 1, after.c.working.is_(sa.true()))
        .correlate_except(after)
        .scalar_subquery()
    )


def _of(column: str, day: sa.ColumnElement[Any]) -> sa.ScalarSelect[int]:
    days = calendar("day_of")
    return sa.select(days.c[column]).where(days.c.day == day).correlate_except(days).scalar_subquery()


def later_of(first: sa.ColumnElement[Any], other: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Return the later of two dates."""
    return sa.case((first >= other, first), else_=other)


def earlier_of(first: sa.ColumnElement[Any], other: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Return the earlier of two dates; the first where the other is null, as the open end of a spell is."""
    return sa.case((other < first, other), else_=first)


def next_day(day: sa.ColumnElement[Any]) -> sa.ScalarSelect[Any]:
    """Return the day after a date: the first on which a spell that ends on it stands no more."""
    after = calendar("next_day")
    return _nearest(sa.select(after.c.day).where(after.c.day > day).order_by(after.c.day), after)


def day_before(day: sa.ColumnElement[Any]) -> sa.ScalarSelect[Any]:
    """Return the day before a date."""
    before = calendar("day_before")
    return _nearest(sa.select(before.c.day).where(before.c.day < day).order_by(before.c.day.desc()), before)


def _nearest(days: sa.Select[tuple[Any]], of: sa.FromClause) -> sa.ScalarSelect[Any]:
    return days.limit(1).correlate_except(of).scalar_subquery()


def first_of(day: sa.ColumnElement[Any], other: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Return the earlier of two days, of which either may be null: never."""
    return sa.func.coalesce(earlier_of(day, other), other)


def flagged(codes: str, flag: str) -> sa.Select[tuple[str]]:
    """Return the codes of a list that carry a flag, for use with `in_`."""
    code = CASE_TABLES["codes"]
    return sa.select(code.c.code).where(code.c.list == word(codes), code.c[flag].is_(sa.true()))


def word(value: str) -> sa.ColumnElement[str]:
    """Return a constant of ours that stands in the SQL itself, so that reviewed SQL reads as what it means."""
    return sa.literal_column("'" + value.replace("'", "''") + "'", sa.Text)


def number(value: int) -> sa.ColumnElement[int]:
    """Return a whole number of ours that stands in the SQL itself."""
    return sa.literal_column(str(value), sa.Integer)


def came_before(earlier: sa.FromClause, later: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return whether one referral came before another: by the smaller receipt, then by the smaller id."""
    return sa.or_(
        earlier.c.received_at < later.c.received_at,
        sa.and_(earlier.c.received_at == later.c.received_at, earlier.c.referral_id < later.c.referral_id),
    )
