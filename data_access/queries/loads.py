"""The record of loads: what came, what became of it, what was refused and why, and what each load restated.

Each read takes a Scope first. How much was loaded is open to all; a refused row is shown only to those who may list
the cases of its team, and rows about staff only to those who may list every team's.
"""

import json
from typing import Any, Final

import polars as pl
import sqlalchemy as sa

from data_access.database.frames import select_frame
from data_access.database.schema.loads import (
    LOAD_WARNINGS,
    LOADED_EXTRACTS,
    LOADS,
    REFUSED_FILES,
    REJECTED_ROWS,
    RESTATEMENTS,
)
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.dates.london_time import to_local
from data_access.extracts import EXTRACTS, NO_TEAM
from data_access.problems import QueryProblem
from data_access.queries.figures import teams_to_add
from data_access.scope import Scope

_COUNTS: Final = ("read", "new", "changed", "unchanged", "older", "withdrawn", "refused")

LOADED: Final[dict[str, type[pl.DataType]]] = {
    "load_id": pl.Int64,
    "loaded_at": pl.Datetime,
    "loaded_by": pl.String,
    "extracts": pl.Int64,
    **dict.fromkeys((*_COUNTS, "warnings"), pl.Int64),
    "restated": pl.Int64,
}
"""A row a load, `loaded_at` London local time; `restated` counts the measures of which it changed settled figures."""

CAME: Final[dict[str, type[pl.DataType]]] = {
    "extract": pl.String,
    "file": pl.String,
    "format": pl.String,
    "extracted_at": pl.Datetime,
    "covers_from": pl.Date,
    "covers_to": pl.Date,
    "complete": pl.Boolean,
    "source_system": pl.String,
    "confirmed": pl.String,
    **dict.fromkeys((*_COUNTS, "warnings"), pl.Int64),
}
"""A row an extract of one load, `extracted_at` London local time; `confirmed` says what somebody had to confirm."""

REFUSED: Final[dict[str, type[pl.DataType]]] = {
    "extract": pl.String,
    "file": pl.String,
    "row": pl.Int64,
    "key": pl.String,
    "field": pl.String,
    "value": pl.String,
    "reason": pl.String,
    "older_stands": pl.Boolean,
}
"""A row a refused row of one load; `older_stands` says that an older version of it is counted all the same."""

WARNED: Final[dict[str, type[pl.DataType]]] = {
    "extract": pl.String,
    "field": pl.String,
    "message": pl.String,
    "rows": pl.Int64,
}

RESTATED: Final[dict[str, type[pl.DataType]]] = {
    "load_id": pl.Int64,
    "loaded_at": pl.Datetime,
    "measure": pl.String,
    "part": pl.Date,
    **dict.fromkeys(
        ("numerator_before", "denominator_before", "numerator_after", "denominator_after"),
        pl.Int64,
    ),
}
"""A row a load, measure and part (a week, cut where a month ends) of a settled period whose figure changed; the parts
of a period add up to its figure."""

TURNED_AWAY: Final[dict[str, type[pl.DataType]]] = {
    "refused_at": pl.Datetime,
    "refused_for": pl.String,
    "files": pl.String,
    "reason": pl.String,
}

_ABOUT_STAFF: Final = frozenset(
    extract.name for extract in EXTRACTS if extract.has("staff_id") and not extract.has("child_id")
)


def loads(scope: Scope, connection: sa.Connection, *, most: int = 50) -> pl.DataFrame:  # noqa: ARG001 - open to all
    """Return the latest loads, newest first: LOADED."""
    table = LOADED_EXTRACTS
    sums = [sa.func.sum(table.c[f"rows_{name}"]).label(name) for name in _COUNTS]
    restated = (
        sa.select(sa.func.count(RESTATEMENTS.c.measure.distinct()))
        .where(RESTATEMENTS.c.load_id == LOADS.c.load_id)
        .scalar_subquery()
    )
    wanted = (
        sa.select(
            LOADS.c.load_id,
            LOADS.c.loaded_at,
            LOADS.c.loaded_by,
            sa.func.count().label("extracts"),
            *sums,
            sa.func.sum(table.c.warnings).label("warnings"),
            restated.label("restated"),
        )
        .join(table, table.c.load_id == LOADS.c.load_id)
        .group_by(LOADS.c.load_id, LOADS.c.loaded_at, LOADS.c.loaded_by)
        .order_by(LOADS.c.load_id.desc())
        .limit(most)
    )
    return _local(select_frame(connection, wanted, {}, LOADED), "loaded_at")


def extracts_of(scope: Scope, connection: sa.Connection, load_id: int) -> pl.DataFrame:  # noqa: ARG001 - open to all
    """Return what came with one load, by name of the extract: CAME."""
    table = LOADED_EXTRACTS
    wanted = (
        sa.select(
            *(table.c[name] for name in list(CAME)[:9]),
            *(table.c[f"rows_{name}"].label(name) for name in _COUNTS),
            table.c.warnings,
        )
        .where(table.c.load_id == load_id)
        .order_by(table.c.extract)
    )
    return _local(select_frame(connection, wanted, {}, CAME), "extracted_at")


def refused_rows(scope: Scope, connection: sa.Connection, load_id: int, *, most: int | None = None) -> pl.DataFrame:
    """Return the refused rows of one load that the reader may see, in the order of the files: REFUSED.

    Raise QueryProblem where the reader may list no cases at all.
    """
    scope.check_cases(None)
    table = REJECTED_ROWS
    wanted = sa.select(*(table.c[name] for name in REFUSED), table.c.content).where(table.c.load_id == load_id)
    wanted = wanted.order_by(table.c.extract, table.c.row)
    if scope.case_teams is None:
        wanted = wanted.limit(most)
    refused = select_frame(connection, wanted, {}, {**REFUSED, "content": pl.String})
    if scope.case_teams is not None:
        mine = [
            extract not in _ABOUT_STAFF and _team(content) in scope.case_teams
            for extract, content in refused.select("extract", "content").iter_rows()
        ]
        refused = refused.filter(pl.Series(mine, dtype=pl.Boolean))
    shown = refused.drop("content")
    return shown if most is None else shown.head(most)


def warnings_counted(scope: Scope, connection: sa.Connection, load_id: int) -> pl.DataFrame:  # noqa: ARG001 - open to all
    """Return the warnings of one load by what is wrong, most frequent first: WARNED."""
    table, rows = LOAD_WARNINGS, sa.func.count().label("rows")
    wanted = (
        sa.select(table.c.extract, table.c.field, table.c.message, rows)
        .where(table.c.load_id == load_id)
        .group_by(table.c.extract, table.c.field, table.c.message)
        .order_by(rows.desc(), table.c.extract, table.c.field, table.c.message)
    )
    return select_frame(connection, wanted, {}, WARNED)


def restatements(
    scope: Scope,
    connection: sa.Connection,
    *,
    load_id: int | None = None,
    measure: str | None = None,
    team: str | None = None,
) -> pl.DataFrame:
    """Return what loads changed in figures settled before, newest load first: RESTATED.

    Of one load, one measure, or all; of a team, or the whole service where the reader may see it. Amounts are in the
    rollup's whole numbers.
    """
    if team is not None:
        scope.check_team(team)
    if teams_to_add(scope, team) not in ({EVERY_TEAM}, {team}):
        message = "Restatements are told of one team or of the whole service: choose a team."
        raise QueryProblem(message)
    table = RESTATEMENTS
    wanted = (
        sa.select(*(LOADS.c[name] if name == "loaded_at" else table.c[name] for name in RESTATED))
        .join(LOADS, LOADS.c.load_id == table.c.load_id)
        .where(table.c.team_id == (team or EVERY_TEAM))
        .order_by(table.c.load_id.desc(), table.c.measure, table.c.part)
    )
    if load_id is not None:
        wanted = wanted.where(table.c.load_id == load_id)
    if measure is not None:
        wanted = wanted.where(table.c.measure == measure)
    return _local(select_frame(connection, wanted, {}, RESTATED), "loaded_at")


def files_turned_away(scope: Scope, connection: sa.Connection, *, most: int = 20) -> pl.DataFrame:  # noqa: ARG001 - open to all
    """Return the files that were refused as a whole, newest first: TURNED_AWAY, `refused_at` London local time."""
    table = REFUSED_FILES
    wanted = sa.select(*(table.c[name] for name in TURNED_AWAY)).order_by(table.c.number.desc()).limit(most)
    return _local(select_frame(connection, wanted, {}, TURNED_AWAY), "refused_at")


def _team(content: str) -> str:
    row: dict[str, Any] = json.loads(content)
    return row.get("team_id") or NO_TEAM


def _local(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    return frame.with_columns(
        pl.Series(column, [to_local(moment) for moment in frame.get_column(column)], pl.Datetime)
    )
