"""Text cells into values: dates, London times, numbers, yes or no, codes. A cell that can't be read becomes null.

Dates are read as 2010-03-26 or 26/03/2010, times of day as 16:40 or 16:40:00 after them. Fractions of a second,
as some systems write them, are dropped.
"""

from typing import Final

import polars as pl

_DATES: Final = ("%Y-%m-%d", "%d/%m/%Y")
_TIMES: Final = ("%H:%M", "%H:%M:%S")
_MIDNIGHT: Final = r"[ T]00:00(:00(\.0+)?)?$"
_LONDON: Final = "Europe/London"
_YES: Final = ("yes", "y", "true", "1")
_NO: Final = ("no", "n", "false", "0")


def text_of(name: str) -> pl.Expr:
    """Return the cell without spaces around it, non-breaking ones included; empty cells are null."""
    cell = pl.col(name).str.replace_all("\xa0", " ").str.strip_chars()
    return pl.when(cell != "").then(cell)


def _as_date(cell: pl.Expr) -> pl.Expr:
    return pl.coalesce(cell.str.to_date(form, strict=False) for form in _DATES)


def date_of(name: str) -> pl.Expr:
    """Return the date of a cleaned cell; a time of midnight, as spreadsheets add, is dropped."""
    return _as_date(pl.col(name).str.replace(_MIDNIGHT, ""))


def local_of(name: str, *, from_workbook: bool = False) -> pl.Expr:
    """Return the London local date and time of a cleaned cell, midnight where it gives a date alone."""
    cell = pl.col(name).str.replace("T", " ").str.replace(r"\.\d+$", "")
    forms = [f"{day} {time}" for day in _DATES for time in _TIMES]
    timed = pl.coalesce(cell.str.to_datetime(form, strict=False, time_unit="us") for form in forms)
    untimed = date_of(name).cast(pl.Datetime("us"))
    return pl.when(has_time(name, from_workbook=from_workbook)).then(timed).otherwise(untimed)


def has_time(name: str, *, from_workbook: bool = False) -> pl.Expr:
    """Return whether a cleaned cell gives a time of day. In a workbook midnight means that none was given."""
    timed = pl.col(name).str.contains(":")
    return timed & ~pl.col(name).str.contains(_MIDNIGHT) if from_workbook else timed


def moment_of(name: str, *, from_workbook: bool = False) -> pl.Expr:
    """Return the UTC moment of a cleaned cell: of its local time, or of local midnight where it has none.

    The hour that comes twice in autumn is read as the first; the hour that spring leaves out becomes null.
    """
    return (
        local_of(name, from_workbook=from_workbook)
        .dt.replace_time_zone(_LONDON, ambiguous="earliest", non_existent="null")
        .dt.convert_time_zone("UTC")
        .dt.replace_time_zone(None)
    )


def london_of(moment: str) -> pl.Expr:
    """Return the London local time of a UTC moment: what the cell said from which `moment_of` made it."""
    return pl.col(moment).dt.replace_time_zone("UTC").dt.convert_time_zone(_LONDON).dt.replace_time_zone(None)


def whole_of(name: str) -> pl.Expr:
    """Return the whole number of a cleaned cell; 4.0, as spreadsheets write it, is 4."""
    return pl.col(name).str.replace(r"\.0+$", "").cast(pl.Int64, strict=False)


def number_of(name: str) -> pl.Expr:
    """Return the finite number of a cleaned cell."""
    number = pl.col(name).cast(pl.Float64, strict=False)
    return pl.when(number.is_finite()).then(number)


def hundredths_of(name: str) -> pl.Expr:
    """Return a number of a cleaned cell in whole hundredths."""
    return (number_of(name) * 100).round().cast(pl.Int64, strict=False)


def yes_no_of(name: str) -> pl.Expr:
    """Return the yes or no of a cleaned cell."""
    said = pl.col(name).str.to_lowercase()
    return pl.when(said.is_in(_YES)).then(pl.lit(value=True)).when(said.is_in(_NO)).then(pl.lit(value=False))


def code_of(name: str, codes: dict[str, str]) -> pl.Expr:
    """Return the code of a cleaned cell that holds a code or its label; `codes` maps both, in lower case."""
    return pl.col(name).str.to_lowercase().replace_strict(codes, default=None, return_dtype=pl.String)
