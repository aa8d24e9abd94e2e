"""A child's age band from the date of birth, which itself is never kept."""

import polars as pl

from data_access.loading import cells


def age_band(birth: str, on: str) -> pl.Expr:
    """Return the age band on the date in column `on` of a child born on the date in column `birth`, both as text."""
    dates = pl.struct(cells.text_of(birth).alias("born"), cells.text_of(on).alias("on"))
    return dates.map_batches(_bands, return_dtype=pl.String, is_elementwise=True)


def _bands(dates: pl.Series) -> pl.Series:
    frame = dates.struct.unnest().select(
        cells.date_of("born").alias("born"), cells.local_of("on").dt.date().alias("on")
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
