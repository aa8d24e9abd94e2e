"""Why a row must be refused: the first cell at fault, what stands there, and what was expected."""

from typing import Final

import polars as pl

from data_access.dates.working_calendar import FIRST_DAY, LAST_DAY
from data_access.extracts import Column, Extract, Kind
from data_access.extracts.action_plan import ACTIONS
from data_access.extracts.programme import COMPARATORS, EVENTS, FINDINGS, REBASES, STANDARDS, TARGETS
from data_access.loading.checks.cell_meaning import (
    FAILED,
    FORMULAS,
    MANGLED,
    NOT_WORKED_OUT,
    NOTHING,
    PLACEHOLDER,
    given_of,
    is_dated,
    keeps_its_row,
    read_of,
    said_of,
    why_of,
)
from data_access.loading.checks.dates import seems_month_first
from data_access.measures import MEASURES
from data_access.measures.sections import SECTIONS
from data_access.quality.dates import ENDS
from data_access.vocabulary import COMPARISONS, Polarity

_OF_MEASURES: Final = frozenset((each.name, "measure") for each in (TARGETS, STANDARDS, EVENTS, REBASES, COMPARATORS))
"""The columns that name a measure."""

_OF_SEVERAL: Final = frozenset((each.name, "measures") for each in (ACTIONS, FINDINGS))
"""The columns that name any number of measures."""

_LONGEST_REFERENCE: Final = 200
_LONGEST_TEXT: Final = 10_000
_LARGEST: Final = 2**31 - 1
"""The largest whole number that every database keeps."""

_SHOWS: Final = {
    FAILED: "is what a failed formula shows",
    NOT_WORKED_OUT: "is a formula that was saved without its result",
}
_MEND: Final = {
    FAILED: "mend the formula, or write the value itself",
    NOT_WORKED_OUT: "open the workbook, let it calculate and save it",
}


def fault_of(column: Column, codes: dict[str, str], *, in_key: bool, decides: bool) -> pl.Expr:
    """Return field, value and reason where the column's cell makes the row refused, else null.

    `decides` says that a row can't be counted, nor left out and counted separately, where the cell can't be read.
    """
    given, says, value = (pl.col(name) for name in (given_of(column), said_of(column), column.stored_as))
    unread = says.is_not_null() & value.is_null()
    needed = column.required or (in_key and column.blank_means is None)
    faults = []
    if needed:
        faults.append(because(column, given.is_null(), "is empty, but every row needs it"))
    faults += _nothing_faults(column, needed=needed, in_key=in_key, decides=decides)
    if column.kind is Kind.TIME:
        skipped = unread & pl.col(read_of(column)).struct.field("local").is_not_null()
        faults.append(because(column, skipped, "does not exist: the clocks went forward over it"))
    if is_dated(column):
        reason = "seems to have the month first; write the day first, 26/03/2010, or 2010-03-26"
        faults.append(because(column, unread & seems_month_first(says), reason))
    faults.append(because(column, unread, _expected(column, codes)))
    if is_dated(column):
        day = pl.col(column.local_date)
        outside = (day < FIRST_DAY) | (day > LAST_DAY)
        faults.append(because(column, outside, f"lies outside {FIRST_DAY.year} to {LAST_DAY.year}"))
    if column.kind is Kind.WEEK:
        faults.append(because(column, value.dt.weekday() != 1, "is not a Monday"))
    scale = 100 if column.kind is Kind.FTE else 1
    maximum = _LARGEST if column.kind is Kind.WHOLE and column.maximum is None else column.maximum
    if column.minimum is not None:
        faults.append(because(column, value < round(column.minimum * scale), f"is below {column.minimum:,}"))
    if maximum is not None:
        faults.append(because(column, value > round(maximum * scale), f"is above {maximum:,}"))
    if column.kind in (Kind.ID, Kind.TEXT):
        longest = _LONGEST_REFERENCE if column.kind is Kind.ID or in_key else _LONGEST_TEXT
        too_long = f"is longer than {longest:,} characters; a quotation mark may be missing"
        faults.append(because(column, value.str.len_chars() > longest, too_long))
    return pl.coalesce(faults)


def because(column: Column, wrong: pl.Expr, reason: str) -> pl.Expr:
    """Return field, value and reason where `wrong` holds of a column's cell."""
    return pl.when(wrong).then(
        pl.struct(
            pl.lit(column.name).alias("field"),
            pl.col(given_of(column)).alias("value"),
            pl.lit(reason).alias("reason"),
        )
    )


def row_faults(extract: Extract, given: tuple[Column, ...]) -> list[pl.Expr]:
    """Return the faults that lie in no single cell: no date that places the row, a measure that there is not, a
    target that can't be one, a finding that nothing shows.
    """
    of_measures = [_of_no_measure(column) for column in given if (extract.name, column.name) in _OF_MEASURES]
    unsuited = _unsuited_targets() if extract.name == TARGETS.name else []
    unknown = [_of_unknown_measures(column) for column in given if (extract.name, column.name) in _OF_SEVERAL]
    unshown = [_shown_by_nothing(given)] if extract.name == FINDINGS.name else []
    return [*_undated(extract, given), *of_measures, *unsuited, *unknown, *unshown]


def _of_no_measure(column: Column) -> pl.Expr:
    """Return the fault of what is set for, or published of, a measure that no page shows."""
    known = _known_measures()
    reason = f"names no measure; expected the id of one, such as {known[0]}: the address of its page ends with it"
    return because(column, ~pl.col(column.name).is_in(known), reason)


def _of_unknown_measures(column: Column) -> pl.Expr:
    """Return the fault of a list of measures in which something names none."""
    known = _known_measures()
    names = pl.col(column.name).str.extract_all(r"\S+")
    reason = (
        f"names something that is no measure; expected ids between spaces, such as {known[0]} {known[1]}: the "
        "address of a measure's page ends with it"
    )
    return because(column, ~names.list.eval(pl.element().is_in(known)).list.all(), reason)


def _shown_by_nothing(given: tuple[Column, ...]) -> pl.Expr:
    """Return the fault of a finding that names neither a measure nor why there is none."""
    names = {column.name for column in given} & {"measures", "out_of_scope"}
    told = pl.any_horizontal(pl.lit(value=False), *(pl.col(name).is_not_null() for name in sorted(names)))
    reason = "has no measure; expected the ids of those that show it in measures, or in out_of_scope why none does"
    return because(FINDINGS.column("finding"), ~told, reason)


def _known_measures() -> list[str]:
    return [name for section in SECTIONS for name in section.measures]


def _unsuited_targets() -> list[pl.Expr]:
    """Return the faults of targets that would call the worse figure of their measure the better one."""
    column = TARGETS.column("comparison")
    faults = []
    for polarity in (Polarity.HIGHER, Polarity.LOWER):
        measures = [measure.id for measure in MEASURES.values() if measure.definition.polarity is polarity]
        unsuited = pl.col("measure").is_in(measures) & ~pl.col(column.stored_as).is_in(COMPARISONS[polarity])
        expected = " or ".join(COMPARISONS[polarity])
        reason = f"can't be: of its measure {polarity} is better; expected {expected}"
        faults.append(because(column, unsuited, reason))
    return faults


def _undated(extract: Extract, given: tuple[Column, ...]) -> list[pl.Expr]:
    dated = [column for column in given if column.name in extract.dated_by]
    if len(dated) < 2 or len(dated) < len(extract.dated_by):
        return []
    undated = pl.all_horizontal(pl.col(column.local_date).is_null() for column in dated)
    return [because(dated[0], undated, f"is empty: a row needs {' or '.join(extract.dated_by)}")]


def _nothing_faults(column: Column, *, needed: bool, in_key: bool, decides: bool) -> list[pl.Expr]:
    """Return the faults of cells that say nothing though every row needs them, or that hide an end."""
    why = pl.col(why_of(column))
    faults = []
    if needed:
        faults.append(because(column, why == NOTHING, "says that there is none, but every row needs it"))
    for formula in FORMULAS:
        if needed or in_key:
            reason = f"{_SHOWS[formula]}, but every row needs it; {_MEND[formula]}"
        elif column.name in ENDS:
            reason = (
                f"{_SHOWS[formula]} where the day on which it ended is expected, and the row would stand open; "
                f"{_MEND[formula]}"
            )
        elif decides:
            reason = f"{_SHOWS[formula]}, and it decides what the row counts as; {_MEND[formula]}"
        else:
            continue
        faults.append(because(column, why == formula, reason))
    if column.is_reference and (in_key or (needed and not keeps_its_row(column, in_key=in_key))):
        mangled = "was shortened by a spreadsheet and no longer tells what it named; format the column as text"
        faults.append(because(column, why == MANGLED, f"{mangled} and take the extract again"))
        placeholder = "stands in the place of a reference, but every row needs its own"
        faults.append(because(column, why == PLACEHOLDER, placeholder))
    return faults


def _expected(column: Column, codes: dict[str, str]) -> str:
    match column.kind:
        case Kind.TIME:
            return "is no date and time; expected one such as 2010-03-26 16:40, or a date alone"
        case Kind.DATE:
            return "is no date; expected one such as 2010-03-26 or 26/03/2010"
        case Kind.WEEK:
            return "is no date; expected the week's Monday, such as 2010-03-22"
        case Kind.WHOLE:
            return "is no whole number"
        case Kind.YES_NO:
            return "is neither yes nor no"
        case Kind.CODE:
            return f"is not in the list {column.codes}; expected one of {', '.join(sorted(set(codes.values())))}"
        case _:
            return "is no number"
