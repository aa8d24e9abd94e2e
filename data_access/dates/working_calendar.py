"""The calendar table: weeks, months, quarters, years, working days and the date a year before.

Working days are Monday to Friday without England's bank holidays (library `holidays`). Weeks run Monday to Sunday,
the financial year from 1 April.
"""

from datetime import date
from functools import lru_cache
from typing import Any, Final

import holidays
import polars as pl
import sqlalchemy as sa

from data_access.database.schema.figures import CALENDAR
from data_access.dates.london_time import LONDON

FIRST_DAY: Final = date(1990, 1, 1)
LAST_DAY: Final = date(2049, 12, 31)
"""Dates outside these are refused when extracts are loaded."""


@lru_cache(maxsize=1)
def calendar() -> pl.DataFrame:
    """Return a row a day with the columns of the calendar table."""
    years = range(FIRST_DAY.year, LAST_DAY.year + 1)
    bank_holidays = set(holidays.country_holidays("GB", subdiv="ENG", years=years))
    day = pl.col("day")
    return (
        pl.select(day=pl.date_range(FIRST_DAY, LAST_DAY))
        .with_row_index("day_number")
        .with_columns(
            begins_at=_midnight(day),
            week=day.dt.truncate("1w"),
            week_end=day.dt.truncate("1w").dt.offset_by("6d"),
            month=day.dt.truncate("1mo"),
            month_end=day.dt.month_end(),
            quarter=day.dt.truncate("1q"),
            year=day.dt.offset_by("-3mo").dt.truncate("1y").dt.offset_by("3mo"),
            working=(day.dt.weekday() <= 5) & ~day.is_in(sorted(bank_holidays)),
            year_before=day.dt.offset_by("-1y"),
        )
        .with_columns(
            part=pl.max_horizontal("week", "month"),
            working_day_number=pl.col("working").cum_sum().cast(pl.Int64),
        )
    )


def _midnight(day: pl.Expr) -> pl.Expr:
    """Return the UTC moment (without a zone) at which a London date begins; clocks never change at midnight."""
    return (
        day.cast(pl.Datetime).dt.replace_time_zone(LONDON.key).dt.convert_time_zone("UTC").dt.replace_time_zone(None)
    )


def fill_calendar(connection: sa.Connection) -> None:
    """Write the calendar where the database's differs, as it does after a bank holiday was announced."""
    wanted: list[dict[str, Any]] = calendar().select(column.name for column in CALENDAR.columns).to_dicts()
    standing = [dict(row._mapping) for row in connection.execute(sa.select(CALENDAR).order_by(CALENDAR.c.day))]
    if standing != wanted:
        connection.execute(sa.delete(CALENDAR))
        connection.execute(sa.insert(CALENDAR), wanted)
