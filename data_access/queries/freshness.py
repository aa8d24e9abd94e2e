"""What the record of loads says of how fresh and how whole the data are."""

from collections.abc import Mapping
from typing import Final

import polars as pl
import sqlalchemy as sa

from data_access.database.frames import select_frame
from data_access.database.schema.loads import LOADED_EXTRACTS, LOADS
from data_access.scope import Scope

_COLUMNS: Final[Mapping[str, type[pl.DataType]]] = {
    "extract": pl.String,
    "loaded_at": pl.Datetime,
    "rows_read": pl.Int64,
    "rows_refused": pl.Int64,
}


def latest_loads(scope: Scope, connection: sa.Connection) -> pl.DataFrame:  # noqa: ARG001 - every read takes a scope; how much was loaded is open to all
    """Return the latest load of each extract, by name: what came later stands for what came before.

    Columns: extract, loaded_at (UTC), rows_read and rows_refused of the extract's file in that load.
    """
    loaded = LOADED_EXTRACTS
    latest = sa.select(loaded.c.extract, sa.func.max(loaded.c.load_id).label("load_id")).group_by(loaded.c.extract)
    of = latest.subquery()
    wanted = (
        sa.select(loaded.c.extract, LOADS.c.loaded_at, loaded.c.rows_read, loaded.c.rows_refused)
        .join(of, sa.and_(loaded.c.extract == of.c.extract, loaded.c.load_id == of.c.load_id))
        .join(LOADS, LOADS.c.load_id == loaded.c.load_id)
        .order_by(loaded.c.extract)
    )
    return select_frame(connection, wanted, {}, _COLUMNS)
