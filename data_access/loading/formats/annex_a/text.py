"""Cells of Annex A as they are typed, into text that says one thing in one way: blanks, days, ages."""

from typing import Final

import polars as pl

from data_access.loading.ages import age_band

ERRORS: Final = ("#n/a", "#ref!", "#value!", "#div/0!", "#name?", "#null!", "#num!", "#getting_data", "#spill!")
"""What a spreadsheet shows where a formula failed."""

_NOTHING: Final = (*ERRORS, "null", "<null>", "(null)", "n/a", "na", "nan", "nat", "nil", "(blank)", "-", "--", ".")
_NO_DAY: Final = ("none", "ongoing", "open", "current", "not applicable")
_SPACES: Final = "[\\s\u200b\u200c\u200d\u2060\ufeff]+"
_DAY: Final = r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ]"
_TIME: Final = r"([ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?Z?)?$"
_BANDS: Final = (
    (1, "under_1"),
    (5, "1_to_4"),
    (10, "5_to_9"),
    (16, "10_to_15"),
    (18, "16_to_17"),
    (130, "18_or_over"),
)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
"""Spreadsheets number days from 1900; these numbers are days of 1954 to 2119."""


def text_of(name: str) -> pl.Expr:
    """Return the cell with single spaces, of the ordinary kind, and none around it; null where that is empty."""
    text = pl.col(name).str.replace_all(_SPACES, " ").str.strip_chars()
    return pl.when(text != "").then(text)


def said(name: str) -> pl.Expr:
    """Return what a tidied cell says; null where it only says that there is nothing, as `#N/A` and `NULL` do."""
    return pl.when(~pl.col(name).str.to_lowercase().is_in(_NOTHING)).then(pl.col(name))


def child_of(name: str) -> pl.Expr:
    """Return a child's reference; a number that was written with decimals is the whole number."""
    return said(name).str.replace(r"^(\d+)\.0+$", "$1")


def day_of(name: str, *, required: bool) -> pl.Expr:
    """Return the day of a tidied cell as 2024-03-26, without a time of day; what can't be read stays as it is.

    Days are read as 2024-03-26, 26/03/2024, 26/3/24, 26 March 2024 or 26-Mar-24 (also with points or hyphens), or as
    a spreadsheet's number of a day, 45377. What says that there is no day is null, but stays where one is required.
    """
    cell = pl.col(name)
    bare = cell.str.replace(_TIME, "")
    serial = bare.str.extract(r"^(\d{5})(?:\.\d+)?$", 1).cast(pl.Int64)
    named = bare.str.replace(r"^(\d{1,2})(st|nd|rd|th)\b", "$1").str.replace_all(r"[ ,/.\-]+", " ")
    long = bare.str.replace(rf"^{_DAY}(\d{{4}})$", "$3-$2-$1").str.replace(
        r"^(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})$", "$1-$2-$3"
    )
    days = pl.coalesce(
        pl.when(long.str.contains(r"^\d{4}-")).then(long).str.to_date("%Y-%m-%d", strict=False),
        bare.str.replace(rf"^{_DAY}(\d{{2}})$", "$1/$2/$3").str.to_date("%d/%m/%y", strict=False),
        *(_named(named, r" \d{4}$", form) for form in ("%d %b %Y", "%d %B %Y")),
        *(_named(named, r" \d{2}$", form) for form in ("%d %b %y", "%d %B %y")),
        pl.when(serial.is_between(_FIRST_SERIAL, _LAST_SERIAL)).then(
            pl.lit("1899-12-30").str.to_date() + pl.duration(days=serial)
        ),
    )
    rest = cell if required else pl.when(~cell.str.to_lowercase().is_in((*_NOTHING, *_NO_DAY))).then(cell)
    return pl.coalesce(days.dt.to_string("%Y-%m-%d"), rest)


def _named(cell: pl.Expr, year: str, form: str) -> pl.Expr:
    """Return the day of a cell that names the month; `year` keeps two digits from being read as a year of four."""
    return pl.when(cell.str.contains(year)).then(cell).str.to_date(form, strict=False)


def band_of(birth: str, age: str, on: str) -> pl.Expr:
    """Return the age band of a child on a day: from the day of birth, else from the age that the list gives.

    `birth` and `on` are days as `day_of` gives them, `age` is in years, decimals allowed, -1 for the unborn.
    """
    years = pl.col(age).cast(pl.Float64, strict=False)
    unborn = pl.col(age).str.to_lowercase().str.contains("unborn") | years.is_between(-1, 0, closed="left")
    told = pl.when(unborn).then(pl.lit("unborn")).when(years < 0).then(pl.lit("unknown"))
    for below, band in _BANDS:
        told = told.when(years < below).then(pl.lit(band))
    born = age_band(birth, on)
    return pl.when(born != "unknown").then(born).otherwise(told.otherwise(pl.lit("unknown")))
