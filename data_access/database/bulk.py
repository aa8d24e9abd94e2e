"""Many rows into a table at once, by the fastest way that each engine's driver has."""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

import polars as pl
import psycopg
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

_BATCH = 10_000
_INSERTS: dict[str, Callable[[sa.Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


def rows_into(connection: sa.Connection, table: sa.Table, frame: pl.DataFrame, *, add_to: Sequence[str] = ()) -> None:
    """Insert the frame's rows; its columns bear the table's names.

    With `add_to`, a row whose primary key is there already adds its values to those columns instead.
    """
    if frame.is_empty():
        return
    if add_to:
        _add(connection, table, frame, add_to)
        return
    driver: Any = connection.connection.driver_connection
    names = ", ".join(f'"{name}"' for name in frame.columns)
    if isinstance(driver, sqlite3.Connection):
        marks = ", ".join("?" * frame.width)
        for batch in frame.iter_slices(_BATCH):
            rows = _as_sqlite_stores(batch).rows()
            driver.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', rows)  # noqa: S608 - our own names
    elif isinstance(driver, psycopg.Connection):
        with driver.cursor().copy(f'COPY "{table.name}" ({names}) FROM STDIN WITH (FORMAT csv)') as copy:
            for batch in frame.iter_slices(_BATCH):
                copy.write(batch.write_csv(include_header=False, datetime_format="%Y-%m-%d %H:%M:%S%.f"))
    else:
        message = f"no bulk insert for {driver!r}"
        raise TypeError(message)


def _as_sqlite_stores(frame: pl.DataFrame) -> pl.DataFrame:
    """Return dates and moments as the text in which SQLAlchemy keeps them in SQLite."""
    return frame.with_columns(
        pl.selectors.date().dt.to_string("%Y-%m-%d"),
        pl.selectors.datetime().dt.to_string("%Y-%m-%d %H:%M:%S.%6f"),
        pl.selectors.boolean().cast(pl.Int8),
    )


def insert_into(connection: sa.Connection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    """Return the insert that says what to do on a conflict, which SQLAlchemy has for each engine by itself."""
    return _INSERTS[connection.dialect.name](table)


def _add(connection: sa.Connection, table: sa.Table, frame: pl.DataFrame, add_to: Sequence[str]) -> None:
    statement = insert_into(connection, table)
    statement = statement.on_conflict_do_update(
        index_elements=[column.name for column in table.primary_key],
        set_={name: table.c[name] + statement.excluded[name] for name in add_to},
    )
    connection.execute(statement, frame.to_dicts())
