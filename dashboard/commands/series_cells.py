"""Cells of a series: dates and numbers as spreadsheets write them, and what says that there is none."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from data_access.extracts.placeholders import FAILED_FORMULAS, WORDS_FOR_NOTHING

DATE_WANTED: Final = "a date such as 2010-01-18 or 18/01/2010"
NUMBER_WANTED: Final = "a number such as 86, 0.86 or 86%, or nothing if the figure is missing"

_NOTHING: Final = frozenset((*WORDS_FOR_NOTHING, "missing", "not available", "–", "—", ":"))
_FEWEST_TO_ASK: Final = 3
_LAST_MONTH: Final = 12
_DAY_NUMBERS: Final = range(20_000, 80_000)
"""Days since 1900 as spreadsheets count them, from 1954 to 2118."""
_SPACES: Final = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(\D|$))")
_SLASHED: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_NAMED: Final = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})")
_MIDNIGHT: Final = re.compile(r"[ T]00:00(:00(\.0+)?)?(Z|\+00:00)?$")
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """A date as read and as written; `is_slashed` where day and month could have changed places."""

    on: date
    written: str
    is_slashed: bool


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written; a percentage is kept as a fraction."""

    value: float
    is_percentage: bool


class Decimals(Enum):
    """What parts whole from fraction in a file: 80.5, 80,5, or not to be told by any of its cells."""

    POINT = "point"
    COMMA = "comma"
    UNTOLD_SEMICOLONS = "not told; semicolons part the columns, as where commas are decimal"
    UNTOLD = "not told"


def day_of(text: str) -> Day | None:
    """Return a date, with or without the midnight that some exports add; None for anything else.

    Numbers alone are read as day, month, year, or as year, month, day.
    """
    written = _MIDNIGHT.sub("", text.strip())
    slashed, named = _SLASHED.fullmatch(written), _NAMED.fullmatch(written)
    try:
        if slashed:
            return Day(date(int(slashed[4]), int(slashed[3]), int(slashed[1])), written, is_slashed=True)
        if named and (month := _month(named[2])):
            return Day(date(int(named[3]), month, int(named[1])), written, is_slashed=False)
        if re.fullmatch(r"\d{4}-\d\d-\d\d", written):
            return Day(date.fromisoformat(written), written, is_slashed=False)
    except ValueError:
        return None
    return None


def _month(word: str) -> int | None:
    fitting = [number for number, name in enumerate(_MONTHS, 1) if name.startswith(word.lower())]
    return fitting[0] if len(fitting) == 1 else None


def why_no_date(text: str) -> str:
    """Return what a cell that is no date seems to be, to follow what was expected; empty where nobody can say."""
    written = _MIDNIGHT.sub("", text.strip())
    if (slashed := _SLASHED.fullmatch(written)) and int(slashed[1]) <= _LAST_MONTH < int(slashed[3]):
        return "; this seems to be month first"
    if re.fullmatch(r"\d{1,2}[/.-](\d{1,2}|[A-Za-z]{3,9})[/.-]\d{2}|\d{1,2} [A-Za-z]{3,9} \d{2}", written):
        return ", with all four digits of the year"
    if re.fullmatch(r"\d{5}(\.\d+)?", written) and int(float(written)) in _DAY_NUMBERS:
        return "; this seems to be a spreadsheet's day number: show the column as dates before saving"
    return ""


def is_month_first(days: Sequence[Day]) -> bool:
    """Return whether dates that were read as day first may be months: all of one month, none after its 12th."""
    return (
        len(days) >= _FEWEST_TO_ASK
        and all(day.is_slashed and day.on.day <= _LAST_MONTH for day in days)
        and len({day.on.month for day in days}) == 1
        and len({day.on.day for day in days}) > 1
    )


def says_nothing(text: str) -> bool:
    """Return whether a cell is blank, holds a word for nothing, or shows that a formula failed."""
    return not text or text.casefold() in _NOTHING or text.lower() in FAILED_FORMULAS


def decimals_of(cells: Iterable[str], separator: str) -> Decimals:
    """Return what the cells of a file, parted by `separator`, use; between commas it is a point."""
    if separator == ",":
        return Decimals.POINT
    plain = [_without_percent(cell)[0] for cell in cells]
    if any(_certainly(cell, ",", ".") for cell in plain):
        return Decimals.COMMA
    if any(_certainly(cell, ".", ",") for cell in plain):
        return Decimals.POINT
    return Decimals.UNTOLD_SEMICOLONS if separator == ";" else Decimals.UNTOLD


def _certainly(cell: str, mark: str, thousands: str) -> bool:
    """Return whether a number can only be read with `mark` before its fraction: 80,5 or 0,805 or 1.021,5."""
    mark, thousands = re.escape(mark), re.escape(thousands)
    written = (
        rf"\d*{mark}\d{{1,2}}|\d*{mark}\d{{4,}}|0*{mark}\d+|\d{{4,}}{mark}\d+|\d{{1,3}}({thousands}\d{{3}})+{mark}\d+"
    )
    return re.fullmatch(rf"[-+]?({written})", cell) is not None


def number_of(text: str, decimals: Decimals) -> Number | None:
    """Return a number as spreadsheets write it, thousands separated or not; None for anything else.

    So is 1,234 (and 1.234 where commas are decimal) if it could as well be one and a part. A percentage is read as a
    fraction.
    """
    plain, is_percentage = _without_percent(text)
    if _could_be_either(plain, decimals):
        return None
    if decimals is Decimals.POINT:
        if re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", plain):
            plain = plain.replace(",", "")
    else:
        if re.fullmatch(r"[-+]?\d{1,3}(\.\d{3})+,\d+", plain):
            plain = plain.replace(".", "")
        plain = plain.replace(",", ".", 1)
    exponent = "" if is_percentage else r"([eE][-+]?\d+)?"
    if not re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)" + exponent, plain):
        return None
    # Through the decimal digits, so that 78% is 0.78 and not 0.7800000000000001.
    return Number(float(f"{plain}e-2" if is_percentage else plain), is_percentage)


def why_no_number(text: str, decimals: Decimals) -> str:
    """Return what a cell that is no number seems to be, to follow what was expected; empty where nobody can say."""
    plain, _ = _without_percent(text)
    if _could_be_either(plain, decimals):
        return "; this could be a thousand and more, or one and a part: write thousands without a mark"
    if decimals is Decimals.POINT and re.fullmatch(r"[-+]?[\d.]*,\d+", plain):
        return "; a decimal comma is read only between semicolons, tabs or bars"
    return ""


def _without_percent(text: str) -> tuple[str, bool]:
    plain = text.strip()
    is_percentage = plain.endswith("%")
    return _SPACES.sub("", plain.removesuffix("%").strip()), is_percentage


def _could_be_either(plain: str, decimals: Decimals) -> bool:
    marks = {Decimals.POINT: "", Decimals.UNTOLD: ","}.get(decimals, ",.")
    return bool(marks) and re.fullmatch(rf"[-+]?[1-9]\d{{0,2}}[{marks}]\d{{3}}", plain) is not None
