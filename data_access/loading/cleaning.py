"""One sheet into typed rows of its extract: what every cell means, and which rows must be refused."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

import polars as pl

from data_access.extracts import Column, Extract, Kind
from data_access.loading import cells
from data_access.loading.ages import age_band
from data_access.loading.sheet import ROW, Sheet
from data_access.working_calendar import FIRST_DAY, LAST_DAY

KEY: Final = "(key)"
"""The column that holds a row's key as text, its parts joined by `|`; null where it can't be read."""

FIELD, VALUE, REASON = "(field)", "(value)", "(reason)"
"""The columns that say why a row is refused: the first field at fault, what stands there, what was expected."""

_IDENTIFIERS: Final = re.compile(
    r"name|address|postcode|post_code|birth|(^|_)dob(_|$)|nhs|(^|_)upn(_|$)|phone|email|national_insurance|(^|_)ni_number"
)
_BIRTH: Final = ("date_of_birth", "dob")

_LONGEST_REFERENCE: Final = 200
_LONGEST_TEXT: Final = 10_000
_LARGEST: Final = 2**31 - 1
"""The largest whole number that every database keeps."""

Codes = dict[str, dict[str, str]]
"""For each list, its codes by code and by label, both in lower case."""


@dataclass(frozen=True)
class Cleaned:
    """A sheet as rows of its extract.

    `rows` has ROW, KEY, FIELD, VALUE, REASON (null in good rows), the database's columns of every heading that the
    sheet has, and the cells as given. `given` are those headings; `notices` says what was dropped or not understood.
    """

    extract: Extract
    sheet: Sheet
    given: tuple[Column, ...]
    rows: pl.LazyFrame
    notices: tuple[str, ...]

    @property
    def stored(self) -> list[str]:
        """Return the database's columns that the sheet fills."""
        return [name for column in self.given for name in column.stored]

    def with_content(self, refused: pl.DataFrame) -> pl.DataFrame:
        """Return refused rows (ROW, KEY, FIELD, VALUE, REASON) with `content`: each row as given, as JSON."""
        if refused.is_empty():
            return refused.with_columns(pl.lit(None, pl.String).alias("content"))
        raw = pl.struct(pl.col(_raw(column)).alias(column.name) for column in self.given)
        content = self.rows.filter(pl.col(ROW).is_in(refused.get_column(ROW).implode())).select(
            ROW, raw.struct.json_encode().alias("content")
        )
        return refused.join(content.collect(), on=ROW, maintain_order="left")


def cleaned(sheet: Sheet, extract: Extract, codes: Codes) -> Cleaned:
    """Return the sheet as typed rows of the extract, each with the reason to refuse it where there is one."""
    given = tuple(
        column
        for column in extract.columns
        if column.name in sheet.headings or (column.name in extract.key and column.blank_means is not None)
    )
    notices = _notices(sheet, extract)
    birth = next((name for name in _BIRTH if name in sheet.headings), None)
    derives_age = birth is not None and extract.has("age_band") and "age_band" not in sheet.headings
    rows = sheet.cells.select(
        pl.col(ROW).cast(pl.UInt32),
        *(
            (cells.text_of(column.name) if column.name in sheet.headings else pl.lit(None, pl.String)).alias(
                _raw(column)
            )
            for column in given
        ),
        *([cells.text_of(birth).alias(birth)] if derives_age and birth else []),
    ).filter(pl.any_horizontal(pl.col(_raw(column)).is_not_null() for column in given))
    if derives_age and birth:
        banded = extract.column("age_band")
        given = (*given, banded)
        received = _raw(extract.column("received_at"))
        rows = rows.with_columns(age_band(birth, received).alias(_raw(banded))).drop(birth)
    rows = rows.with_columns(
        expr for column in given for expr in _times(column, from_workbook=sheet.from_workbook)
    ).with_columns(expr for column in given for expr in _values(column, codes))
    faults = [_fault(column, codes, in_key=column.name in extract.key) for column in given] + _row_faults(
        extract, given
    )
    fault = pl.coalesce(faults) if faults else pl.lit(None)
    rows = rows.with_columns(fault.alias("(fault)")).with_columns(
        pl.col("(fault)").struct.field("field").alias(FIELD),
        pl.col("(fault)").struct.field("value").alias(VALUE),
        pl.col("(fault)").struct.field("reason").alias(REASON),
        pl.concat_str(
            (pl.col(extract.column(name).stored_as).cast(pl.String) for name in extract.key), separator="|"
        ).alias(KEY),
    )
    return Cleaned(extract, sheet, given, rows, notices)


def _raw(column: Column) -> str:
    return f"(as given) {column.name}"


def _local(column: Column) -> str:
    return f"(local) {column.name}"


def _times(column: Column, *, from_workbook: bool) -> list[pl.Expr]:
    """Return what the values of a date-and-time column are made of, read once for all of them."""
    if column.kind is not Kind.TIME:
        return []
    raw = _raw(column)
    return [
        cells.local_of(raw, from_workbook=from_workbook).alias(_local(column)),
        cells.moment_of(raw, from_workbook=from_workbook).alias(column.stored_as),
        cells.has_time(raw, from_workbook=from_workbook).alias(column.has_time),
    ]


def _values(column: Column, codes: Codes) -> list[pl.Expr]:
    raw = _raw(column)
    match column.kind:
        case Kind.TIME:
            known = pl.when(pl.col(column.stored_as).is_not_null())
            return [
                known.then(pl.col(_local(column)).dt.date()).alias(column.local_date),
                known.then(pl.col(column.has_time)).alias(column.has_time),
            ]
        case Kind.DATE | Kind.WEEK:
            value = cells.date_of(raw)
        case Kind.WHOLE:
            value = cells.whole_of(raw)
        case Kind.NUMBER:
            value = cells.number_of(raw)
        case Kind.FTE:
            value = cells.hundredths_of(raw)
        case Kind.YES_NO:
            value = cells.yes_no_of(raw)
        case Kind.CODE:
            value = cells.code_of(raw, codes[str(column.codes)])
        case _:
            value = pl.col(raw)
    if column.blank_means is not None:
        value = value.fill_null(column.blank_means)
    return [value.alias(column.stored_as)]


def _because(column: Column, wrong: pl.Expr, reason: str) -> pl.Expr:
    return pl.when(wrong).then(
        pl.struct(
            pl.lit(column.name).alias("field"), pl.col(_raw(column)).alias("value"), pl.lit(reason).alias("reason")
        )
    )


def _fault(column: Column, codes: Codes, *, in_key: bool) -> pl.Expr:
    """Return field, value and reason where the column's cell makes the row refused, else null."""
    raw, value = pl.col(_raw(column)), pl.col(column.stored_as)
    unread = raw.is_not_null() & value.is_null()
    faults = [_because(column, unread, _expected(column, codes))]
    if column.required:
        faults.insert(0, _because(column, raw.is_null(), "is empty, but every row needs it"))
    if column.kind is Kind.TIME:
        skipped = unread & pl.col(_local(column)).is_not_null()
        faults.insert(0, _because(column, skipped, "does not exist: the clocks went forward over it"))
    if column.kind in (Kind.TIME, Kind.DATE, Kind.WEEK):
        day = pl.col(column.local_date)
        outside = (day < FIRST_DAY) | (day > LAST_DAY)
        faults.append(_because(column, outside, f"lies outside {FIRST_DAY.year} to {LAST_DAY.year}"))
    if column.kind is Kind.WEEK:
        faults.append(_because(column, value.dt.weekday() != 1, "is not a Monday"))
    scale = 100 if column.kind is Kind.FTE else 1
    maximum = _LARGEST if column.kind is Kind.WHOLE and column.maximum is None else column.maximum
    if column.minimum is not None:
        faults.append(_because(column, value < round(column.minimum * scale), f"is below {column.minimum:,}"))
    if maximum is not None:
        faults.append(_because(column, value > round(maximum * scale), f"is above {maximum:,}"))
    if column.kind in (Kind.ID, Kind.TEXT):
        longest = _LONGEST_REFERENCE if column.kind is Kind.ID or in_key else _LONGEST_TEXT
        too_long = f"is longer than {longest:,} characters; a quotation mark may be missing"
        faults.append(_because(column, value.str.len_chars() > longest, too_long))
    return pl.coalesce(faults)


def _expected(column: Column, codes: Codes) -> str:
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
            known = sorted(set(codes[str(column.codes)].values()))
            return f"is not in the list {column.codes}; expected one of {', '.join(known)}"
        case _:
            return "is no number"


def _row_faults(extract: Extract, given: tuple[Column, ...]) -> list[pl.Expr]:
    """Return the faults that lie in no single cell: of a row without any of the dates that place it in time."""
    dated = [column for column in given if column.name in extract.dated_by]
    if len(dated) < 2 or len(dated) < len(extract.dated_by):
        return []
    undated = pl.all_horizontal(pl.col(column.local_date).is_null() for column in dated)
    return [_because(dated[0], undated, f"is empty: a row needs {' or '.join(extract.dated_by)}")]


def _notices(sheet: Sheet, extract: Extract) -> tuple[str, ...]:
    known = {column.name for column in extract.columns}
    found = []
    for heading in sheet.headings:
        if heading in known or heading.startswith("(column "):
            continue
        if _IDENTIFIERS.search(heading):
            found.append(f"{sheet.shown}: column {heading} may identify people; it was dropped and is kept nowhere.")
        else:
            near = get_close_matches(heading, known, 1)
            hint = f" Is {near[0]} meant?" if near else ""
            found.append(f"{sheet.shown}: column {heading} is no column of {extract.name}; it was left out.{hint}")
    return tuple(found)
