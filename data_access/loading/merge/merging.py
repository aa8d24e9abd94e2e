"""The merge of one staged extract with its case table: which rows are new, changed, older or withdrawn.

Each extract has a temporary table next to its case table for the time of the load. First every row is given its
fate and nothing else changes, so that the rollup can be asked about affected rows; then the fates are carried out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final, Protocol

import polars as pl
import sqlalchemy as sa

from data_access.database.bulk import insert_into, rows_into
from data_access.database.frames import polars_type, select_frame
from data_access.database.opening import gather_statistics
from data_access.database.schema.case_tables import CASE_TABLES, NO_CHILD_KEY
from data_access.database.schema.loads import WITHDRAWN_ROWS
from data_access.database.schema.metadata import REFERENCE
from data_access.extracts import Extract
from data_access.extracts.formats import NATIVE
from data_access.loading.checks.cell_meaning import MARKS, is_marked
from data_access.loading.checks.cleaning import KEY
from data_access.loading.delivery.manifest import Terms
from data_access.loading.merge.deciding import Shields, decide
from data_access.loading.merge.fates import CHANGED, NEW, UNCHANGED, WITHDRAWN, Merge

_BATCH: Final = 20_000
"""How many rows are held in memory at once."""

_MANY: Final = 1_000
"""From so many new rows on, what the database knew of a table's size may mislead it in the same transaction."""


class ToMerge(Protocol):
    """An extract made ready: its good rows (KEY and the columns of `stored`), and the refused ones (KEY)."""

    @property
    def extract(self) -> Extract:
        """Return the extract."""

    @property
    def terms(self) -> Terms:
        """Return when it was taken and which dates it covers."""

    @property
    def stored(self) -> tuple[str, ...]:
        """Return the database's columns that it fills."""

    @property
    def rows_read(self) -> int:
        """Return how many rows there are at most."""

    @property
    def refused(self) -> pl.DataFrame:
        """Return the refused rows: KEY, FIELD and `content` among the columns."""

    @property
    def form(self) -> str:
        """Return the format in which it came."""

    def rows(self) -> pl.LazyFrame:
        """Return the good rows."""


def begin(connection: sa.Connection, staged: ToMerge, survivor: Mapping[str, str], load_id: int) -> Merge:
    """Put the good rows of a staged extract into a temporary table and decide their fates in this load."""
    table, extract = CASE_TABLES[staged.extract.name], staged.extract
    has_child = "child_key" in table.c and "child_id" in staged.stored
    given = (*staged.stored, "child_key") if has_child else staged.stored
    temporary, refused = _temporary_tables(extract, given)
    temporary.create(connection)
    survives = _child_key(extract, survivor, staged.stored)
    for rows in staged.rows().collect_batches(chunk_size=_BATCH):
        laid = rows.select(pl.col(KEY).alias("row_key"), *staged.stored)
        rows_into(connection, temporary, laid.with_columns(survives) if has_child else laid)
    refused.create(connection)
    merge = Merge(extract, staged.terms, temporary, refused, given)
    note_refused(connection, merge, staged.refused)
    gather_statistics(connection, temporary, refused)
    _keep_marks_of_columns_not_sent(connection, merge, staged.stored)
    kept = decide(connection, merge, load_id, Shields(staged.refused, survivor, made_keys=staged.form != NATIVE))
    gather_statistics(connection, temporary)
    return replace(merge, kept=kept)


@lru_cache(maxsize=256)
def _temporary_tables(extract: Extract, given: tuple[str, ...]) -> tuple[sa.Table, sa.Table]:
    """Return the temporary tables of an extract's rows, and of the keys of its refused ones.

    Kept, because a statement that names a new table has to be compiled again.
    """
    table = CASE_TABLES[extract.name]
    temporary = sa.Table(
        f"staged_{extract.name}",
        sa.MetaData(),
        *(sa.Column(name, table.c[name].type, primary_key=name in extract.stored_key) for name in given),
        sa.Column("row_key", REFERENCE),
        sa.Column("fate", sa.Text, nullable=False, server_default=NEW),
        prefixes=["TEMPORARY"],
    )
    refused = sa.Table(
        f"refused_{extract.name}",
        sa.MetaData(),
        sa.Column("row_key", REFERENCE, primary_key=True),
        prefixes=["TEMPORARY"],
    )
    return temporary, refused


def _child_key(extract: Extract, survivor: Mapping[str, str], stored: Sequence[str]) -> pl.Expr:
    """Return the reference that stands for the child, of rows with `row_key`.

    A row whose child can't be told from others has a reference of its own, so that no other row looks back on it, nor
    it on any.
    """
    child = pl.col("child_id")
    survives = child.replace(dict(survivor))
    if MARKS not in stored:
        return survives.alias("child_key")
    own = pl.format("{} {} {}", pl.lit(NO_CHILD_KEY), pl.lit(extract.name), "row_key")
    return pl.when(child.is_not_null() & is_marked("child_id")).then(own).otherwise(survives).alias("child_key")


def _keep_marks_of_columns_not_sent(connection: sa.Connection, merge: Merge, stored: Sequence[str]) -> None:
    """Put the marks of the columns that this extract doesn't send, as they stand, among those that it brings."""
    columns = merge.extract.columns
    kept = [column for column in columns if column.stored_as not in stored]
    if MARKS not in stored or not kept:
        return
    staged, table = merge.staged, merge.table
    marks: sa.ColumnElement[str] = sa.literal("")
    for column in columns:
        marked = (table if column in kept else staged).c[MARKS].contains(f" {column.name} ", autoescape=True)
        marks = marks + sa.case((marked, f" {column.name}"), else_="")
    standing = sa.and_(
        merge.same_row, sa.or_(*(table.c[MARKS].contains(f" {column.name} ", autoescape=True) for column in kept))
    )
    together = sa.select(marks + " ").where(standing).scalar_subquery()
    connection.execute(sa.update(staged).where(sa.exists().where(standing)).values({MARKS: together}))


def note_refused(connection: sa.Connection, merge: Merge, refused: pl.DataFrame) -> None:
    """Note the keys of refused rows under which a row may stand."""
    known = select_frame(connection, sa.select(merge.refused.c.row_key), {}, {"row_key": pl.String})
    keys = refused.select(pl.col(KEY).alias("row_key")).drop_nulls().unique()
    rows_into(connection, merge.refused, keys.join(known, on="row_key", how="anti"))


def finish(connection: sa.Connection, merge: Merge) -> None:
    """Take the temporary tables away."""
    for table in (merge.staged, merge.refused):
        table.drop(connection)


def carry_out(connection: sa.Connection, merge: Merge, load_id: int) -> None:
    """Write the new and changed rows, withdraw those no longer listed, and note that the rest was confirmed."""
    if merge.rows[WITHDRAWN]:
        _withdraw(connection, merge, load_id)
    if merge.rows[NEW] or merge.rows[CHANGED]:
        _write(connection, merge, load_id)
    if merge.rows[UNCHANGED]:
        unchanged = sa.update(merge.table).where(merge.rows_of_fate(UNCHANGED))
        connection.execute(unchanged.values(extracted_at=merge.terms.extracted_at))
    if merge.rows[NEW] > _MANY:
        gather_statistics(connection, merge.table)


def _write(connection: sa.Connection, merge: Merge, load_id: int) -> None:
    """Write the new and changed rows; a new row that was withdrawn before is withdrawn no more."""
    staged, table, taken = merge.staged, merge.table, merge.terms.extracted_at
    written = sa.select(
        *(staged.c[name] for name in merge.given),
        sa.literal(taken, sa.DateTime).label("extracted_at"),
        sa.literal(load_id).label("load_id"),
    ).where(merge.of_fate(NEW, CHANGED))
    names = [*merge.given, "extracted_at", "load_id"]
    insert = insert_into(connection, table).from_select(names, written)
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=list(merge.key),
            set_={name: insert.excluded[name] for name in names if name not in merge.key},
        )
    )
    again = sa.select(staged.c.row_key).where(merge.of_fate(NEW))
    connection.execute(
        sa.delete(WITHDRAWN_ROWS).where(
            WITHDRAWN_ROWS.c.extract == merge.extract.name, WITHDRAWN_ROWS.c.key.in_(again)
        )
    )


def _withdraw(connection: sa.Connection, merge: Merge, load_id: int) -> None:
    table, staged = merge.table, merge.staged
    gone = select_frame(
        connection,
        sa.select(staged.c.row_key, table).join_from(staged, table, merge.same_row).where(merge.of_fate(WITHDRAWN)),
        {},
        {"row_key": pl.String, **{column.name: polars_type(column.type) for column in table.columns}},
    )
    kept = gone.select(
        pl.lit(merge.extract.name).alias("extract"),
        pl.col("row_key").alias("key"),
        pl.lit(merge.terms.extracted_at).alias("extracted_at"),
        pl.lit(load_id).alias("load_id"),
        pl.struct(pl.exclude("row_key")).struct.json_encode().alias("content"),
    )
    rows_into(connection, WITHDRAWN_ROWS, kept)
    connection.execute(sa.delete(table).where(merge.rows_of_fate(WITHDRAWN)))
