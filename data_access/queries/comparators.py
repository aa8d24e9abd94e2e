"""Published figures of other areas, to stand beside a measure, and which are neighbours. Nothing is estimated."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl
import sqlalchemy as sa

from data_access.database.frames import select_frame
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.measures import measure_named
from data_access.scope import Scope

_COLUMNS: Final = {
    "area": pl.String,
    "from_date": pl.Date,
    "to_date": pl.Date,
    "value": pl.Float64,
    "numerator": pl.Int64,
    "denominator": pl.Int64,
    "average": pl.String,
    "source": pl.String,
}


def comparators(scope: Scope, connection: sa.Connection, measure: str, *, up_to: date | None = None) -> pl.DataFrame:  # noqa: ARG001 - every read takes a scope; published figures are open to all
    """Return each area's latest published figure of a measure, of periods over by a day (None: of any).

    Columns: area, from_date, to_date, value (a fraction, or a number for counts), numerator and denominator where
    published, average (mean or median, for a set of councils), source. In order of the areas' names.
    """
    table = CASE_TABLES["comparators"]
    wanted = sa.select(*(table.c[name] for name in _COLUMNS)).where(table.c.measure == measure_named(measure).id)
    if up_to is not None:
        wanted = wanted.where(table.c.to_date <= up_to)
    published = select_frame(connection, wanted.order_by(table.c.area, table.c.to_date), {}, _COLUMNS)
    return published.group_by("area", maintain_order=True).last().select(*_COLUMNS)


@dataclass(frozen=True)
class NeighbourSet:
    """The statistical neighbours from a day on: name of the set, councils, where it was published."""

    name: str
    since: date
    councils: tuple[str, ...]
    source: str


def neighbours(scope: Scope, connection: sa.Connection, *, up_to: date | None = None) -> NeighbourSet | None:  # noqa: ARG001 - every read takes a scope; published sets are open to all
    """Return the set of statistical neighbours in use on a day (None: the latest); None where none is known."""
    table = CASE_TABLES["neighbour_sets"]
    wanted = sa.select(table.c.neighbour_set, table.c.from_date, table.c.council, table.c.source)
    if up_to is not None:
        wanted = wanted.where(table.c.from_date <= up_to)
    in_order = wanted.order_by(table.c.from_date.desc(), table.c.neighbour_set, table.c.council)
    rows = connection.execute(in_order).all()
    if not rows:
        return None
    name, since, _, source = rows[0]
    return NeighbourSet(name, since, tuple(row.council for row in rows if row.neighbour_set == name), source)
