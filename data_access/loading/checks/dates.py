"""Dates and times of day as people, systems and spreadsheets write them, in the forms that every format shares.

Read are 2010-03-26, 26/03/2010, 26-03-2010, 26/3/10, 2010/03/26, 26 March 2010, 26-Mar-10 and a spreadsheet's number
of a day (40263.375), each with a time of day after it or without: 16:40, 9:05, 4:40 pm, 16:40:59.123. A time with a Z
or an offset from UTC is turned into London's. A time of exactly midnight says that none was given: systems and
spreadsheets write it after days alone, and hours counted from it would be made up. Dates with points (26.03.2010) are
read only where a reader asks for it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Final

import polars as pl

LONDON: Final = "Europe/London"

TWO_DIGITS: Final = "two digits"
DAY_NUMBER: Final = "day number"
"""Forms of dates that are told of: a year of two digits, a spreadsheet's number of a day."""

READ: Final = pl.Struct(
    {
        "day": pl.Date,
        "local": pl.Datetime("us"),
        "moment": pl.Datetime("us"),
        "timed": pl.Boolean,
        "midnight": pl.Boolean,
        "form": pl.String,
    }
)
"""What is read of a cell: its day (null where there is none), the London time and the UTC moment (local midnight
where no time was given), whether a time was given, whether that time was midnight, and the form if it is told of."""

_WHOLE: Final = (
    r"^(?P<day>.*?\S)"
    r"(?:(?:[T ]| ?, ?)(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?) ?(?P<half>[AaPp]\.?[Mm]\.?)?"
    r" ?(?P<zone>[Zz]|UTC|[+-]\d{2}(?::?\d{2})?)?)?$"
)
_FIRST_NUMBER, _LAST_NUMBER = 20_000, 80_000
"""Spreadsheets number days from 1900; these numbers are days of 1954 to 2119."""

_SECONDS: Final = 86_400
_MANY: Final = 10


def read(name: str, *, points: bool = False) -> pl.Expr:
    """Return READ of a tidied cell; with `points` dates such as 26.03.2010 are read too."""
    return pl.col(name).map_batches(lambda cells: _read(cells, points=points), return_dtype=READ, is_elementwise=True)


def _read(cells: pl.Series, *, points: bool) -> pl.Series:
    parts = cells.str.extract_groups(_WHOLE).struct.unnest()
    days = _days(parts.get_column("day"), points=points).with_columns(
        parts.get_column("zone"),
        _seconds(parts).alias("seconds"),
        parts.get_column("time").is_not_null().alias("(has time)"),
    )
    given = pl.col("(has time)") | (pl.col("fraction") > 0)
    seconds = pl.when("(has time)").then(pl.col("seconds")).otherwise(pl.col("fraction"))
    midnight = (given & (seconds == 0)).fill_null(value=False)
    written = pl.col("day").cast(pl.Datetime("us")) + pl.duration(seconds=seconds)
    zoned = pl.col("zone").is_not_null() & ~midnight
    utc = written - pl.duration(minutes=_offset(pl.col("zone")))
    here = utc.dt.replace_time_zone("UTC").dt.convert_time_zone(LONDON).dt.replace_time_zone(None)
    frame = days.with_columns(
        midnight.alias("midnight"),
        pl.when(zoned).then(here).otherwise(written).alias("local"),
        pl.when(zoned).then(utc).alias("utc"),
    )
    # a day that a system turned into UTC began at midnight in London
    frame = frame.with_columns(
        (pl.col("midnight") | (pl.col("utc").is_not_null() & (pl.col("local").dt.time() == time()))).alias(
            "midnight"
        ),
        pl.when(pl.col("utc").is_not_null()).then(pl.col("local").dt.date()).otherwise(pl.col("day")).alias("day"),
    )
    moment = (
        pl.col("local")
        .dt.replace_time_zone(LONDON, ambiguous="earliest", non_existent="null")
        .dt.convert_time_zone("UTC")
        .dt.replace_time_zone(None)
    )
    read = frame.select(
        "day",
        "local",
        pl.coalesce("utc", moment).alias("moment"),
        (given & ~pl.col("midnight")).fill_null(value=False).alias("timed"),
        "midnight",
        "form",
    )
    return read.to_struct(cells.name)


def _days(texts: pl.Series, *, points: bool) -> pl.DataFrame:
    """Return of texts without a time of day: day, form, and as `fraction` the seconds that a day's number gives.

    Each text is read once: a column says the same days over and over, and a single one in a rare form has all of them
    tried in every form.
    """
    given = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    read = _different_days(given.unique(), points=points)
    return given.join(read, on="text", how="left", nulls_equal=True, maintain_order="left").drop("text")


def _different_days(texts: pl.DataFrame, *, points: bool) -> pl.DataFrame:
    """Return what `_days` does of each `text`, beside it."""
    frame = texts.with_columns(day=pl.lit(None, pl.Date), form=pl.lit(None, pl.String), fraction=pl.lit(0, pl.Int64))
    text = pl.col("text")
    marks = "[/. -]" if points else "[/ -]"
    year_first = "[/.-]" if points else "[/-]"
    named = (
        text.str.replace(r"^(\d{1,2})(st|nd|rd|th)\b", "$1")
        .str.replace_all(r"[ ,/.\-]+", " ")
        .str.replace(r"(?i)^(\d{1,2} )sept ", "${1}Sep ")
    )
    numbers = rf"^(\d{{1,2}}){marks}(\d{{1,2}}){marks}"
    two_digits = text.str.replace(rf"{numbers}(\d{{2}})$", "$1/$2/$3")
    forms: Sequence[tuple[str | None, pl.Expr]] = (
        (None, _where(text, r"^\d{4}-\d{1,2}-\d{1,2}$", text).str.to_date("%Y-%m-%d", strict=False)),
        (
            None,
            _where(text, rf"{numbers}\d{{4}}$", text.str.replace(rf"{numbers}(\d{{4}})$", "$3-$2-$1")).str.to_date(
                "%Y-%m-%d", strict=False
            ),
        ),
        (TWO_DIGITS, _where(text, rf"{numbers}\d{{2}}$", two_digits).str.to_date("%d/%m/%y", strict=False)),
        (
            None,
            _where(
                text, rf"^\d{{4}}{year_first}\d{{1,2}}{year_first}\d{{1,2}}$", text.str.replace_all("[/.]", "-")
            ).str.to_date("%Y-%m-%d", strict=False),
        ),
        *((None, _where(named, r" \d{4}$", named).str.to_date(form, strict=False)) for form in _NAMED_YEARS),
        *((TWO_DIGITS, _where(named, r" \d{2}$", named).str.to_date(form, strict=False)) for form in _NAMED_SHORT),
        (DAY_NUMBER, pl.lit("1899-12-30").str.to_date() + pl.duration(days=_number_seconds() // _SECONDS)),
    )
    for form, meaning in forms:
        if not frame.select((text.is_not_null() & pl.col("day").is_null()).any()).item():
            break
        frame = frame.with_columns(meaning.alias("(met)")).with_columns(
            pl.coalesce("day", "(met)").alias("day"),
            pl.when(pl.col("day").is_null() & pl.col("(met)").is_not_null())
            .then(pl.lit(form, pl.String))
            .otherwise(pl.col("form"))
            .alias("form"),
        )
    of_day = _number_seconds() % _SECONDS
    seconds = pl.when(pl.col("form") == DAY_NUMBER).then(of_day).otherwise(pl.lit(0, pl.Int64))
    return frame.with_columns(seconds.alias("fraction")).select("text", "day", "form", "fraction")


_NAMED_YEARS: Final = ("%d %b %Y", "%d %B %Y")
_NAMED_SHORT: Final = ("%d %b %y", "%d %B %y")


def _where(text: pl.Expr, form: str, meaning: pl.Expr) -> pl.Expr:
    """Return the meaning where the text has the form: a year of two digits is never read as one of four."""
    return pl.when(text.str.contains(form)).then(meaning)


def _number_seconds() -> pl.Expr:
    """Return a spreadsheet's number of a day in whole seconds, since its fraction is seldom exact."""
    number = pl.col("text").str.extract(r"^(\d{5}(?:\.\d+)?)$", 1).cast(pl.Float64)
    return pl.when(number.is_between(_FIRST_NUMBER, _LAST_NUMBER)).then((number * _SECONDS).round().cast(pl.Int64))


def _seconds(parts: pl.DataFrame) -> pl.Series:
    """Return the seconds since midnight of a time of day; null where there is none, or no such time."""
    time, half = pl.col("time"), pl.col("half").str.to_lowercase().str.slice(0, 1)
    hour, minute = (time.str.extract(form, 1).cast(pl.Int64) for form in (r"^(\d+):", r"^\d+:(\d+)"))
    second = time.str.extract(r"^\d+:\d+:(\d+)", 1).cast(pl.Int64).fill_null(0)
    of_day = (
        pl.when(half.is_null() & (hour <= 23))
        .then(hour)
        .when(half.is_not_null() & hour.is_between(1, 12))
        .then(hour % 12 + pl.when(half == "p").then(12).otherwise(0))
        # 16:40 PM, as some systems write it
        .when((half == "p") & hour.is_between(13, 23))
        .then(hour)
    )
    sound = (minute <= 59) & (second <= 59)
    given = parts.select("time", "half")
    read = given.unique().with_columns(pl.when(sound).then(of_day * 3600 + minute * 60 + second).alias("seconds"))
    together = given.join(read, on=["time", "half"], how="left", nulls_equal=True, maintain_order="left")
    return together.get_column("seconds")


def _offset(zone: pl.Expr) -> pl.Expr:
    """Return the minutes by which a zone is ahead of UTC."""
    hours, minutes = zone.str.extract(r"^[+-](\d{2})", 1), zone.str.extract(r"^[+-]\d{2}:?(\d{2})$", 1)
    ahead = hours.cast(pl.Int64).fill_null(0) * 60 + minutes.cast(pl.Int64).fill_null(0)
    return pl.when(zone.str.starts_with("-")).then(-ahead).otherwise(ahead)


_NUMBERS: Final = r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](?:\d{4}|\d{2})(?:[ T].*)?$"


def seems_month_first(cell: pl.Expr) -> pl.Expr:
    """Return whether a date makes sense only with its month first, as 03/26/2010 does."""
    first, second = (cell.str.extract(_NUMBERS, place).cast(pl.Int64) for place in (1, 2))
    return ((first <= 12) & second.is_between(13, 31)).fill_null(value=False)


@dataclass
class Order:
    """The dates of one column whose order of day and month only sense can tell: how many make sense in which order.

    `row` is the first row that makes sense only with the month first; `either` are the different dates that make
    sense both ways, up to a number of them.
    """

    day_first: int = 0
    month_first: int = 0
    row: int | None = None
    either: set[str] = field(default_factory=set)

    def look(self, rows: pl.DataFrame, name: str, numbers: str) -> None:
        """Take more rows into account; `numbers` is the column with their numbers."""
        numbered = rows.select(
            pl.col(numbers).alias("row"),
            pl.col(name).str.extract(_NUMBERS, 1).cast(pl.Int64).alias("first"),
            pl.col(name).str.extract(_NUMBERS, 2).cast(pl.Int64).alias("second"),
            pl.col(name).str.extract(r"^(\S+)", 1).alias("date"),
        ).drop_nulls("first")
        if numbered.is_empty():
            return
        self.day_first += numbered.filter(pl.col("first") > 12, pl.col("second") <= 12).height
        month_first = numbered.filter(pl.col("first") <= 12, pl.col("second").is_between(13, 31))
        if month_first.height and self.row is None:
            self.row = month_first.item(0, "row")
        self.month_first += month_first.height
        if len(self.either) < _MANY:
            both = numbered.filter(pl.col("first") <= 12, pl.col("second") <= 12, pl.col("first") != pl.col("second"))
            self.either.update(both.get_column("date").unique().head(_MANY).to_list())

    @property
    def is_month_first(self) -> bool:
        """Return whether all of the column's dates are written with the month first, as far as sense can tell."""
        return self.month_first > 0 and self.day_first == 0 and (self.month_first > 1 or bool(self.either))

    @property
    def is_in_doubt(self) -> bool:
        """Return whether there are many dates and not one of them tells the order."""
        return self.month_first == 0 and self.day_first == 0 and len(self.either) >= _MANY


def month_first_refused(shown: str, heading: str, order: Order) -> str:
    """Return what is said of a file that is refused since a column has the month first."""
    return (
        f"{shown}: the dates of the column {heading} have the month first (row {order.row} makes sense only so, and "
        "none only with the day first), so the others would be read as wrong days. Write them with the day first, "
        "26/03/2010, or as 2010-03-26. Nothing of it was loaded."
    )


def notices_on_dates(shown: str, heading: str, met: Counter[str], order: Order) -> list[str]:
    """Return what is told of a column's dates; `met` counts the forms that are told of."""
    notices = []
    if number := met[TWO_DIGITS]:
        cells = "cell" if number == 1 else "cells"
        notices.append(f"in {number:,} {cells} the year has two digits; 00 to 68 were read as 2000 to 2068")
    if number := met[DAY_NUMBER]:
        notices.append(
            f"{'1 cell holds' if number == 1 else f'{number:,} cells hold'} a spreadsheet's number of a day, read as "
            "that day; format the column as a date"
        )
    if order.is_in_doubt:
        notices.append(
            "no date has a first number above 12. They were read with the day first: are they written with the month "
            "first?"
        )
    return [f"{shown}, column {heading}: {notice}{'' if notice.endswith('?') else '.'}" for notice in notices]
