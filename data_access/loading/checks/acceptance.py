"""A file judged as a whole, before the database is changed: how many rows can't be used, and of which dates they are.

“None” must never be confused with “not loaded”: of an extract without a good row, or with rows of quite other dates
than it is said to cover, the measures would show noughts that nobody counted.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from data_access.extracts import Extract
from data_access.extracts.formats import NATIVE
from data_access.loading.checks.cleaning import FIELD, REASON
from data_access.loading.delivery.sheet import ROW
from data_access.loading.merge.confirming import Confirmation, Doubtful
from data_access.loading.merge.staging import Staged
from data_access.problems import ExtractProblem
from data_access.settings import REFUSED_PERCENT, LoadSettings

_FEW: Final = 5
"""Fewer refused rows than this are a large share in a small file only: there they must be more than half."""

_REASONS: Final = 5
_ROWS: Final = 5

_ENDS: Final = ("closed_on", "completed_on", "ended_on", "to")
"""The headings of the day on which a thing ends, for those that are listed for as long as they last."""


def check(staged: Iterable[Staged]) -> tuple[str, ...]:
    """Return notices of extracts whose dates may be wrong.

    Raise ExtractProblem where extracts have no row that can be used, or complete ones none of the dates given; it
    names them all.
    """
    problems: list[str] = []
    notices: list[str] = []
    for extract in staged:
        if (told := _without_good_row(extract)) is not None:
            problems.append(told)
        elif (outside := _outside(extract)) is not None:
            (problems if outside.is_refused else notices).append(outside.words)
    if problems:
        raise ExtractProblem("\n".join(problems))
    return tuple(notices)


def _without_good_row(staged: Staged) -> str | None:
    faulty, rows = _faulty(staged)
    if not rows or faulty < rows:
        return None
    every = "its only row is" if rows == 1 else f"every one of its {rows:,} rows is"
    return (
        f"{staged.sheet.shown}: {every} refused ({faulty:,} of {rows:,}), so the extract {staged.extract.name} was "
        f"not loaded and covers nothing. Why: {_reasons(staged)}."
    )


def refused_rows(staged: Staged, settings: LoadSettings) -> Confirmation | None:
    """Return what has to be confirmed where more of an extract's rows are refused than may be.

    Rows that repeat an earlier one in every column are counted neither as refused nor as rows.
    """
    faulty, rows = _faulty(staged)
    limit = settings.refused if faulty >= _FEW else max(settings.refused, 0.5)
    if not faulty or faulty == rows or faulty / rows <= limit:
        return None
    why = (
        f"{staged.sheet.shown}: {faulty:,} of the {rows:,} rows of the extract {staged.extract.name} can't be used, "
        f"more than {limit:.0%} ({REFUSED_PERCENT} sets what may be). Why: {_reasons(staged)}."
    )
    numbers = staged.refused.get_column(ROW).to_list()
    told = repr((Doubtful.REFUSED_ROWS, staged.extract.name, staged.sheet.digest, staged.sheet.name, rows, numbers))
    mark = hashlib.sha256(told.encode()).hexdigest()
    return Confirmation(Doubtful.REFUSED_ROWS, staged.extract.name, faulty, rows, why, mark)


def _faulty(staged: Staged) -> tuple[int, int]:
    """Return how many rows are refused, and of how many: those that only repeat another are neither."""
    return staged.refused.height - staged.repeats, staged.rows_read - staged.repeats


def _reasons(staged: Staged) -> str:
    """Return the most frequent reasons: field, what is wrong, how many rows, and the first of them."""
    counted = (
        staged.refused.with_columns(
            pl.col(REASON).str.replace(r"^stands in row \d+ already", "stands in an earlier row already")
        )
        .group_by(FIELD, REASON)
        .agg(pl.len().alias("rows"), pl.col(ROW).sort().head(_ROWS).alias("first"))
        .sort("rows", FIELD, REASON, descending=[True, False, False])
    )
    told = []
    for field, reason, rows, first in counted.head(_REASONS).select(FIELD, REASON, "rows", "first").iter_rows():
        named = f"{staged.sheet.called.get(field, field)} {reason}"
        numbers = ", ".join(map(str, first)) + (" …" if rows > len(first) else "")
        told.append(f"{named} ({'row' if rows == 1 else f'{rows:,} rows:'} {numbers})")
    left = counted.height - len(told)
    return "; ".join(told) + (f"; and {left:,} more reasons" if left > 0 else "")


@dataclass(frozen=True)
class _Placed:
    """The good rows of an extract by the dates given: within or outside, with the first and last day outside."""

    within: int
    outside: int
    first: date | None
    last: date | None


@dataclass(frozen=True)
class _Told:
    """What is to be told of an extract's dates, and whether it is refused for them."""

    words: str
    is_refused: bool


def _outside(staged: Staged) -> _Told | None:
    """Return what is to be told where more than half of an extract's rows lie outside the dates given.

    A file of changes brings corrections of any age: there it is told only where all rows lie outside, and never
    refused. Nor is a file that states its dates itself, since nobody can have given the wrong ones.
    """
    extract, terms, placed = staged.extract, staged.terms, _placed(staged)
    if placed is None or placed.outside <= placed.within or (placed.within and not terms.complete):
        return None
    dates = f"{placed.first}" if placed.first == placed.last else f"{placed.first} to {placed.last}"
    dated = " or ".join(staged.sheet.called.get(name, name) for name in extract.dated_by)
    lies = "lies" if placed.outside == 1 else "lie"
    outside = (
        f"{lies} outside {terms.covers_from} to {terms.covers_to}, the dates given: {dated} is {dates}. Is "
        "there a slip in --covers-from or --covers-to, or in the manifest, or was another file meant?"
    )
    stated = staged.sheet.stated
    is_slip = stated is None or (stated.covers_from, stated.covers_to) != (terms.covers_from, terms.covers_to)
    if not placed.within and terms.complete and is_slip:
        rows = "the only row" if placed.outside == 1 else f"all {placed.outside:,} rows"
        words = f"{staged.sheet.shown}: {rows} of the extract {extract.name} {outside}"
        return _Told(f"{words} It was not loaded and covers nothing.", is_refused=True)
    rows = f"{placed.outside:,} of the {placed.outside + placed.within:,} rows"
    return _Told(
        f"Check the dates of {staged.sheet.shown}: {rows} of the extract {extract.name} {outside}", is_refused=False
    )


def _placed(staged: Staged) -> _Placed | None:
    """Return where the good rows lie; None where the extract is not dated, or has no row with a date.

    A row lies in the dates by its own date. Spells, and cases in formats that list all that were open in their
    period, lie in them as long as they last: they are outside only where they begin after or ended before.
    """
    extract, terms = staged.extract, staged.terms
    dated = [extract.column(name).local_date for name in extract.dated_by]
    given = [name for name in dated if name in staged.stored]
    if not given:
        return None
    day = pl.coalesce(given)
    outside = ~day.is_between(terms.covers_from, terms.covers_to)
    if extract.dated_by == ("from",) or staged.form != NATIVE:
        over = (day < terms.covers_from) & (_end(extract, staged) < terms.covers_from)
        outside = (day > terms.covers_to) | over.fill_null(value=False)
    rows = staged.rows().select(day.alias("day"), outside.alias("outside")).collect()
    out = rows.filter(pl.col("outside")).get_column("day")
    if rows.get_column("day").null_count() == rows.height:
        return None
    first, last = (out.min(), out.max()) if out.len() else (None, None)
    return _Placed(rows.height - out.len(), out.len(), first, last)  # type: ignore[arg-type]


def _end(extract: Extract, staged: Staged) -> pl.Expr:
    """Return the day on which a row's thing ended; null while it lasts or where nothing tells."""
    ends = [extract.column(name).local_date for name in _ENDS if extract.has(name)]
    there = [name for name in ends if name in staged.stored]
    return pl.coalesce(there) if there else pl.lit(None, pl.Date)
