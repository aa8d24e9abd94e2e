"""Events that readers should see on the charts."""

from datetime import date
from typing import Final

import polars as pl
import sqlalchemy as sa

from data_access.database.frames import select_frame
from data_access.database.schema import CASE_TABLES
from data_access.measures import measure_named
from data_access.scope import Scope

_COLUMNS: Final = {"happened_on": pl.Date, "label": pl.String, "detail": pl.String}


def events(scope: Scope, connection: sa.Connection, measure: str, *, up_to: date | None = None) -> pl.DataFrame:  # noqa: ARG001 - every read takes a scope; events are open to all
    """Return the events that concern a measure, its own and those of all, up to a day, in order of time.

    Columns: happened_on, label, detail.
    """
    table = CASE_TABLES["events"]
    wanted = sa.select(*(table.c[name] for name in _COLUMNS)).where(
        sa.or_(table.c.measure.is_(None), table.c.measure == measure_named(measure).id)
    )
    if up_to is not None:
        wanted = wanted.where(table.c.happened_on <= up_to)
    return select_frame(connection, wanted.order_by(table.c.happened_on, table.c.event_id), {}, _COLUMNS)
