"""A child's age band from the date of birth, which itself is never kept."""

import polars as pl

from data_access.loading.checks import cells, dates
from data_access.loading.checks.nothing import is_a_date_for_none, is_a_formula, says_nothing


def age_band_of(birth: str, on: str) -> pl.Expr:
    """Return the age band, and in its place a formula that gives no date of birth, which nobody can read."""
    return pl.when(is_a_formula(birth)).then(pl.col(birth)).otherwise(age_band(birth, on))


def unread_birth(birth: str) -> pl.Expr:
    """Return whether something stands for a date of birth that is none."""
    read = dates.read(birth, points=True).struct.field("day")
    silent = says_nothing(birth) | is_a_formula(birth) | is_a_date_for_none(birth)
    return pl.col(birth).is_not_null() & read.is_null() & ~silent


def age_band(birth: str, on: str) -> pl.Expr:
    """Return the age band on the date in column `on` of a child born on the date in column `birth`, both as text."""
    born, day = (cells.text_of(name) for name in (birth, on))
    both = pl.struct(pl.when(~is_a_date_for_none(birth)).then(born).alias("born"), day.alias("on"))
    return both.map_batches(_bands, return_dtype=pl.String, is_elementwise=True)


def _bands(both: pl.Series) -> pl.Series:
    frame = both.struct.unnest().select(
        dates.read("born", points=True).struct.field("day").alias("born"),
        dates.read("on", points=True).struct.field("day").alias("on"),
    )
    born, on = pl.col("born"), pl.col("on")
    had_birthday = (on.dt.month() > born.dt.month()) | (
        (on.dt.month() == born.dt.month()) & (on.dt.day() >= born.dt.day())
    )
    age = on.dt.year() - born.dt.year() - pl.when(had_birthday).then(0).otherwise(1)
    band = pl.when(born.is_null() | on.is_null()).then(pl.lit("unknown")).when(born > on).then(pl.lit("unborn"))
    for oldest, name in ((0, "under_1"), (4, "1_to_4"), (9, "5_to_9"), (15, "10_to_15"), (17, "16_to_17")):
        band = band.when(age <= oldest).then(pl.lit(name))
    return frame.select(band.otherwise(pl.lit("18_or_over")).alias("age_band")).to_series()
