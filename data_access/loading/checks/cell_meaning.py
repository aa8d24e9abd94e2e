"""What each cell of an extract means: what it says, why it says nothing or can't be read, and its value.

A cell is *blank*, says that there is *nothing* (NULL, n/a, 01/01/1900), can't be *read* (a failed formula, a formula
never worked out, a reference that a spreadsheet mangled, a placeholder for one), or says something.
"""

from typing import Final

import polars as pl

from data_access.extracts import NO_TEAM, Column, Kind
from data_access.extracts.placeholders import FAILED_FORMULAS
from data_access.loading.checks import cells, dates
from data_access.loading.checks.nothing import NOT_CALCULATED, means_nothing
from data_access.loading.checks.references import is_a_placeholder, is_mangled, tidied, whole_number

NOTHING: Final = "nothing"
FAILED: Final = "formula_failed"
NOT_WORKED_OUT: Final = "formula_not_calculated"
MANGLED: Final = "reference_mangled"
PLACEHOLDER: Final = "reference_placeholder"
FORMULAS: Final = (FAILED, NOT_WORKED_OUT)
UNREADABLE: Final = (*FORMULAS, MANGLED, PLACEHOLDER)
"""Why a cell that isn't blank says nothing that can be kept; all but the first are also names of checks."""

MARKS: Final = "unreadable"
"""The column with the names of the columns whose cells can't be read, each between spaces; null for none."""

CHILD: Final = "child_id"
TEAM: Final = "team_id"
_DATED: Final = (Kind.DATE, Kind.TIME, Kind.WEEK)


def given_of(column: Column) -> str:
    """Return the name of the column that has the cells as given, spaces tidied."""
    return f"(as given) {column.name}"


def said_of(column: Column) -> str:
    """Return the name of the column that has what the cells say: null for nothing and for what can't be read."""
    return f"(says) {column.name}"


def why_of(column: Column) -> str:
    """Return the name of the column that tells why a cell says nothing: NOTHING, one of UNREADABLE, else null."""
    return f"(why) {column.name}"


def read_of(column: Column) -> str:
    """Return the name of the column that has dates.READ of a date, time or week."""
    return f"(read) {column.name}"


def is_dated(column: Column) -> bool:
    """Return whether the column holds dates, with times of day or without."""
    return column.kind in _DATED


def as_given(column: Column) -> pl.Expr:
    """Return the cells with their spaces tidied; free texts keep theirs. Empty cells are null."""
    return cells.text_of(column.name) if column.kind is Kind.TEXT else tidied(pl.col(column.name))


def why_nothing(column: Column, codes: dict[str, str], *, in_key: bool) -> pl.Expr:
    """Return why the cells of a column say nothing; `codes` are those of its list."""
    given = given_of(column)
    low = pl.col(given).str.to_lowercase()
    why = (
        pl.when(low.is_in(FAILED_FORMULAS))
        .then(pl.lit(FAILED))
        .when(low == NOT_CALCULATED)
        .then(pl.lit(NOT_WORKED_OUT))
        .when(means_nothing(given, column, codes))
        .then(pl.lit(NOTHING))
    )
    if column.is_reference:
        cell = whole_number(pl.col(given))
        why = (
            why.when(is_mangled(cell))
            .then(pl.lit(MANGLED))
            .when(is_a_placeholder(cell, own=in_key))
            .then(pl.lit(PLACEHOLDER))
        )
    return why.otherwise(pl.lit(None, pl.String)).alias(why_of(column))


def keeps_its_row(column: Column, *, in_key: bool) -> bool:
    """Return whether a row is kept though this required reference is mangled or a placeholder.

    A child who can't be told from others, or a team that can't, is still waiting: the row must not vanish.
    """
    return column.name in (CHILD, TEAM) and not in_key


def said(column: Column, *, in_key: bool) -> pl.Expr:
    """Return what the cells say.

    A child's reference that is none stays as given, so that people find the row; a row that must name a team, and
    whose team can't be read, is of NO_TEAM.
    """
    given, why = pl.col(given_of(column)), pl.col(why_of(column))
    cell = whole_number(given) if column.is_reference else given
    instead = pl.lit(None, pl.String)
    if keeps_its_row(column, in_key=in_key):
        instead = cell if column.name == CHILD else pl.lit(NO_TEAM if column.required else None, pl.String)
    no_reference = why.is_in((MANGLED, PLACEHOLDER))
    says = pl.when(why.is_null()).then(cell).when(no_reference).then(instead)
    return says.otherwise(pl.lit(None, pl.String)).alias(said_of(column))


def values(column: Column, codes: dict[str, str]) -> list[pl.Expr]:
    """Return the database's columns that a column fills, from what its cells say; of dated ones from dates.READ."""
    says, read = said_of(column), pl.col(read_of(column)).struct
    value: pl.Expr
    match column.kind:
        case Kind.TIME:
            known = pl.when(read.field("moment").is_not_null())
            return [
                read.field("moment").alias(column.stored_as),
                known.then(read.field("day")).alias(column.local_date),
                known.then(read.field("timed")).alias(column.has_time),
            ]
        case Kind.DATE | Kind.WEEK:
            value = pl.when(~read.field("timed")).then(read.field("day"))
        case Kind.WHOLE:
            value = cells.whole_of(says)
        case Kind.NUMBER:
            value = cells.number_of(says)
        case Kind.FTE:
            value = cells.hundredths_of(says)
        case Kind.YES_NO:
            value = cells.yes_no_of(says)
        case Kind.CODE:
            value = cells.code_of(says, codes)
        case _:
            value = pl.col(says)
    if column.blank_means is not None:
        value = value.fill_null(column.blank_means)
    return [value.alias(column.stored_as)]


def read_dates(column: Column) -> pl.Expr:
    """Return dates.READ of what the cells of a dated column say."""
    return dates.read(said_of(column)).alias(read_of(column))


def marks(columns: tuple[Column, ...]) -> pl.Expr:
    """Return the names of the columns whose cells can't be read, each between spaces; null where there are none."""
    names = [
        pl.when(pl.col(why_of(column)).is_in(UNREADABLE)).then(pl.lit(f" {column.name}")).otherwise(pl.lit(""))
        for column in columns
    ]
    joined = pl.concat_str(names)
    return pl.when(joined != "").then(joined + " ").alias(MARKS)


def is_marked(name: str) -> pl.Expr:
    """Return whether a row's marks say that its cell in this column can't be read."""
    return pl.col(MARKS).str.contains(f" {name} ", literal=True).fill_null(value=False)
