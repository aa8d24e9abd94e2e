"""What came with the loads: what was new, refused and restated, and which files were turned away."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import polars as pl

from dashboard.readings.cases import may_list_rows
from dashboard.readings.reading import Reading
from data_access.actor import Action
from data_access.dates.periods import period_of
from data_access.measures import measure_named
from data_access.queries import loads as record
from data_access.scope import Scope

ROWS_SHOWN: Final = 20
"""So many refused rows, and rows to correct, stand on the page; the download holds all."""
LOADS_KNOWN: Final = 50
_TURNED_AWAY_KNOWN: Final = 5


@dataclass(frozen=True)
class Restated:
    """A settled period of a measure whose figure a load changed: numerators and denominators in its own unit."""

    load_id: int
    loaded_at: datetime
    measure: str
    start: date
    before: tuple[float, float]
    after: tuple[float, float]


@dataclass(frozen=True)
class LoadDetail:
    """What came with one load: rows of loads.CAME, the first of loads.REFUSED, loads.WARNED, and what was restated.

    `refused` is None where the reader may list no rows at all.
    """

    came: pl.DataFrame
    refused: pl.DataFrame | None
    warned: pl.DataFrame
    restated: tuple[Restated, ...]


def latest_loads(reading: Reading) -> list[dict[str, Any]]:
    """Return the latest loads, newest first: rows of loads.LOADED."""
    return record.loads(reading.scope, reading.connection, most=LOADS_KNOWN).to_dicts()


def load_detail(reading: Reading, load_id: int) -> LoadDetail:
    """Return what came with a load."""
    scope, connection = reading.scope, reading.connection
    restated_by_it = record.restatements(scope, connection, load_id=load_id) if _reaches_whole(scope) else None
    return LoadDetail(
        came=record.extracts_of(scope, connection, load_id),
        refused=refused_rows(reading, load_id, most=ROWS_SHOWN) if may_list_rows(reading.actor) else None,
        warned=record.warnings_counted(scope, connection, load_id),
        restated=() if restated_by_it is None else _periods(restated_by_it),
    )


def refused_rows(reading: Reading, load_id: int, *, most: int | None = None) -> pl.DataFrame:
    """Return the refused rows of a load that the actor may see, so many at most of all: loads.REFUSED.

    Raise NotAllowedProblem for who may list no rows.
    """
    reading.actor.check(Action.LIST_CASES)
    return record.refused_rows(reading.scope, reading.connection, load_id, most=most)


def turned_away(reading: Reading) -> list[dict[str, Any]]:
    """Return the files that were refused as a whole, newest first: rows of loads.TURNED_AWAY."""
    return record.files_turned_away(reading.scope, reading.connection, most=_TURNED_AWAY_KNOWN).to_dicts()


def restated(reading: Reading, measure: str, *, team: str | None) -> tuple[Restated, ...]:
    """Return what the latest load that restated the measure changed of it, oldest period first; empty where none did.

    Where the actor may see neither the whole nor asks for a team, nothing is told.
    """
    if team is None and not _reaches_whole(reading.scope):
        return ()
    rows = record.restatements(reading.scope, reading.connection, measure=measure, team=team)
    return _periods(rows.filter(pl.col("load_id") == pl.col("load_id").max()))


def _reaches_whole(scope: Scope) -> bool:
    return scope.whole or scope.teams is None


def _periods(rows: pl.DataFrame) -> tuple[Restated, ...]:
    """Return the periods whose parts these are, by measure, the oldest first."""
    amounts = ("numerator_before", "denominator_before", "numerator_after", "denominator_after")
    sums: dict[tuple[int, datetime, str, date], list[float]] = {}
    for row in rows.iter_rows(named=True):
        definition = measure_named(row["measure"]).definition
        start, _ = period_of(row["part"], definition.period)
        key = (row["load_id"], row["loaded_at"], row["measure"], start)
        sum_of_parts = sums.setdefault(key, [0.0] * len(amounts))
        for place, name in enumerate(amounts):
            sum_of_parts[place] += row[name] / definition.scale
    return tuple(Restated(*key, (total[0], total[1]), (total[2], total[3])) for key, total in sorted(sums.items()))
