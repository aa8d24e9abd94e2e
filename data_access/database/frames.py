"""Results of selects as Polars frames, with the types that we say rather than those an engine happens to return."""

from collections.abc import Mapping
from typing import Any

import polars as pl
import sqlalchemy as sa


def select_frame(
    connection: sa.Connection,
    select: sa.Select[Any],
    parameters: Mapping[str, Any],
    schema: Mapping[str, pl.DataType | type[pl.DataType]],
) -> pl.DataFrame:
    """Return the rows of a select as a frame of this schema, which names every column in the select's order."""
    rows = connection.execute(select, dict(parameters)).all()
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pl.DataFrame(
        [
            pl.Series(name, values, dtype=dtype, strict=False)
            for (name, dtype), values in zip(schema.items(), columns, strict=True)
        ]
    )


def polars_type(kind: sa.types.TypeEngine[Any]) -> type[pl.DataType]:
    """Return the Polars type in which values of a column type arrive."""
    for made, wanted in (
        (sa.DateTime, pl.Datetime),
        (sa.Date, pl.Date),
        (sa.Boolean, pl.Boolean),
        (sa.Integer, pl.Int64),
        (sa.Float, pl.Float64),
    ):
        if isinstance(kind, made):
            return wanted
    return pl.String
