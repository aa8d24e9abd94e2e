"""What is told of a sheet's cells: a warning for each row with a cell that can't be read, a notice for each column.

The rows come some at a time; what is told of a column is told of all of them together.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

import polars as pl

from data_access.extracts import Column
from data_access.loading.checks.cell_meaning import (
    CHILD,
    FAILED,
    MANGLED,
    NOT_WORKED_OUT,
    NOTHING,
    PLACEHOLDER,
    TEAM,
    UNREADABLE,
    given_of,
    is_dated,
    read_of,
    why_of,
)
from data_access.loading.checks.dates import DAY_NUMBER, TWO_DIGITS, Order, month_first_refused, notices_on_dates
from data_access.loading.delivery.sheet import REMARKS, ROW
from data_access.problems import ExtractProblem

UNSEEN: Final = "(unseen) "
"""What precedes a reference's name in the column that says whether unseen characters were taken out of its cell."""

BIRTH: Final = "(birth)"
"""The column with dates of birth as given, which goes no further."""

UNREAD_BIRTH: Final = "(unread birth)"
"""The column that says whether something stands for a date of birth that is none."""

_MIDNIGHT, _TIMED = "midnight", "timed"
_SHOWN: Final = 3
MESSAGES: Final = {
    FAILED: "is what a failed formula shows; it was read as blank",
    NOT_WORKED_OUT: "is a formula that was saved without its result; it was read as blank. Open the workbook, let it "
    "calculate and save it",
    MANGLED: "was shortened by a spreadsheet and no longer tells {what}; format the column as text and take the "
    "extract again. {done}",
    PLACEHOLDER: "stands in the place of a reference and tells no {thing}. {done}",
}
"""What is told of a cell that can't be read, by the name of the check."""

UNREAD_DATE: Final = "is no date, so that the age band is not known"


class ColumnRemarks:
    """Gathers what is told of a sheet's columns; `shown` and `called` name the sheet and its headings."""

    def __init__(self, shown: str, given: Iterable[Column], called: dict[str, str], birth: str | None) -> None:
        self._shown, self._given, self._called, self._birth = shown, tuple(given), called, birth
        self._met: dict[str, Counter[str]] = {column.name: Counter() for column in self._given}
        self._words: dict[str, Counter[str]] = {column.name: Counter() for column in self._given}
        self._orders = {column.name: Order() for column in self._given if is_dated(column)}
        self._birth_order = Order()
        self._remarks: list[pl.DataFrame] = []

    def look(self, rows: pl.DataFrame, *, refused: pl.Series) -> None:
        """Take rows into account; of those that are `refused` nothing is remarked, since they aren't kept."""
        for column in self._given:
            self._count(column, rows)
            self._remark(column, rows, ~refused)
        if self._birth is not None:
            self._birth_order.look(rows, BIRTH, ROW)
            unread = rows.get_column(UNREAD_BIRTH) & ~refused
            self._add(rows, unread, "unread_date", self._birth, pl.lit(None, pl.String), UNREAD_DATE)

    def remarks(self) -> pl.DataFrame:
        """Return the remarks on rows: REMARKS."""
        return pl.concat([pl.DataFrame(schema=REMARKS), *self._remarks])

    def notices(self) -> list[str]:
        """Return the notices on columns; raise ExtractProblem where the dates of one have the month first."""
        notices = []
        for column in self._given:
            heading, met = self._heading(column), self._met[column.name]
            place = f"{self._shown}, column {heading}"
            if number := met[NOTHING]:
                words = ", ".join(word for word, _ in self._words[column.name].most_common(_SHOWN))
                notices.append(f"{place}: {_cells(number, 'says', 'say')} that there is nothing ({words}).")
            if number := met[UNSEEN]:
                notices.append(
                    f"{place}: {_cells(number, 'holds', 'hold')} characters or spaces that nobody sees; they were "
                    "taken out, so that two spellings of one reference are one."
                )
            if number := met[_MIDNIGHT]:
                notices.append(f"{place}: {_on_midnight(number, met[_TIMED])}")
            if column.name in self._orders:
                order = self._orders[column.name]
                if order.is_month_first:
                    raise ExtractProblem(month_first_refused(self._shown, heading, order))
                notices += notices_on_dates(self._shown, heading, met, order)
        if self._birth is not None and self._birth_order.is_month_first:
            raise ExtractProblem(month_first_refused(self._shown, self._birth, self._birth_order))
        return notices

    def _heading(self, column: Column) -> str:
        return self._called.get(column.name, column.name)

    def _count(self, column: Column, rows: pl.DataFrame) -> None:
        met = self._met[column.name]
        # of the one column, not of the rows, which are as wide as every check of theirs
        nothing = rows.get_column(given_of(column)).filter(rows.get_column(why_of(column)) == NOTHING)
        met[NOTHING] += nothing.len()
        self._words[column.name].update(dict(nothing.value_counts(name="(number)").iter_rows()))
        if column.is_reference and UNSEEN + column.name in rows.columns:
            met[UNSEEN] += int(rows.get_column(UNSEEN + column.name).sum())
        if is_dated(column):
            read = rows.get_column(read_of(column)).struct.unnest()
            for flag in (_MIDNIGHT, _TIMED):
                met[flag] += int(read.get_column(flag).sum())
            forms = read.get_column("form")
            for form in (TWO_DIGITS, DAY_NUMBER):
                met[form] += int((forms == form).sum())
            self._orders[column.name].look(rows, given_of(column), ROW)

    def _remark(self, column: Column, rows: pl.DataFrame, kept: pl.Series) -> None:
        why = rows.get_column(why_of(column))
        for check in UNREADABLE:
            message = MESSAGES[check].format(**_words_about(column))
            value = pl.col(given_of(column))
            self._add(rows, (why == check) & kept, check, self._heading(column), value, message)

    def _add(self, rows: pl.DataFrame, met: pl.Series, check: str, field: str, value: pl.Expr, message: str) -> None:
        if met.any():
            remarks = rows.filter(met).select(
                pl.col(ROW).cast(pl.Int64),
                pl.lit(check).alias("check"),
                pl.lit(field).alias("field"),
                value.alias("value"),
                pl.lit(message).alias("message"),
            )
            self._remarks.append(remarks)


def _words_about(column: Column) -> dict[str, str]:
    if column.name == CHILD:
        done = "The row is kept, and looks back on no other"
        return {"what": "which child it named", "thing": "child", "done": done}
    if column.name == TEAM and column.required:
        return {"what": "which team it named", "thing": "team", "done": "The row is kept, under no team"}
    return {"what": "what it named", "thing": "more", "done": "It was read as blank"}


def _on_midnight(number: int, timed: int) -> str:
    if timed:
        return (
            f"{_cells(number, 'gives', 'give')} midnight as the time of day, as systems write where none was given; "
            "such a cell counts as a day without a time."
        )
    return (
        f"{_cells(number, 'gives', 'give')} midnight as the time of day and none gives another: no time of day was "
        "given."
    )


def _cells(number: int, singular: str, plural: str) -> str:
    return f"1 cell {singular}" if number == 1 else f"{number:,} cells {plural}"
