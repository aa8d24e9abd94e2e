"""What a team's figures leave out: cases that could not be worked out, and why, and rows that were refused."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl
import sqlalchemy as sa

from data_access.database.frames import select_frame
from data_access.database.schema.loads import DOUBTFUL_ROWS
from data_access.measures import measure_named
from data_access.measures.contract import NOT_COMPUTABLE, STILL_WAITS
from data_access.measures.definition import About
from data_access.queries.asking import as_at_times, check_team, gaps
from data_access.queries.case_list import result_told
from data_access.scope import Scope

LEFT_OUT: Final = {"measure": pl.String, "why": pl.String, "cases": pl.Int64}
"""The columns of `left_out_by_reason`."""

REFUSED_OF_TEAM: Final = {"extract": pl.String, "rows": pl.Int64}
"""The columns of `refused_of_team`."""


def left_out_by_reason(
    scope: Scope, connection: sa.Connection, windows: Mapping[str, tuple[date, date]], *, team: str
) -> pl.DataFrame:
    """Return how many cases of a team each measure leaves out over its days, by reason: LEFT_OUT, most cases first.

    Cases that only wait for somebody to act are no gap in the record; figures on staff health are not asked.
    """
    check_team(scope, connection, team)
    wanted = [measure_named(name) for name in windows]
    wanted = [measure for measure in wanted if measure.definition.about is not About.STAFF_HEALTH]
    as_ats, missing = as_at_times(connection, wanted), gaps(connection, wanted)
    rows: list[tuple[str, str, int]] = []
    for measure in wanted:
        as_at = as_ats[measure.id]
        if as_at is None:
            continue
        row = measure.between(*windows[measure.id]).subquery("cohort")
        result = result_told(row, missing[measure.id]).label("result")
        of_team = sa.select(result).where(row.c.team_id == team).subquery("of_team")
        counted = (
            sa.select(of_team.c.result, sa.func.count())
            .where(of_team.c.result.startswith(NOT_COMPUTABLE, autoescape=True), of_team.c.result != STILL_WAITS)
            .group_by(of_team.c.result)
        )
        for why, cases in connection.execute(counted, as_at.parameters()):
            rows.append((measure.id, why.removeprefix(NOT_COMPUTABLE), cases))
    rows.sort(key=lambda row: (-row[2], row[0], row[1]))
    return pl.DataFrame(rows, schema=LEFT_OUT, orient="row")


def refused_of_team(scope: Scope, connection: sa.Connection, *, team: str) -> pl.DataFrame:
    """Return how many rows of a team were refused and still lack a good one: REFUSED_OF_TEAM, most rows first."""
    check_team(scope, connection, team)
    table = DOUBTFUL_ROWS
    refused = sa.select(table.c.extract, table.c.load_id, table.c.row).where(
        table.c.refused.is_(sa.true()), table.c.team_id == team
    )
    row = refused.distinct().subquery("row")
    rows = sa.func.count().label("rows")
    wanted = sa.select(row.c.extract, rows).group_by(row.c.extract).order_by(rows.desc(), row.c.extract)
    return select_frame(connection, wanted, {}, REFUSED_OF_TEAM)
