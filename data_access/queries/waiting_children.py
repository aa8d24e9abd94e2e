"""Who waits in each team, measure by measure: a child may wait in two cases."""

from collections.abc import Iterable
from typing import Final

import polars as pl
import sqlalchemy as sa

from data_access.database.frames import polars_type, select_frame
from data_access.measures import measure_named
from data_access.measures.definition import Holds, Key
from data_access.queries.asking import as_at_times, gaps
from data_access.queries.case_list import that_wait, why_not_listed
from data_access.scope import Scope

CLOCK: Final = (Holds.SECONDS_TAKEN, Holds.WORKING_DAYS_TAKEN, Holds.TIME_KNOWN)
"""What the details hold that make the clock of a case."""


def waiting_by_team(scope: Scope, connection: sa.Connection, measures: Iterable[str]) -> dict[str, pl.DataFrame]:
    """Return the late cases that wait now, of each measure whose cases do and may be listed: a row a case.

    Columns: `team`, `child` (a number that stands for the same child in all of these frames and nowhere else; null
    where none is known), and the details that make the clock of the case. Only cases of teams that the scope allows.
    """
    numbers: dict[tuple[str, str], int] = {}
    waits: dict[str, pl.DataFrame] = {}
    wanted = [measure_named(name) for name in measures]
    wanted = [
        measure
        for measure in wanted
        if measure.definition.blank_while_open is not None and why_not_listed(scope, measure.id) is None
    ]
    as_ats, missing = as_at_times(connection, wanted), gaps(connection, wanted)
    for measure in wanted:
        as_at, definition = as_ats[measure.id], measure.definition
        if as_at is None:
            continue
        row = that_wait(measure, missing[measure.id], as_at).subquery("cohort")
        columns = [row.c.team_id, row.c.key, *(row.c[name] for name in definition.names_of(*CLOCK))]
        listed = sa.select(*columns)
        if scope.case_teams is not None:
            listed = listed.where(row.c.team_id.in_(sorted(scope.case_teams)))
        types = {str(column.key): polars_type(column.type) for column in columns}
        rows = select_frame(connection, listed, as_at.parameters(), types)
        if rows.is_empty():
            continue
        # a key that is no child's tells nothing of the children behind other measures
        whose = "" if definition.key == Key.CHILD else measure.id
        children = [
            None if key is None else numbers.setdefault((whose, key), len(numbers)) for key in rows.get_column("key")
        ]
        waits[measure.id] = (
            rows.drop("key").rename({"team_id": "team"}).insert_column(1, pl.Series("child", children, pl.Int64))
        )
    return waits
