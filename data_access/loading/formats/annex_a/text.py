"""Cells of Annex A as they are typed, into text that says one thing in one way: blanks, days, ages."""

from typing import Final

import polars as pl

from data_access.extracts.placeholders import WORDS_FOR_NOTHING
from data_access.loading.checks import dates
from data_access.loading.checks.age_bands import age_band
from data_access.loading.checks.nothing import FORMULAS, is_a_date_for_none, is_a_formula, says_no_date, says_nothing
from data_access.loading.checks.references import tidied, whole_number

_NOTHING: Final = (*FORMULAS, *(word for word in WORDS_FOR_NOTHING if word != "none"))
"""What is read as blank in every field; "none" is a code of some."""

_BANDS: Final = (
    (1, "under_1"),
    (5, "1_to_4"),
    (10, "5_to_9"),
    (16, "10_to_15"),
    (18, "16_to_17"),
    (130, "18_or_over"),
)


def text_of(name: str) -> pl.Expr:
    """Return the cell with single spaces, of the ordinary kind, and none around it; null where that is empty."""
    return tidied(pl.col(name))


def said(name: str) -> pl.Expr:
    """Return what a tidied cell says; null where it only says that there is nothing, as `#N/A` and `NULL` do."""
    return pl.when(~says_nothing(name, _NOTHING)).then(pl.col(name))


def child_of(name: str) -> pl.Expr:
    """Return a child's reference; a number that was written with decimals is the whole number."""
    return whole_number(pl.when(~says_nothing(name, (*WORDS_FOR_NOTHING, *FORMULAS))).then(pl.col(name)))


def day_of(name: str, *, required: bool) -> pl.Expr:
    """Return the day of a tidied cell as 2024-03-26, without a time of day; what can't be read stays as it is.

    Days are read in the forms of `dates`, with points too. What says that there is no day is null, but stays where
    one is required.
    """
    cell = pl.col(name)
    silent = says_no_date(name) | is_a_formula(name)
    day = pl.when(~is_a_date_for_none(name)).then(dates.read(name, points=True).struct.field("day"))
    rest = cell if required else pl.when(~silent).then(cell)
    return pl.coalesce(day.dt.to_string("%Y-%m-%d"), rest)


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
