"""The counts of the rules over time: at each load what it changed, which holds until a later load's."""

from datetime import datetime
from itertools import pairwise

import polars as pl
import sqlalchemy as sa

from data_access.database.bulk import rows_into
from data_access.database.schema.loads import LOADS
from data_access.database.schema.quality import QUALITY_COUNTS
from data_access.dates.london_time import local_date
from data_access.quality.counting import COUNTS


def note_changes(connection: sa.Connection, load_id: int, changes: pl.DataFrame) -> None:
    """Write down the counts (COUNTS) that this load changed; no `rows` where a rule looks at none any more.

    Of the loads before, those keep their counts that were the last of their day, and the latest: a folder that is
    fed every few minutes would fill the table.
    """
    rows_into(connection, QUALITY_COUNTS, changes.select(pl.lit(load_id).alias("load_id"), *COUNTS))
    before = connection.execute(
        sa.select(LOADS.c.load_id, LOADS.c.loaded_at)
        .where(LOADS.c.load_id < load_id)
        .order_by(LOADS.c.load_id.desc())
        .limit(2)
    ).all()
    if len(before) == 2 and local_date(before[0].loaded_at) == local_date(before[1].loaded_at):
        _join(connection, before[1].load_id, before[0].load_id)


def points(connection: sa.Connection) -> list[tuple[int, datetime]]:
    """Return the loads of which counts are kept, in order, and when they were (UTC)."""
    first = sa.select(sa.func.min(QUALITY_COUNTS.c.load_id)).scalar_subquery()
    loads = [
        (row.load_id, row.loaded_at)
        for row in connection.execute(
            sa.select(LOADS.c.load_id, LOADS.c.loaded_at).where(LOADS.c.load_id >= first).order_by(LOADS.c.load_id)
        )
    ]
    last_of_day = [load for load, after in pairwise(loads) if local_date(load[1]) != local_date(after[1])]
    return sorted({*last_of_day, *loads[-2:]})


def _join(connection: sa.Connection, load_id: int, later: int) -> None:
    """Let the next load have what a load changed, but for what it changed itself."""
    table = QUALITY_COUNTS
    again = table.alias("again")
    changed_again = sa.exists().where(
        again.c.load_id == later, again.c.rule == table.c.rule, again.c.team_id == table.c.team_id
    )
    mine = table.c.load_id == load_id
    connection.execute(sa.delete(table).where(mine, changed_again))
    connection.execute(sa.update(table).where(mine).values(load_id=later))
