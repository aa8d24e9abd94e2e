"""The rows of a list: tidied, told from blank rows and totals, and given keys that last."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from data_access.loading.checks import dates
from data_access.loading.checks.totals import TOTAL, left_out
from data_access.loading.delivery.sheet import ROW
from data_access.loading.formats.annex_a.finding import ListInSheet
from data_access.loading.formats.annex_a.lists import DATES, NEEDS, TELLING, TITLES
from data_access.loading.formats.annex_a.text import child_of, day_of, said, text_of
from data_access.problems import ExtractProblem

SAME: Final = "(same)"
"""The column that holds the number of the first row that says the same in every column: of most rows their own."""

TYPED: Final = "(typed) "
"""What precedes a field's name in the column that holds its cell as typed, spaces tidied."""


@dataclass(frozen=True)
class Listed:
    """The rows of a list. `rows` has ROW, SAME, and every field that the sheet has: text, days as 2024-03-26.

    Each field stands twice, as what it says (null for nothing) and under TYPED as it was typed. `headings` are the
    sheet's own by field; `sheet` is its name.
    """

    number: int
    sheet: str
    headings: Mapping[str, str]
    rows: pl.DataFrame
    notices: tuple[str, ...]

    def has(self, field: str) -> bool:
        """Return whether the sheet has the field."""
        return field in self.headings

    def field(self, name: str) -> pl.Expr:
        """Return the field, blank where the sheet has no such column."""
        return pl.col(name) if self.has(name) else pl.lit(None, pl.String)


def listed(file: str, of_sheet: ListInSheet) -> Listed:
    """Return the rows of a list that are about something, and notices of what was left out."""
    required = {alternatives[0] for alternatives in NEEDS[of_sheet.number] if len(alternatives) == 1}
    tidy = of_sheet.below.select(text_of(name).alias(name) for name in of_sheet.below.columns)
    tidy = tidy.with_row_index(ROW, offset=of_sheet.row + 1).cast({ROW: pl.Int64})
    names = tidy.columns[1:]
    tidy = tidy.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in names))
    telling = [column for field, column in of_sheet.columns.items() if field in TELLING]
    days = [column for field, column in of_sheet.columns.items() if field in DATES]
    child = said(of_sheet.columns["child"])
    is_total = (
        pl.any_horizontal(_is_total(pl.col(name)) for name in names)
        & (child.is_null() | _is_total(child))
        & pl.all_horizontal(said(name).is_null() for name in days)
    )
    is_empty = pl.all_horizontal(said(name).is_null() for name in telling)
    place = f"{file}, sheet {of_sheet.sheet}"
    notices = [
        *of_sheet.notices,
        *_left_out(place, tidy.filter(is_total), "holds a total", "hold totals"),
        *_left_out(place, tidy.filter(is_empty & ~is_total), "names no child and no day", "name no child and no day"),
    ]
    tidy = tidy.filter(~is_total & ~is_empty)
    said_alike = pl.concat_str((pl.col(name).fill_null("\0") for name in names), separator="\1")
    rows = tidy.select(
        ROW,
        pl.col(ROW).min().over(said_alike).alias(SAME),
        *(pl.col(column).alias(TYPED + field) for field, column in of_sheet.columns.items()),
    ).with_columns(_meaning(field, required=field in required).alias(field) for field in of_sheet.columns)
    notices.insert(0, _counted(place, of_sheet.number, rows))
    for field in of_sheet.columns:
        if field in DATES or field == "birth":
            notices += _on_dates(place, of_sheet.headings[field], rows, TYPED + field)
    return Listed(of_sheet.number, of_sheet.sheet, of_sheet.headings, rows, tuple(notices))


def key(prefix: str, day: str) -> pl.Expr:
    """Return keys of child, day and order among the child's rows of that day; rows that are the same have one key.

    Rows without a child have keys of their row, since they will be refused for want of the child.
    """
    order = pl.col(SAME).rank("dense").over("child", day).cast(pl.String)
    made = pl.concat_str(pl.lit(f"annex-a:{prefix}"), "child", pl.col(day).fill_null(""), order, separator=":")
    return pl.coalesce(made, pl.format("annex-a:{}:row {}", pl.lit(prefix), ROW))


def _meaning(field: str, *, required: bool) -> pl.Expr:
    typed = TYPED + field
    if field == "child":
        return child_of(typed)
    if field in DATES or field == "birth":
        return day_of(typed, required=required)
    return said(typed)


def _is_total(cell: pl.Expr) -> pl.Expr:
    return cell.str.to_lowercase().str.contains(TOTAL).fill_null(value=False)


def _on_dates(place: str, heading: str, rows: pl.DataFrame, typed: str) -> list[str]:
    """Return what is told of a column of days; raise ExtractProblem where it has the month first."""
    order = dates.Order()
    order.look(rows, typed, ROW)
    if order.is_month_first:
        raise ExtractProblem(dates.month_first_refused(place, heading, order))
    forms = rows.select(dates.read(typed, points=True).struct.field("form")).to_series()
    return dates.notices_on_dates(place, heading, Counter(forms.drop_nulls()), order)


def _left_out(place: str, rows: pl.DataFrame, singular: str, plural: str) -> list[str]:
    numbers = rows.get_column(ROW).to_list()
    return [left_out(place, numbers, singular, plural)] if numbers else []


def _counted(place: str, number: int, rows: pl.DataFrame) -> str:
    """Return what an analyst would count by hand: rows, children, and rows that repeat another."""
    repeated = rows.filter(pl.col(SAME) != pl.col(ROW)).height
    children = rows.get_column("child").n_unique() - bool(rows.get_column("child").null_count())
    again = f"; {repeated:,} of the rows repeat another in every column and count once" if repeated else ""
    return f"{place} is list {number} ({TITLES[number]}): rows {rows.height:,}, children {children:,}{again}."
