"""The manifest: for each extract when it was taken, which dates it covers, and whether it is complete for them.

It comes as a file `manifest.csv` beside the extracts, as a sheet `manifest` of their workbook, or as options of
the load, which then hold for every extract of that load.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import polars as pl

from data_access.dates.working_calendar import FIRST_DAY, LAST_DAY
from data_access.extracts import EXTRACTS, Column, Kind
from data_access.extracts.contract import code as code_column
from data_access.extracts.contract import date as date_column
from data_access.extracts.contract import text as text_column
from data_access.extracts.contract import time as time_column
from data_access.loading.checks.cells import date_of, moment_of, yes_no_of
from data_access.loading.checks.references import tidied
from data_access.loading.delivery.sheet import ROW, Sheet
from data_access.loading.delivery.unreadable_files import saying_what_is_unreadable
from data_access.problems import ExtractProblem

COLUMNS: Final[tuple[Column, ...]] = (
    code_column("extract", "extract", "The extract's name", required=True),
    time_column("extracted_at", "When it was taken", required=True),
    date_column("covers_from", "First day that it covers", required=True),
    date_column("covers_to", "Last day that it covers", required=True),
    Column(
        "complete",
        Kind.YES_NO,
        "Yes: it lists every row of the dates that it covers, and rows that it no longer lists are withdrawn. "
        "No, or blank: it brings changes only",
    ),
    text_column("source_system", "The system that it was taken from"),
)


@dataclass(frozen=True)
class Terms:
    """The terms of one extract: taken when (UTC), covering which dates, complete for them or changes only."""

    extracted_at: datetime
    covers_from: date
    covers_to: date
    complete: bool
    source_system: str | None = None

    def __post_init__(self) -> None:
        """Refuse dates that end before they begin, and years that no calendar of ours knows."""
        for day in (self.extracted_at.date(), self.covers_from, self.covers_to):
            if not FIRST_DAY <= day <= LAST_DAY:
                msg = f"The date {day} lies outside {FIRST_DAY.year} to {LAST_DAY.year}."
                raise ExtractProblem(msg)
        if self.covers_to < self.covers_from:
            msg = f"An extract can't cover {self.covers_from} to {self.covers_to}: it would end before it begins."
            raise ExtractProblem(msg)


def terms_of(sheets: Iterable[Sheet]) -> dict[str, Terms]:
    """Return the terms by extract that the manifests among the sheets give.

    Raise ExtractProblem, naming sheet, row, field and value, where one of them can't be read.
    """
    by_extract: dict[str, Terms] = {}
    for sheet in sheets:
        if missing := sorted({column.name for column in COLUMNS if column.required} - set(sheet.headings)):
            msg = f"{sheet.shown}: the manifest lacks the columns {', '.join(missing)}."
            raise ExtractProblem(msg)
        for row in _read(sheet):
            extract = row["extract"]
            if extract in by_extract:
                msg = f"{sheet.shown}, row {row[ROW]}: extract {extract} stands twice in the manifest."
                raise ExtractProblem(msg)
            try:
                by_extract[extract] = Terms(
                    row["extracted_at"],
                    row["covers_from"],
                    row["covers_to"],
                    bool(row["complete"]),
                    row["source_system"],
                )
            except ExtractProblem as problem:
                msg = f"{sheet.shown}, row {row[ROW]}, {extract}: {problem}"
                raise ExtractProblem(msg) from None
    return by_extract


def _read(sheet: Sheet) -> list[dict[str, Any]]:
    names = {extract.name for extract in EXTRACTS}

    def cell(name: str) -> pl.Expr:
        return tidied(pl.col(name)) if name in sheet.headings else pl.lit(None, pl.String)

    raw = sheet.cells.with_columns(cell(column.name).alias(column.name) for column in COLUMNS)
    with saying_what_is_unreadable(sheet.shown):
        given = raw.filter(pl.any_horizontal(pl.col(column.name).is_not_null() for column in COLUMNS)).collect()
    typed = given.with_columns(
        pl.col("extract").str.to_lowercase(),
        moment_of("extracted_at").alias("extracted_at"),
        date_of("covers_from").alias("covers_from"),
        date_of("covers_to").alias("covers_to"),
        yes_no_of("complete").alias("complete"),
    )
    for before, after in zip(given.to_dicts(), typed.to_dicts(), strict=True):
        for column in COLUMNS:
            empty = before[column.name] is None
            if (empty and column.required) or (not empty and after[column.name] is None):
                said = "is empty" if empty else f"is {_quoted(before[column.name])}"
                raise ExtractProblem(
                    f"{sheet.shown}, row {before[ROW]}, {column.name}: {said}; expected {column.kind}, "
                    f"say {_EXAMPLES.get(column.kind, 'referrals')}."
                )
        if after["extract"] not in names:
            said = f"{_quoted(before['extract'])} is no extract; there are {', '.join(sorted(names))}"
            raise ExtractProblem(f"{sheet.shown}, row {before[ROW]}, extract: {said}.")
    return typed.to_dicts()


def _quoted(cell: str) -> str:
    """Return a cell as messages quote it: of one that is longer than any date or name only the beginning."""
    return repr(cell if len(cell) <= _QUOTED else f"{cell[:_QUOTED]}…")


_QUOTED: Final = 80
_EXAMPLES: Final = {Kind.TIME: "2010-03-29 07:00", Kind.DATE: "2010-03-28", Kind.YES_NO: "yes"}
