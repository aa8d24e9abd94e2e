"""One sheet into typed rows of its extract: what every cell means, and which rows must be refused."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

import polars as pl

from data_access.extracts import Column, Extract
from data_access.loading.checks.age_bands import age_band_of, unread_birth
from data_access.loading.checks.cell_meaning import (
    MARKS,
    as_given,
    given_of,
    is_dated,
    marks,
    read_dates,
    said,
    values,
    why_nothing,
)
from data_access.loading.checks.column_remarks import BIRTH, UNREAD_BIRTH, UNSEEN, ColumnRemarks
from data_access.loading.checks.faults import fault_of, row_faults
from data_access.loading.checks.references import holds_unseen, tidied
from data_access.loading.delivery.sheet import ROW, Sheet
from data_access.measures.registry import LOOKED_UP_FIELDS

KEY: Final = "(key)"
"""The column that holds a row's key as text, its parts joined by `|`: those that can't be read are empty between the
bars, and where none can be read it is null."""

FIELD, VALUE, REASON = "(field)", "(value)", "(reason)"
"""The columns that say why a row is refused: the first field at fault, what stands there, what was expected."""

DATED, TEAM = "(dated)", "(team)"
"""The columns that place a refused row: its local date and its team, as far as they could be read."""

_IDENTIFIERS: Final = re.compile(
    r"name|address|postcode|post_code|birth|(^|_)dob(_|$)|nhs|(^|_)upn(_|$)|phone|email|national_insurance|(^|_)ni_number"
)
_BIRTH: Final = ("date_of_birth", "dob")

Codes = dict[str, dict[str, str]]
"""For each list, its codes by code and by label, both in lower case."""


@dataclass(frozen=True)
class Cleaned:
    """A sheet as rows of its extract.

    `typed` turns cells of the sheet, all or some, into rows with ROW, KEY, FIELD, VALUE, REASON (null in good rows),
    the database's columns of every heading that the sheet has, and the cells as given. `given` are those headings;
    `notices` says what was dropped or not understood.
    """

    extract: Extract
    sheet: Sheet
    given: tuple[Column, ...]
    typed: Callable[[pl.LazyFrame], pl.LazyFrame]
    notices: tuple[str, ...]
    birth: str | None
    """The heading of the dates of birth from which age bands are made; None where they aren't."""

    @property
    def rows(self) -> pl.LazyFrame:
        """Return all rows of the sheet."""
        return self.typed(self.sheet.cells)

    @property
    def stored(self) -> list[str]:
        """Return the database's columns that the sheet fills."""
        return [*(name for column in self.given for name in column.stored), MARKS]

    def column_remarks(self) -> ColumnRemarks:
        """Return what gathers the remarks and notices on the sheet's cells."""
        called = {**self.sheet.called, **({"age_band": self.birth} if self.birth else {})}
        return ColumnRemarks(self.sheet.shown, self.given, called, self.birth)

    def with_content(self, refused: pl.DataFrame, rows: pl.LazyFrame) -> pl.DataFrame:
        """Return refused rows (ROW, KEY, FIELD, VALUE, REASON) with DATED, TEAM and `content`: the row as JSON.

        `rows` are those that they are among, as typed.
        """
        if refused.is_empty():
            nothing = {DATED: pl.Date, TEAM: pl.String, "content": pl.String}
            return refused.with_columns(pl.lit(None, kind).alias(name) for name, kind in nothing.items())
        raw = pl.struct(pl.col(given_of(column)).alias(column.name) for column in self.given)
        content = rows.filter(pl.col(ROW).is_in(refused.get_column(ROW).implode())).select(
            ROW,
            dated_of(self.extract, self.stored).alias(DATED),
            team_of(self.stored).alias(TEAM),
            raw.struct.json_encode().alias("content"),
        )
        return refused.join(content.collect(), on=ROW, maintain_order="left")


def dated_of(extract: Extract, stored: Collection[str]) -> pl.Expr:
    """Return the local date that places a row, of the columns that a sheet fills; null where there is none."""
    days = [day for day in (extract.column(name).local_date for name in extract.dated_by) if day in stored]
    return pl.coalesce(pl.col(days)) if days else pl.lit(None, pl.Date)


def team_of(stored: Collection[str]) -> pl.Expr:
    """Return the team of a row, of the columns that a sheet fills; null where it names none."""
    return pl.col("team_id") if "team_id" in stored else pl.lit(None, pl.String)


def cleaned(sheet: Sheet, extract: Extract, codes: Codes) -> Cleaned:
    """Return the sheet as typed rows of the extract, each with the reason to refuse it where there is one."""
    given = tuple(
        column
        for column in extract.columns
        if column.name in sheet.headings or (column.name in extract.key and column.blank_means is not None)
    )
    notices = _notices(sheet, extract)
    birth = next((name for name in _BIRTH if name in sheet.headings), None)
    if not extract.has("age_band") or "age_band" in sheet.headings:
        birth = None
    read = [
        pl.col(ROW).cast(pl.UInt32),
        *(
            (as_given(column) if column.name in sheet.headings else pl.lit(None, pl.String)).alias(given_of(column))
            for column in given
        ),
        *(
            holds_unseen(pl.col(column.name)).alias(UNSEEN + column.name)
            for column in given
            if column.is_reference and column.name in sheet.headings
        ),
        *([tidied(pl.col(birth)).alias(BIRTH)] if birth else []),
    ]
    is_given = pl.any_horizontal(pl.col(given_of(column)).is_not_null() for column in given)
    steps: list[list[pl.Expr]] = []
    if birth:
        banded, received = extract.column("age_band"), given_of(extract.column("received_at"))
        given = tuple(column for column in extract.columns if column in {*given, banded})
        steps.append([age_band_of(BIRTH, received).alias(given_of(banded)), unread_birth(BIRTH).alias(UNREAD_BIRTH)])
    lists = {column.name: codes[column.codes] if column.codes else {} for column in given}
    in_key = {column.name: column.name in extract.key for column in given}
    steps += [
        [why_nothing(column, lists[column.name], in_key=in_key[column.name]) for column in given],
        [said(column, in_key=in_key[column.name]) for column in given],
        [read_dates(column) for column in given if is_dated(column)],
        [*(value for column in given for value in values(column, lists[column.name])), marks(given)],
    ]
    by_column = {
        column.name: fault_of(
            column,
            lists[column.name],
            in_key=in_key[column.name],
            decides=column.name in extract.dated_by or f"{extract.name}.{column.name}" in LOOKED_UP_FIELDS,
        )
        for column in given
    }
    fault = pl.coalesce([*by_column.values(), *row_faults(extract, given)])
    steps += [
        [fault.alias("(fault)")],
        [
            pl.col("(fault)").struct.field("field").alias(FIELD),
            pl.col("(fault)").struct.field("value").alias(VALUE),
            pl.col("(fault)").struct.field("reason").alias(REASON),
            _key(extract, by_column).alias(KEY),
        ],
    ]

    def typed(cells: pl.LazyFrame) -> pl.LazyFrame:
        rows = cells.select(read).filter(is_given)
        for step in steps:
            rows = rows.with_columns(step)
        return rows

    return Cleaned(extract, sheet, given, typed, notices, birth)


def _key(extract: Extract, faults: Mapping[str, pl.Expr]) -> pl.Expr:
    """Return KEY: a part with a fault of its own is as good as unread, since it names another row or none."""
    parts = [
        pl.when(faults[name].is_null()).then(pl.col(extract.column(name).stored_as).cast(pl.String))
        for name in extract.key
    ]
    joined = pl.concat_str((part.fill_null("") for part in parts), separator="|")
    return pl.when(pl.any_horizontal(part.is_not_null() for part in parts)).then(joined)


def _notices(sheet: Sheet, extract: Extract) -> tuple[str, ...]:
    known = {column.name for column in extract.columns}
    notices = []
    for heading in sheet.headings:
        if heading in known or heading.startswith("(column "):
            continue
        if _IDENTIFIERS.search(heading):
            notices.append(
                f"{sheet.shown}: column {heading} may identify people; it was dropped and is kept nowhere."
            )
        else:
            near = get_close_matches(heading, known, 1)
            hint = f" Is {near[0]} meant?" if near else ""
            notices.append(f"{sheet.shown}: column {heading} is no column of {extract.name}; it was left out.{hint}")
    return tuple(notices)
