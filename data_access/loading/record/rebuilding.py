"""Making the case tables again from the record of what was loaded, should they ever be in doubt.

Every load is done once more, in order, with the rows that it brought then and under the same terms. What people
typed is left as it stands, and so is the history: loads, refusals, warnings and restatements.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl
import sqlalchemy as sa

from data_access import audit
from data_access.actor import Action, Actor
from data_access.coverage.as_at import read_coverage
from data_access.database.facts import raise_data_version
from data_access.database.opening import writing
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.database.schema.figures import NEVER_SENT
from data_access.database.schema.loads import LOADED_EXTRACTS, LOADS, WITHDRAWN_ROWS
from data_access.database.turns import Turn
from data_access.extracts import Extract, extract_named
from data_access.loading.checks.columns_sent import note_columns
from data_access.loading.delivery.manifest import Terms
from data_access.loading.delivery.working_folder import working_folder
from data_access.loading.merge import transaction
from data_access.loading.merge.deciding import refused_of
from data_access.loading.record import archive
from data_access.loading.report import Progress, Steps
from data_access.quality import upkeep as quality
from data_access.rollup.upkeep import rebuild as rebuild_the_rollup
from data_access.shipped import put_what_ships

_LOADED: Final = 0
"""Rows with a greater load id came with a load; the others ship with the program, or people typed them."""


@dataclass(frozen=True)
class _Recorded:
    """An extract as the record has it, ready to be merged once more."""

    extract: Extract
    terms: Terms
    form: str
    files: tuple[Path, ...]
    rows_read: int
    refused: pl.DataFrame

    @property
    def stored(self) -> tuple[str, ...]:
        """Return the database's columns that it fills."""
        return archive.stored_columns(self.rows())

    def rows(self) -> pl.LazyFrame:
        """Return the good rows: KEY and the columns of `stored`."""
        return pl.scan_parquet(list(self.files))


def rebuild(
    engine: sa.Engine, actor: Actor, *, progress: Progress = lambda *_: None, turn: Turn | None = None
) -> int:
    """Make the case tables and the rollup again from the record, in one transaction; return how many loads it held.

    Raise DatabaseProblem, with nothing changed, where the record lacks a load; NotAllowedProblem for those who may
    not load files.
    """
    actor.check(Action.LOAD_FILES)
    with writing(engine, turn) as connection, working_folder() as folder:
        loads = list(connection.execute(sa.select(LOADS.c.load_id).order_by(LOADS.c.load_id)).scalars())
        steps = Steps(progress, len(loads) + 1)
        for table in CASE_TABLES.values():
            connection.execute(sa.delete(table).where(table.c.load_id > _LOADED))
        connection.execute(sa.delete(WITHDRAWN_ROWS))
        connection.execute(sa.delete(NEVER_SENT))
        put_what_ships(connection)
        for load_id in loads:
            steps.next(f"Doing load {load_id} again")
            _do_again(connection, load_id, folder, lambda _: None)
        steps.next("Working out the measures")
        rebuild_the_rollup(connection, read_coverage(connection))
        quality.forget(connection)
        told = {"loads": len(loads), "data_version": raise_data_version(connection)}
        audit.append(connection, actor.name, audit.Action.REBUILT, "tables", told)
        return len(loads)


def _do_again(connection: sa.Connection, load_id: int, folder: Path, step: Callable[[str], None]) -> None:
    table = LOADED_EXTRACTS
    loaded = connection.execute(sa.select(table).where(table.c.load_id == load_id).order_by(table.c.extract)).all()
    extracts = [_recorded(connection, row, folder) for row in loaded]
    decided = transaction.decide(connection, extracts, load_id, step)
    transaction.carry_out(connection, decided, load_id, step)
    formats = {row.extract: row.format for row in loaded}
    for merge in decided.merges:
        [stored] = [recorded.stored for recorded in extracts if recorded.extract.name == merge.extract.name]
        note_columns(connection, merge, stored, formats[merge.extract.name], load_id)
    transaction.finish(connection, decided)
    for recorded in extracts:
        for file in recorded.files:
            file.unlink()


def _recorded(connection: sa.Connection, row: sa.Row[tuple[object, ...]], folder: Path) -> _Recorded:
    extract = extract_named(row.extract)
    files, rows = archive.take_out(connection, row.load_id, extract, folder)
    refused = refused_of(connection, row.load_id, row.extract)
    terms = Terms(row.extracted_at, row.covers_from, row.covers_to, row.complete, row.source_system)
    return _Recorded(extract, terms, row.format, tuple(files), rows, refused)
