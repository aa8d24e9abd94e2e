"""The record of what was loaded: the good rows of each extract, known columns alone, kept compressed.

It stands in the database itself and is written in the load's transaction, so that it can never tell of a load that
didn't happen or miss one that did, and every backup of the database holds it.
"""

import io
from pathlib import Path
from typing import Final

import polars as pl
import sqlalchemy as sa

from data_access.database.schema.loads import ARCHIVED_ROWS
from data_access.extracts import Extract
from data_access.loading.checks.cleaning import KEY
from data_access.loading.delivery.sheet import ROW
from data_access.problems import DatabaseProblem

_PART: Final = 100_000
"""How many rows one part holds at most, so that none of a million has to be held whole."""


def keep(connection: sa.Connection, load_id: int, extract: Extract, rows: pl.LazyFrame) -> None:
    """Archive the good rows of an extract. An extract without rows is kept as one empty part."""
    kept = rows.drop(ROW)
    parts = 0
    for frame in kept.collect_batches(chunk_size=_PART):
        if frame.height:
            _put(connection, load_id, extract, parts, frame)
            parts += 1
    if not parts:
        _put(connection, load_id, extract, 0, pl.DataFrame(schema=kept.collect_schema()))


def _put(connection: sa.Connection, load_id: int, extract: Extract, part: int, frame: pl.DataFrame) -> None:
    content = io.BytesIO()
    frame.write_parquet(content, compression="zstd")
    connection.execute(
        sa.insert(ARCHIVED_ROWS).values(
            load_id=load_id, extract=extract.name, part=part, rows=frame.height, content=content.getvalue()
        )
    )


def take_out(connection: sa.Connection, load_id: int, extract: Extract, folder: Path) -> tuple[list[Path], int]:
    """Write the archived rows of one extract to files in the folder; return these, and how many rows they hold.

    Raise DatabaseProblem where the record has nothing of this load.
    """
    table = ARCHIVED_ROWS
    mine = sa.and_(table.c.load_id == load_id, table.c.extract == extract.name)
    parts = connection.execute(sa.select(table.c.part, table.c.rows).where(mine).order_by(table.c.part)).all()
    if not parts:
        msg = (
            f"The record has no rows of {extract.name} from load {load_id}: a version of the program loaded it that "
            "kept none. Nothing was changed."
        )
        raise DatabaseProblem(msg)
    files = []
    for part in parts:
        content = connection.execute(sa.select(table.c.content).where(mine, table.c.part == part.part)).scalar_one()
        file = folder / f"{load_id}-{extract.name}-{part.part}.parquet"
        file.write_bytes(content)
        files.append(file)
    return files, sum(part.rows for part in parts)


def stored_columns(rows: pl.LazyFrame) -> tuple[str, ...]:
    """Return the database's columns that archived rows fill."""
    return tuple(name for name in rows.collect_schema().names() if name != KEY)
