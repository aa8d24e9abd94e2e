"""The record of loads: what came, what became of it, what was refused and why; and what is known already."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl
import sqlalchemy as sa

from data_access.bulk import rows_into
from data_access.loading.checks import SCHEMA
from data_access.loading.cleaning import FIELD, KEY, REASON, VALUE, Codes
from data_access.loading.files import ROW
from data_access.loading.merging import Merge, key_text
from data_access.loading.staging import Staged
from data_access.schema import CASE_TABLES, LOAD_WARNINGS, LOADED_EXTRACTS, REJECTED_ROWS

if TYPE_CHECKING:
    from data_access.loading.load import LoadedExtract


def was_loaded(connection: sa.Connection, extract: str, file_hash: str) -> bool:
    """Return whether the same file was loaded before under the same terms."""
    table = LOADED_EXTRACTS
    known = sa.select(table.c.load_id).where(table.c.extract == extract, table.c.file_hash == file_hash)
    return connection.execute(known.limit(1)).first() is not None


def stretches(connection: sa.Connection, extract: str) -> list[tuple[date, date]]:
    """Return the dates that each extract of this kind covered, first and last day."""
    table = LOADED_EXTRACTS
    found = connection.execute(sa.select(table.c.covers_from, table.c.covers_to).where(table.c.extract == extract))
    return [(row.covers_from, row.covers_to) for row in found]


def last_stretch(covered: Iterable[tuple[date, date]]) -> tuple[date, date]:
    """Return first and last day of the latest unbroken stretch; stretches on neighbouring days are one."""
    joined: list[tuple[date, date]] = []
    for begins, ends in sorted(covered):
        if joined and begins <= joined[-1][1] + timedelta(days=1):
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends))
        else:
            joined.append((begins, ends))
    return joined[-1]


def known_codes(connection: sa.Connection) -> Codes:
    """Return for each list its codes, by code and by label in lower case."""
    table = CASE_TABLES["codes"]
    found: Codes = {}
    for row in connection.execute(sa.select(table.c.list, table.c.code, table.c.label)):
        found.setdefault(row.list, {}).update({row.label.lower(): row.code, row.code.lower(): row.code})
    return found


def with_codes(codes: Codes, rows: pl.LazyFrame) -> Codes:
    """Return the codes with those of an extract that is being loaded."""
    found = {name: dict(known) for name, known in codes.items()}
    for name, code, label in rows.select("list", "code", "label").collect().iter_rows():
        found.setdefault(name, {}).update({label.lower(): code, code.lower(): code})
    return found


def known_teams(connection: sa.Connection) -> set[str]:
    """Return the references of the teams loaded so far."""
    return set(connection.execute(sa.select(CASE_TABLES["teams"].c.team_id)).scalars())


def early_assessments(staged: Staged, ids: set[str]) -> pl.DataFrame:
    """Return the warnings for assessments that began before their referral."""
    return (
        staged.rows()
        .filter(pl.col("assessment_id").is_in(sorted(ids)))
        .select(
            ROW,
            KEY,
            pl.lit("assessment_before_referral").alias("check"),
            pl.lit("started_on").alias("field"),
            pl.col("started_on").cast(pl.String).alias("value"),
            pl.lit("lies before the receipt of the referral that it names").alias("message"),
        )
        .collect()
        .match_to_schema(pl.Schema(SCHEMA))
    )


def write(
    connection: sa.Connection,
    load_id: int,
    result: "LoadedExtract",
    file_hash: str,
    staged: Staged,
    merge: Merge,
    warnings: pl.DataFrame,
) -> None:
    """Write down what became of one extract, its refused rows and its warnings."""
    terms, extract = staged.terms, staged.extract.name
    connection.execute(
        sa.insert(LOADED_EXTRACTS).values(
            load_id=load_id,
            extract=extract,
            file=result.file,
            file_hash=file_hash,
            extracted_at=terms.extracted_at,
            covers_from=terms.covers_from,
            covers_to=terms.covers_to,
            complete=terms.complete,
            source_system=terms.source_system,
            rows_read=result.read,
            rows_new=result.new,
            rows_changed=result.changed,
            rows_unchanged=result.unchanged,
            rows_older=result.older,
            rows_withdrawn=result.withdrawn,
            rows_refused=result.refused,
            warnings=result.warnings,
        )
    )
    marked = [
        pl.lit(load_id).alias("load_id"),
        pl.lit(extract).alias("extract"),
        pl.col(ROW).alias("row"),
        pl.lit(result.file).alias("file"),
    ]
    stands = pl.col(KEY).is_in(sorted(_standing_keys(connection, merge))).fill_null(value=False)
    rows_into(
        connection,
        REJECTED_ROWS,
        staged.refused.select(
            *marked,
            pl.col(FIELD).alias("field"),
            pl.col(VALUE).alias("value"),
            pl.col(REASON).alias("reason"),
            pl.col(KEY).alias("key"),
            stands.alias("older_stands"),
            "content",
        ),
    )
    rows_into(
        connection,
        LOAD_WARNINGS,
        warnings.select(*marked, "check", "field", "value", "message", pl.col(KEY).alias("key")),
    )


def _standing_keys(connection: sa.Connection, merge: Merge) -> set[str]:
    """Return the keys of refused rows under which a row stands all the same."""
    text = key_text(merge.table, merge.extract)
    return set(connection.execute(sa.select(text).where(text.in_(sa.select(merge.refused.c.row_key)))).scalars())
