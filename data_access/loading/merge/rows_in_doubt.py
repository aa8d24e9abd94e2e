"""Rows in doubt: those that stand with a warning, and those that were refused, as of the latest extract listing each.

A figure that such a row may change says so (see `data_access.queries.doubts`). The table follows the loads in their
transaction. It is part of the history: a rebuild, which does the same loads once more, leaves it as it stands.

- A row listed again takes its place: what is kept of it are the warnings of the later file, in the columns that this
  file gives, or its refusal. A refusal leaves the warnings of the older version alone, which is counted all the same.
- A row that is withdrawn is in doubt no more; nor is a refused row that a later complete extract of its date does not
  list. A row without a readable date belongs to all the dates that its extract covers.
- An extract older than what is known of a row says nothing of it.
"""

from typing import Final

import polars as pl
import sqlalchemy as sa

from data_access.database.bulk import rows_into
from data_access.database.schema.loads import DOUBTFUL_ROWS, LOADED_EXTRACTS, WITHDRAWN_ROWS
from data_access.dates.working_calendar import FIRST_DAY, LAST_DAY
from data_access.extracts import NO_TEAM
from data_access.loading.checks.cleaning import DATED, FIELD, KEY, REASON, TEAM, dated_of, team_of
from data_access.loading.delivery.sheet import ROW
from data_access.loading.merge.fates import OLDER, WITHDRAWN, Merge, key_text
from data_access.loading.merge.staging import OF_ANOTHER_CHILD, Staged

REFUSED: Final = "refused"
"""The check of a row that was refused."""

_TABLE: Final = DOUBTFUL_ROWS


def keep_doubts(
    connection: sa.Connection, load_id: int, staged: Staged, merge: Merge, warnings: pl.DataFrame
) -> None:
    """Bring the rows in doubt in step with one extract, once its rows are merged and its load is recorded."""
    known = sa.select(_TABLE.c.row).where(_known_before(merge)).limit(1)
    if connection.execute(known).first() is not None:
        _forget_what_is_listed_again(connection, staged, merge)
        _forget_what_is_listed_no_more(connection, merge)
    frame = pl.concat([_warned(connection, staged, merge, warnings), _refused(connection, load_id, staged, merge)])
    rows_into(
        connection,
        _TABLE,
        frame.select(
            pl.lit(load_id).alias("load_id"),
            pl.lit(staged.extract.name).alias("extract"),
            pl.lit(staged.terms.extracted_at).alias("extracted_at"),
            pl.col("team_id").fill_null(NO_TEAM),
            pl.exclude("team_id"),
        ),
    )


def _known_before(merge: Merge) -> sa.ColumnElement[bool]:
    """Return whether a row in doubt is of this extract, as a file no later than this one has it."""
    return sa.and_(_TABLE.c.extract == merge.extract.name, _TABLE.c.extracted_at <= merge.terms.extracted_at)


def _forget_what_is_listed_again(connection: sa.Connection, staged: Staged, merge: Merge) -> None:
    listed, mine = merge.staged, _known_before(merge)
    given = [column.name for column in staged.clean.given]
    good = sa.select(listed.c.row_key).where(~merge.of_fate(WITHDRAWN))
    withdrawn = sa.select(listed.c.row_key).where(merge.of_fate(WITHDRAWN))
    again = sa.select(merge.refused.c.row_key)
    for gone in (
        sa.and_(_TABLE.c.listed_as.in_(good), sa.or_(_TABLE.c.refused, _TABLE.c.field.in_(given))),
        _TABLE.c.listed_as.in_(withdrawn),
        sa.and_(_TABLE.c.listed_as.in_(again), _TABLE.c.refused),
    ):
        connection.execute(sa.delete(_TABLE).where(mine, gone))


def _forget_what_is_listed_no_more(connection: sa.Connection, merge: Merge) -> None:
    """Forget the refused rows of the dates of a complete extract: those that it lists are no longer among them."""
    terms = merge.terms
    if not terms.complete:
        return
    brought, loaded = _TABLE, LOADED_EXTRACTS
    within = sa.exists().where(
        loaded.c.load_id == brought.c.load_id,
        loaded.c.extract == brought.c.extract,
        loaded.c.covers_from >= terms.covers_from,
        loaded.c.covers_to <= terms.covers_to,
    )
    covered = sa.or_(
        brought.c.dated.between(terms.covers_from, terms.covers_to), sa.and_(brought.c.dated.is_(None), within)
    )
    connection.execute(
        sa.delete(_TABLE).where(
            _known_before(merge),
            _TABLE.c.refused,
            covered if merge.extract.dated_by else sa.true(),
        )
    )


def _warned(connection: sa.Connection, staged: Staged, merge: Merge, warnings: pl.DataFrame) -> pl.DataFrame:
    """Return the warnings of the rows that stand as this file has them, a row for each field that a heading fills."""
    older = sa.select(merge.staged.c.row_key).where(merge.of_fate(OLDER))
    own = {column.name for column in staged.extract.columns}
    called = [(heading, column) for column, heading in staged.sheet.called.items() if heading not in own]
    columns = pl.DataFrame(called, schema={"field": pl.String, "column": pl.String}, orient="row")
    stand = warnings.filter(pl.col(KEY) != "", ~pl.col(KEY).is_in(list(connection.execute(older).scalars())))
    placed = (
        staged.rows()
        .filter(pl.col(ROW).is_in(stand.get_column(ROW).implode()))
        .select(
            ROW,
            _within(dated_of(staged.extract, staged.stored)).alias("dated"),
            team_of(staged.stored).alias("team_id"),
        )
        .collect()
    )
    return (
        stand.join(columns, on="field", how="left", maintain_order="left")
        .with_columns(pl.coalesce("column", "field").alias("field"))
        .join(placed, on=ROW, how="left", maintain_order="left")
        .select(
            pl.col(ROW).alias("row"),
            "check",
            "field",
            "message",
            pl.col(KEY).alias("key"),
            pl.col(KEY).alias("listed_as"),
            "dated",
            "team_id",
            pl.lit(value=False).alias("refused"),
        )
    )


def _refused(connection: sa.Connection, load_id: int, staged: Staged, merge: Merge) -> pl.DataFrame:
    """Return the refused rows of which nothing later is known.

    A row that names another child than the row which stands under its key is a row of its own, as far as anybody
    can tell; so is a row whose key can't be read.
    """
    of_its_own = pl.col(KEY).is_null() | pl.col(REASON).str.ends_with(OF_ANOTHER_CHILD)
    refused = staged.refused.with_columns(
        pl.when(of_its_own)
        .then(pl.format("row {} of load {}", ROW, pl.lit(load_id)))
        .otherwise(pl.col(KEY))
        .alias("key"),
        _within(pl.col(DATED)).alias("dated"),
    )
    standing, known_later = _versions(connection, merge)
    return refused.filter(
        ~pl.col(KEY).is_in(known_later).fill_null(value=False),
        pl.col(KEY).is_in(standing).fill_null(value=False) | ~_in_a_later_list(connection, load_id, merge),
    ).select(
        pl.col(ROW).alias("row"),
        pl.lit(REFUSED).alias("check"),
        pl.col(FIELD).alias("field"),
        pl.col(REASON).alias("message"),
        "key",
        pl.col(KEY).alias("listed_as"),
        "dated",
        pl.col(TEAM).alias("team_id"),
        pl.lit(value=True).alias("refused"),
    )


def _versions(connection: sa.Connection, merge: Merge) -> tuple[list[str], list[str]]:
    """Return the keys of refused rows under which a row stands, and those of which something later is known."""
    taken, refused = merge.terms.extracted_at, sa.select(merge.refused.c.row_key)
    if connection.execute(refused.limit(1)).first() is None:
        return [], []
    text = key_text(merge.table, merge.extract)
    standing = connection.execute(sa.select(text, merge.table.c.extracted_at).where(text.in_(refused))).all()
    later = [key for key, extracted_at in standing if extracted_at > taken]
    for table, key in ((WITHDRAWN_ROWS, WITHDRAWN_ROWS.c.key), (_TABLE, _TABLE.c.listed_as)):
        newer = (table.c.extract == merge.extract.name, table.c.extracted_at > taken)
        later += connection.execute(sa.select(key).where(*newer, key.in_(refused))).scalars()
    return [key for key, _ in standing], later


def _in_a_later_list(connection: sa.Connection, load_id: int, merge: Merge) -> pl.Expr:
    """Return whether a complete extract taken later, loaded before, should list a row, and so knows it no more."""
    table, terms = LOADED_EXTRACTS, merge.terms
    later = sa.select(table.c.covers_from, table.c.covers_to).where(
        table.c.extract == merge.extract.name,
        table.c.complete.is_(sa.true()),
        table.c.extracted_at > terms.extracted_at,
        table.c.load_id < load_id,
    )
    listed = pl.lit(value=False)
    for begins, ends in connection.execute(later).all():
        if not merge.extract.dated_by:
            return pl.lit(value=True)
        undated = pl.lit(begins <= terms.covers_from and terms.covers_to <= ends)
        listed = listed | pl.col("dated").is_between(begins, ends).fill_null(undated)
    return listed


def _within(day: pl.Expr) -> pl.Expr:
    """Return a day within the calendar; null where it lies outside, since then it places nothing."""
    return pl.when(day.is_between(FIRST_DAY, LAST_DAY)).then(day)
