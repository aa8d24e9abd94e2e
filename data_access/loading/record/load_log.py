"""The record of loads: what came, what became of it, what was refused and why; and what is known already."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import polars as pl
import sqlalchemy as sa

from data_access import audit
from data_access.database.bulk import rows_into
from data_access.database.facts import data_version
from data_access.database.opening import writing
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.database.schema.loads import LOAD_WARNINGS, LOADED_EXTRACTS, REFUSED_FILES, REJECTED_ROWS
from data_access.database.turns import Turn
from data_access.loading.checks.cleaning import FIELD, KEY, REASON, VALUE, Codes
from data_access.loading.checks.row_warnings import SCHEMA
from data_access.loading.delivery.planned_extracts import PlannedExtract
from data_access.loading.delivery.sheet import ROW
from data_access.loading.merge.fates import Merge, key_text
from data_access.loading.merge.staging import Staged
from data_access.loading.report import LoadedExtract
from data_access.problems import DatabaseProblem

_SHORT: Final = 5.0
"""Seconds for which to wait with a refusal that has been told already."""


def was_loaded(connection: sa.Connection, extract: str, file_hash: str) -> bool:
    """Return whether the same file was loaded before under the same terms."""
    table = LOADED_EXTRACTS
    known = sa.select(table.c.load_id).where(table.c.extract == extract, table.c.file_hash == file_hash)
    return connection.execute(known.limit(1)).first() is not None


def known_codes(connection: sa.Connection) -> Codes:
    """Return for each list its codes, by code, by label and by every other spelling, in lower case."""
    table, spellings = CASE_TABLES["codes"], CASE_TABLES["spellings"]
    codes: Codes = {}
    for row in connection.execute(sa.select(spellings.c.list, spellings.c.spelling, spellings.c.code)):
        codes.setdefault(row.list, {})[row.spelling.lower()] = row.code
    for row in connection.execute(sa.select(table.c.list, table.c.code, table.c.label)):
        codes.setdefault(row.list, {}).update({row.label.lower(): row.code, row.code.lower(): row.code})
    return codes


def with_codes(codes: Codes, extract: str, rows: pl.LazyFrame) -> Codes:
    """Return the codes with those that an extract of codes or spellings brings; as they are with others."""
    if extract not in ("codes", "spellings"):
        return codes
    every_code = {name: dict(known) for name, known in codes.items()}
    written = "label" if extract == "codes" else "spelling"
    for name, code, spelling in rows.select("list", "code", written).collect().iter_rows():
        known = every_code.setdefault(name, {})
        if extract == "codes":
            known.update({spelling.lower(): code, code.lower(): code})
        else:
            known.setdefault(spelling.lower(), code)
    return every_code


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


def sentences(staged: Staged, most: int) -> list[str]:
    """Return the first refused rows of an extract as sentences: file, row, field, value, and what was expected."""
    shown, called = staged.sheet.shown, staged.sheet.called
    return [
        f"{shown}, row {row}, {called.get(name, name)}: {f'{value!r} ' if value else ''}{reason}"
        for row, name, value, reason in staged.refused.head(most).select(ROW, FIELD, VALUE, REASON).iter_rows()
    ]


def counted_by(rows: pl.DataFrame, names: tuple[str, str]) -> tuple[tuple[str, int], ...]:
    """Return how many rows have each field and reason, as words, most frequent first."""
    counted = rows.group_by(names).len().sort("len", *names, descending=[True, False, False])
    return tuple((f"{name}: {reason}", number) for name, reason, number in counted.iter_rows())


def write(
    connection: sa.Connection,
    load_id: int,
    result: LoadedExtract,
    planned: PlannedExtract,
    staged: Staged,
    merge: Merge,
    warnings: pl.DataFrame,
    confirmed: Sequence[str],
) -> None:
    """Write down what became of one extract, its refused rows and its warnings, and what had to be confirmed."""
    terms, extract = staged.terms, staged.extract.name
    connection.execute(
        sa.insert(LOADED_EXTRACTS).values(
            load_id=load_id,
            extract=extract,
            file=result.file,
            file_hash=planned.hash,
            raw_hash=planned.sheet.digest,
            format=planned.sheet.format,
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
            confirmed=", ".join(confirmed) or None,
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


def audit_load(connection: sa.Connection, load_id: int, who: str) -> None:
    """Write into the audit trail what a load brought, once its record is written."""
    table = LOADED_EXTRACTS
    told = ("extract", "file", "raw_hash", "rows_new", "rows_changed", "rows_withdrawn", "rows_refused", "confirmed")
    loaded = sa.select(*(table.c[name] for name in told)).where(table.c.load_id == load_id).order_by(table.c.extract)
    extracts = [dict(row) for row in connection.execute(loaded).mappings()]
    detail = {"data_version": data_version(connection), "extracts": extracts}
    audit.append(connection, who, audit.Action.LOADED, f"load {load_id}", detail)


def _standing_keys(connection: sa.Connection, merge: Merge) -> set[str]:
    """Return the keys of refused rows under which a row stands all the same."""
    if connection.execute(sa.select(merge.refused.c.row_key).limit(1)).first() is None:
        return set()
    text = key_text(merge.table, merge.extract)
    return set(connection.execute(sa.select(text).where(text.in_(sa.select(merge.refused.c.row_key)))).scalars())


def note_refused_files(engine: sa.Engine, paths: Sequence[Path], who: str, reason: str) -> None:
    """Keep that files were refused as a whole, for whom and why; a database that can't be written keeps nothing."""
    table = REFUSED_FILES
    with suppress(DatabaseProblem), writing(engine, Turn(_SHORT)) as connection:
        number = 1 + (connection.execute(sa.select(sa.func.max(table.c.number))).scalar() or 0)
        connection.execute(
            sa.insert(table).values(
                number=number,
                refused_at=datetime.now(UTC).replace(tzinfo=None),
                refused_for=who,
                files=", ".join(path.name for path in paths),
                reason=reason,
            )
        )
        names = [path.name for path in paths]
        audit.append(connection, who, audit.Action.REFUSED, f"refusal {number}", {"files": names})
