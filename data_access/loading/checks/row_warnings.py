"""Warnings: rows that are kept and counted, and shown to those who can put them right."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import polars as pl
import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.dates.london_time import local_date
from data_access.extracts import NO_TEAM, Column, Extract, Kind
from data_access.extracts.formats import NATIVE
from data_access.loading.checks.cells import london_of
from data_access.loading.checks.cleaning import KEY, Cleaned
from data_access.loading.delivery.manifest import Terms
from data_access.loading.delivery.sheet import ROW
from data_access.quality.dates import HAPPENED, IN_ORDER

_OUTSIDE: Final = "outside_the_dates_covered"

SCHEMA: Final = {
    ROW: pl.UInt32,
    KEY: pl.String,
    "check": pl.String,
    "field": pl.String,
    "value": pl.String,
    "message": pl.String,
}
"""The columns of a frame of warnings."""


@dataclass(frozen=True)
class Check:
    """A rule that a row should keep: its name, the field to look at, what breaks it, and what to tell."""

    name: str
    field: Column
    broken: pl.Expr
    message: str


def checks_of(extract: Extract, given: Iterable[Column], terms: Terms, teams: set[str]) -> list[Check]:
    """Return the checks that apply to the columns given, under the terms of the extract and the teams known."""
    columns = {column.name: column for column in given}
    checks = []
    for first, second in IN_ORDER:
        if first in columns and second in columns:
            checks.append(_order(columns[first], columns[second]))
    taken_on = local_date(terms.extracted_at)
    for column in columns.values():
        if column.name in HAPPENED:
            after = pl.col(column.local_date) > taken_on
            told = f"lies after {taken_on}, when the extract was taken"
            checks.append(Check(f"{column.name}_after_the_extract", column, after, told))
        if column.refers_to == "teams" and teams:
            unknown = ~pl.col(column.stored_as).is_in(sorted({*teams, NO_TEAM}))
            checks.append(Check("unknown_team", column, unknown, "is no team that was loaded"))
    dated = [columns[name] for name in extract.dated_by if name in columns]
    is_spell = extract.dated_by == ("from",)
    if terms.complete and dated and not is_spell:
        day = pl.coalesce(pl.col(column.local_date) for column in dated)
        outside = ~day.is_between(terms.covers_from, terms.covers_to)
        span = f"{terms.covers_from} to {terms.covers_to}"
        checks.append(Check(_OUTSIDE, dated[0], outside, f"lies outside {span}, which the extract covers"))
    return checks


def _order(first: Column, second: Column) -> Check:
    begins, ends = pl.col(first.local_date), pl.col(second.local_date)
    broken = ends < begins
    if first.kind is Kind.TIME and second.kind is Kind.TIME:
        timed = pl.col(first.has_time) & pl.col(second.has_time)
        broken = pl.when(timed).then(pl.col(second.stored_as) < pl.col(first.stored_as)).otherwise(broken)
    return Check(f"{second.name}_before_{first.name}", second, broken, f"lies before {first.name}")


def warnings_of(
    cleaned: Cleaned, rows: pl.LazyFrame, remarks: pl.DataFrame, terms: Terms, teams: set[str]
) -> pl.DataFrame:
    """Return the warnings of the rows that stand, and the reader's `remarks` (REMARKS) on them and others: SCHEMA."""
    warnings = [
        rows.filter(check.broken).select(
            ROW,
            KEY,
            pl.lit(check.name).alias("check"),
            pl.lit(check.field.name).alias("field"),
            _as_given(check.field).alias("value"),
            pl.lit(check.message).alias("message"),
        )
        for check in checks_of(cleaned.extract, cleaned.given, terms, teams)
        # the other formats list every case that was open in their period, whenever it began
        if check.name != _OUTSIDE or cleaned.sheet.format == NATIVE
    ]
    # what is remarked on the cells of a row that is refused after all is no longer of use
    on_cells = remarks.lazy().join(rows.select(pl.col(ROW).cast(pl.Int64)), on=ROW, how="semi", maintain_order="left")
    by_reader = cleaned.sheet.remarks
    warnings.append(_remarked(on_cells if by_reader is None else pl.concat([by_reader.lazy(), on_cells]), rows))
    return pl.concat([pl.LazyFrame(schema=SCHEMA), *warnings], how="vertical_relaxed").collect()


def _remarked(remarks: pl.LazyFrame, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return what was remarked, once for each row, check and heading; a row that isn't loaded has no key."""
    first = remarks.with_columns(pl.col(ROW).cast(pl.UInt32)).unique(
        ["check", "field", ROW], keep="first", maintain_order=True
    )
    several = pl.len().over(ROW, "check") > 1
    named = pl.when(several).then(pl.format("{} ({})", "check", "field")).otherwise(pl.col("check"))
    return (
        first.with_columns(named.alias("check"))
        .join(rows.select(ROW, KEY), on=ROW, how="left", maintain_order="left")
        .select(ROW, pl.col(KEY).fill_null(""), "check", "field", "value", "message")
    )


def _as_given(column: Column) -> pl.Expr:
    """Return the value as text, times in London local time as in the file."""
    if column.kind is not Kind.TIME:
        return pl.col(column.stored_as).cast(pl.String)
    local = london_of(column.stored_as).dt
    return pl.when(column.has_time).then(local.to_string("%Y-%m-%d %H:%M:%S")).otherwise(local.to_string("%Y-%m-%d"))


def assessments_before_their_referral(connection: sa.Connection, staged: sa.FromClause) -> set[str]:
    """Return the ids of the assessments just loaded that began before the referral which they name."""
    assessment, referral = CASE_TABLES["assessments"], CASE_TABLES["referrals"]
    early = (
        sa.select(assessment.c.assessment_id)
        .join(staged, staged.c.assessment_id == assessment.c.assessment_id)
        .join(referral, referral.c.referral_id == assessment.c.referral_id)
        .where(staged.c.fate.in_(["new", "changed"]), assessment.c.started_on < referral.c.received_on)
    )
    return set(connection.execute(early).scalars())
