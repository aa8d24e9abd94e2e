"""Text cells into values: dates, London times, numbers, yes or no, codes. A cell that can't be read becomes null.

Which forms of dates and times are read is said in `dates`.
"""

from typing import Final

import polars as pl

from data_access.loading.checks import dates

_YES: Final = ("yes", "y", "true", "1")
_NO: Final = ("no", "n", "false", "0")


def text_of(name: str) -> pl.Expr:
    """Return the cell without spaces around it, non-breaking ones included; empty cells are null."""
    cell = pl.col(name).str.replace_all("\xa0", " ").str.strip_chars()
    return pl.when(cell != "").then(cell)


def date_of(name: str) -> pl.Expr:
    """Return the date of a tidied cell; a time of midnight, as spreadsheets add, is dropped, any other is no date."""
    read = dates.read(name)
    return pl.when(~read.struct.field("timed")).then(read.struct.field("day"))


def moment_of(name: str) -> pl.Expr:
    """Return the UTC moment of a tidied cell: of its local time, or of local midnight where it has none.

    The hour that comes twice in autumn is read as the first; the hour that spring leaves out becomes null.
    """
    return dates.read(name).struct.field("moment")


def london_of(moment: str) -> pl.Expr:
    """Return the London local time of a UTC moment: what the cell said from which `moment_of` made it."""
    return pl.col(moment).dt.replace_time_zone("UTC").dt.convert_time_zone(dates.LONDON).dt.replace_time_zone(None)


def whole_of(name: str) -> pl.Expr:
    """Return the whole number of a tidied cell; 4.0, as spreadsheets write it, is 4."""
    return pl.col(name).str.replace(r"\.0+$", "").cast(pl.Int64, strict=False)


def number_of(name: str) -> pl.Expr:
    """Return the finite number of a tidied cell."""
    number = pl.col(name).cast(pl.Float64, strict=False)
    return pl.when(number.is_finite()).then(number)


def hundredths_of(name: str) -> pl.Expr:
    """Return a number of a tidied cell in whole hundredths."""
    return (number_of(name) * 100).round().cast(pl.Int64, strict=False)


def yes_no_of(name: str) -> pl.Expr:
    """Return the yes or no of a tidied cell."""
    said = pl.col(name).str.to_lowercase()
    return pl.when(said.is_in(_YES)).then(pl.lit(value=True)).when(said.is_in(_NO)).then(pl.lit(value=False))


def code_of(name: str, codes: dict[str, str]) -> pl.Expr:
    """Return the code of a tidied cell that holds a code or its label; `codes` maps both, in lower case."""
    return pl.col(name).str.to_lowercase().replace_strict(codes, default=None, return_dtype=pl.String)
