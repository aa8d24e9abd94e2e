"""Deciding the fate of every row of an extract; nothing that stands is changed by it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import polars as pl
import sqlalchemy as sa

from data_access.database.bulk import rows_into
from data_access.database.frames import select_frame
from data_access.database.schema.loads import LOADED_EXTRACTS, REJECTED_ROWS, WITHDRAWN_ROWS
from data_access.database.schema.metadata import REFERENCE
from data_access.extracts import Extract
from data_access.extracts.formats import NATIVE
from data_access.loading.checks.cleaning import FIELD, KEY
from data_access.loading.merge.fates import CHANGED, NEW, OLDER, UNCHANGED, WITHDRAWN, Merge, key_text
from data_access.loading.merge.protecting import CHILD, CONTENT, children_of, part_of_key, protected

_KEPT_KEYS: Final = sa.Table(
    "kept_keys", sa.MetaData(), sa.Column("row_key", REFERENCE, primary_key=True), prefixes=["TEMPORARY"]
)
"""The keys of rows that refused ones may stand for."""


@dataclass(frozen=True)
class Shields:
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
        standing = select_frame(connection, wanted, {}, dict.fromkeys(names, pl.String))
        refused = self.refused.with_columns(children_of(self.refused).replace(dict(self.survivor)).alias(CHILD))
        mask, any_row = protected(standing, refused, parts=len(parts), made_keys=self.made_keys)
        return standing.filter(mask).get_column("row_key").to_list(), any_row


def decide(connection: sa.Connection, merge: Merge, load_id: int, shields: Shields) -> int:
    """Give a fate to the rows that are not new: those that the case table, or the record of withdrawals, knows.

    Return how many standing rows were kept because a refused row may stand for any of them.
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
        shields = Shields(refused, survivor, made_keys=complete.format != NATIVE)
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


def _withdraw_unlisted(connection: sa.Connection, merge: Merge, shields: Shields) -> int:
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
    """Return whether the extract speaks of a standing row: not taken later, and within its dates."""
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
    table = _KEPT_KEYS
    table.create(connection)
    rows_into(connection, table, pl.DataFrame({"row_key": keys}, schema={"row_key": pl.String}))
    yield row_key.not_in(sa.select(table.c.row_key))
    table.drop(connection)
