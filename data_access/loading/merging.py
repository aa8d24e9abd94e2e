"""The merge of one staged extract with its case table: which rows are new, changed, older or withdrawn.

Each extract has a temporary table beside its case table for the time of the load. First every row is given its
fate and nothing else changes, so that the rollup can be asked about the rows touched; then the fates are carried out.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final, Protocol

import polars as pl
import sqlalchemy as sa

from data_access.bulk import insert_into, rows_into
from data_access.database import gather_statistics
from data_access.extracts import Extract
from data_access.extracts.formats import NATIVE
from data_access.frames import polars_type, select_frame
from data_access.loading.cell_meaning import MARKS, is_marked
from data_access.loading.cleaning import FIELD, KEY
from data_access.loading.manifest import Terms
from data_access.loading.protecting import CHILD, CONTENT, children_of, part_of_key, protected
from data_access.schema import CASE_TABLES, LOADED_EXTRACTS, REFERENCE, REJECTED_ROWS, WITHDRAWN_ROWS

NEW: Final = "new"
CHANGED: Final = "changed"
UNCHANGED: Final = "unchanged"
OLDER: Final = "older"
WITHDRAWN: Final = "withdrawn"
MOVED: Final = (NEW, CHANGED, WITHDRAWN)
"""The fates that change what stands."""

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


@dataclass(frozen=True)
class Merge:
    """One extract on its way into its case table."""

    extract: Extract
    terms: Terms
    staged: sa.Table
    refused: sa.Table
    """The keys of the refused rows, as text."""

    given: tuple[str, ...]
    """The case table's columns that this extract fills, `child_key` included."""

    kept: int = 0
    """How many standing rows that it no longer lists were kept, since a refused row may stand for any row at all."""

    @property
    def table(self) -> sa.Table:
        """Return the case table."""
        return CASE_TABLES[self.extract.name]

    @property
    def key(self) -> tuple[str, ...]:
        """Return the key's columns."""
        return self.extract.stored_key

    @property
    def same_row(self) -> sa.ColumnElement[bool]:
        """Return whether a staged row and a standing row are one."""
        return sa.and_(*(self.staged.c[name] == self.table.c[name] for name in self.key))

    def of_fate(self, *fates: str) -> sa.ColumnElement[bool]:
        """Return whether a staged row has one of these fates."""
        return self.staged.c.fate.in_(fates)

    def rows_of_fate(self, *fates: str) -> sa.ColumnElement[bool]:
        """Return whether a standing row has one of these fates: found by the key's index in a table of any size."""
        keys = sa.select(*(self.staged.c[name] for name in self.key)).where(self.of_fate(*fates))
        standing = [self.table.c[name] for name in self.key]
        return standing[0].in_(keys) if len(standing) == 1 else sa.tuple_(*standing).in_(keys)

    def counts(self, connection: sa.Connection) -> Counter[str]:
        """Return how many rows have each fate."""
        fate = self.staged.c.fate
        counted = connection.execute(sa.select(fate, sa.func.count().label("rows")).group_by(fate))
        return Counter({row.fate: row.rows for row in counted})


def begin(connection: sa.Connection, staged: ToMerge, survivor: Mapping[str, str], load_id: int) -> Merge:
    """Put the good rows of a staged extract into a temporary table and decide their fates in this load."""
    table, extract = CASE_TABLES[staged.extract.name], staged.extract
    has_child = "child_key" in table.c and "child_id" in staged.stored
    given = (*staged.stored, "child_key") if has_child else staged.stored
    beside = sa.Table(
        f"staged_{extract.name}",
        sa.MetaData(),
        *(sa.Column(name, table.c[name].type, primary_key=name in extract.stored_key) for name in given),
        sa.Column("row_key", REFERENCE),
        sa.Column("fate", sa.Text, nullable=False, server_default=NEW),
        prefixes=["TEMPORARY"],
    )
    beside.create(connection)
    survives = _child_key(extract, survivor, staged.stored)
    for rows in staged.rows().collect_batches(chunk_size=_BATCH):
        laid = rows.select(pl.col(KEY).alias("row_key"), *staged.stored)
        rows_into(connection, beside, laid.with_columns(survives) if has_child else laid)
    refused = sa.Table(
        f"refused_{extract.name}",
        sa.MetaData(),
        sa.Column("row_key", REFERENCE, primary_key=True),
        prefixes=["TEMPORARY"],
    )
    refused.create(connection)
    merge = Merge(extract, staged.terms, beside, refused, given)
    note_refused(connection, merge, staged.refused)
    gather_statistics(connection, beside, refused)
    _keep_marks_of_columns_not_sent(connection, merge, staged.stored)
    kept = _decide(connection, merge, load_id, _Shields(staged.refused, survivor, made_keys=staged.form != NATIVE))
    gather_statistics(connection, beside)
    return replace(merge, kept=kept)


def _child_key(extract: Extract, survivor: Mapping[str, str], stored: Sequence[str]) -> pl.Expr:
    """Return the reference that stands for the child, of rows with `row_key`.

    A row whose child can't be told from others has one of its own, so that it looks back on no other and none on it.
    """
    child = pl.col("child_id")
    survives = child.replace(dict(survivor))
    if MARKS not in stored:
        return survives.alias("child_key")
    own = pl.format("(no child) {} {}", pl.lit(extract.name), "row_key")
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
        merge.same_row, sa.or_(*(table.c[MARKS].contains(f" {one.name} ", autoescape=True) for one in kept))
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


@dataclass(frozen=True)
class _Shields:
    """Refused rows (KEY, FIELD, `content`) as what keeps the rows for which they may stand from being withdrawn.

    `survivor` are the surviving references of merged children; `made_keys` as protecting.protected has it.
    """

    refused: pl.DataFrame
    survivor: Mapping[str, str]
    made_keys: bool

    def of(self, connection: sa.Connection, extract: Extract, rows: sa.FromClause) -> tuple[list[str], bool]:
        """Return the `row_key` of the rows that are protected, and whether that is each because none can be told."""
        if self.refused.is_empty():
            return [], False
        parts = [sa.cast(rows.c[name], sa.Text).label(part_of_key(at)) for at, name in enumerate(extract.stored_key)]
        child = [rows.c.child_key.label(CHILD)] if "child_key" in rows.c else []
        wanted = sa.select(rows.c.row_key, *parts, *child)
        names = [column.name for column in wanted.selected_columns]
        found = select_frame(connection, wanted, {}, dict.fromkeys(names, pl.String))
        refused = self.refused.with_columns(children_of(self.refused).replace(dict(self.survivor)).alias(CHILD))
        mask, any_row = protected(found, refused, parts=len(parts), made_keys=self.made_keys)
        return found.filter(mask).get_column("row_key").to_list(), any_row


def _decide(connection: sa.Connection, merge: Merge, load_id: int, shields: _Shields) -> int:
    """Give a fate to the rows that are not new: those that the case table, or the record of withdrawals, knows.

    Return how many standing rows were kept because a refused one may stand for any of them.
    """
    staged, table, taken = merge.staged, merge.table, merge.terms.extracted_at
    kept = _withdraw_unlisted(connection, merge, shields)
    same = sa.and_(
        *(table.c[name].is_not_distinct_from(staged.c[name]) for name in merge.given if name not in merge.key)
    )
    fate = sa.case((table.c.extracted_at > taken, OLDER), (same, UNCHANGED), else_=CHANGED)
    later_withdrawn = sa.exists().where(
        WITHDRAWN_ROWS.c.extract == merge.extract.name,
        WITHDRAWN_ROWS.c.key == staged.c.row_key,
        WITHDRAWN_ROWS.c.extracted_at > taken,
    )
    for known, becomes in (
        (later_withdrawn, sa.literal(OLDER)),
        (sa.exists().where(merge.same_row), sa.select(fate).where(merge.same_row).scalar_subquery()),
    ):
        connection.execute(sa.update(staged).where(merge.of_fate(NEW), known).values(fate=becomes))
    _leave_what_a_later_extract_knows_no_more(connection, merge, load_id, shields.survivor)
    return kept


def _leave_what_a_later_extract_knows_no_more(
    connection: sa.Connection, merge: Merge, load_id: int, survivor: Mapping[str, str]
) -> None:
    """Mark as older the rows that an extract loaded before, but taken later, should have listed and didn't."""
    staged, loaded = merge.staged, LOADED_EXTRACTS
    later = sa.select(loaded.c.load_id, loaded.c.format, loaded.c.covers_from, loaded.c.covers_to).where(
        loaded.c.extract == merge.extract.name,
        loaded.c.complete.is_(sa.true()),
        loaded.c.extracted_at > merge.terms.extracted_at,
        loaded.c.load_id < load_id,
    )
    dated = [merge.extract.column(name).local_date for name in merge.extract.dated_by]
    given = [staged.c[name] for name in dated if name in staged.c]
    day = sa.func.coalesce(*given, sa.null()) if given else sa.null()
    for complete in connection.execute(later).all():
        covered = sa.or_(day.is_(None), day.between(complete.covers_from, complete.covers_to))
        candidates = sa.and_(merge.of_fate(NEW), covered if dated else sa.true())
        refused = refused_of(connection, complete.load_id, merge.extract.name)
        shields = _Shields(refused, survivor, made_keys=complete.format != NATIVE)
        kept, _ = shields.of(connection, merge.extract, sa.select(staged).where(candidates).subquery("candidates"))
        with _none_of(connection, staged.c.row_key, kept) as others:
            connection.execute(sa.update(staged).where(candidates, others).values(fate=OLDER))


def refused_of(connection: sa.Connection, load_id: int, extract: str) -> pl.DataFrame:
    """Return the rows of an extract that a load before refused: KEY, FIELD and `content`."""
    table = REJECTED_ROWS
    wanted = sa.select(table.c.key.label(KEY), table.c.field.label(FIELD), table.c.content.label(CONTENT)).where(
        table.c.load_id == load_id, table.c.extract == extract
    )
    return select_frame(connection, wanted, {}, dict.fromkeys((KEY, FIELD, CONTENT), pl.String))


def _withdraw_unlisted(connection: sa.Connection, merge: Merge, shields: _Shields) -> int:
    """Mark the standing rows that a complete extract should list and doesn't, but for those of refused rows.

    Return how many were kept because a refused row may stand for any of them.
    """
    table, staged = merge.table, merge.staged
    if not merge.terms.complete:
        return 0
    child = [table.c.child_key] if "child_key" in table.c else []
    key = [table.c[name] for name in merge.key]
    unlisted = (
        sa.select(*key, key_text(table, merge.extract).label("row_key"), *child)
        .where(listed_by(merge), ~sa.exists().where(merge.same_row))
        .subquery("unlisted")
    )
    kept, any_row = shields.of(connection, merge.extract, unlisted)
    with _none_of(connection, unlisted.c.row_key, kept) as others:
        marked = sa.select(*(unlisted.c[name] for name in (*merge.key, "row_key")), sa.literal(WITHDRAWN))
        connection.execute(sa.insert(staged).from_select([*merge.key, "row_key", "fate"], marked.where(others)))
    return len(kept) if any_row else 0


def listed_by(merge: Merge) -> sa.ColumnElement[bool]:
    """Return whether a standing row is one that the extract speaks of: not taken later, and within its dates."""
    terms, table = merge.terms, merge.table
    spoken_of = [table.c.extracted_at <= terms.extracted_at, table.c.load_id > 0]
    dated = [table.c[merge.extract.column(name).local_date] for name in merge.extract.dated_by]
    if dated:
        day = sa.func.coalesce(*dated) if len(dated) > 1 else dated[0]
        spoken_of.append(sa.or_(day.is_(None), day.between(terms.covers_from, terms.covers_to)))
    return sa.and_(*spoken_of)


@contextmanager
def _none_of(
    connection: sa.Connection, row_key: sa.ColumnElement[str], keys: list[str]
) -> Iterator[sa.ColumnElement[bool]]:
    """Give the condition that a row's key is none of these, however many they are."""
    if not keys:
        yield sa.true()
        return
    table = sa.Table(
        "kept_keys", sa.MetaData(), sa.Column("row_key", REFERENCE, primary_key=True), prefixes=["TEMPORARY"]
    )
    table.create(connection)
    rows_into(connection, table, pl.DataFrame({"row_key": keys}, schema={"row_key": pl.String}))
    yield row_key.not_in(sa.select(table.c.row_key))
    table.drop(connection)


def key_text(table: sa.FromClause, extract: Extract) -> sa.ColumnElement[str]:
    """Return the key of a standing row as one text, its parts joined by `|`."""
    if len(extract.key) == 1:
        return table.c[extract.stored_key[0]]
    first, *others = (sa.cast(table.c[name], sa.Text) for name in extract.stored_key)
    joined: sa.ColumnElement[str] = first
    for part in others:
        joined = joined + "|" + part
    return joined


def carry_out(connection: sa.Connection, merge: Merge, load_id: int) -> None:
    """Write the new and changed rows, withdraw those no longer listed, and note that the rest was confirmed."""
    _withdraw(connection, merge, load_id)
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
    connection.execute(sa.update(table).where(merge.rows_of_fate(UNCHANGED)).values(extracted_at=taken))
    again = sa.select(staged.c.row_key).where(merge.of_fate(NEW))
    connection.execute(
        sa.delete(WITHDRAWN_ROWS).where(
            WITHDRAWN_ROWS.c.extract == merge.extract.name, WITHDRAWN_ROWS.c.key.in_(again)
        )
    )
    if merge.counts(connection)[NEW] > _MANY:
        gather_statistics(connection, table)


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
