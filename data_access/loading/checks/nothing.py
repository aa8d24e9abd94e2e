"""What a cell can say without saying anything: that a formula failed, or that there is nothing.

A *failed formula* hides a value that somebody meant to give: nobody can read it. A *word for nothing* says that there
is none. Both are told from a blank cell; neither is ever taken for a value.
"""

import re
from typing import Final

import polars as pl

from data_access.extracts import Column, Kind
from data_access.extracts.placeholders import FAILED_FORMULAS, NULLS, WORDS_FOR_NOTHING

NOT_CALCULATED: Final = "#not calculated!"
"""What readers of workbooks give for a formula that was saved without its result, in lower case."""

FORMULAS: Final = (*FAILED_FORMULAS, NOT_CALCULATED)
"""What stands in a cell whose formula gives nothing that could be read, in lower case."""

WORDS_FOR_NO_DATE: Final = (
    *WORDS_FOR_NOTHING, "ongoing", "on going", "on-going", "open", "still open", "current", "not applicable",
    "not known", "unknown", "n/k", "nk", "tbc", "tba", "no date", "not yet", "0", "00:00", "00:00:00",
)  # fmt: skip
"""What people and systems write where a date is expected and there is none, in lower case."""

_NO_DATES: Final = (
    r"^(?:"
    r"\d{1,2}[/.\- ]\d{1,2}[/.\- ](?:1899|1900|0001)|(?:1899|1900|0001)[/.\-]\d{1,2}[/.\-]\d{1,2}|"
    r"\d{1,2}[\- ](?:jan|dec)[a-z]*[\- ](?:1899|1900|0001)|"
    r"0?1/0?1/(?:1753|1970)|1(?:753|970)-01-01|31/12/(?:9999|4712|2999)|(?:9999|4712|2999)-12-31"
    r")(?:[ t]\d{1,2}:\d{2}.*)?$"
)
"""Dates that systems write for none: the first and last that they can, and the day on which spreadsheets begin."""


def says_nothing(name: str, words: tuple[str, ...] = WORDS_FOR_NOTHING) -> pl.Expr:
    """Return whether a tidied cell is one of the words for nothing."""
    return pl.col(name).str.to_lowercase().is_in(words).fill_null(value=False)


def says_no_date(name: str) -> pl.Expr:
    """Return whether a tidied cell, where a date is expected, says that there is none."""
    return says_nothing(name, WORDS_FOR_NO_DATE) | is_a_date_for_none(name)


def is_a_date_for_none(name: str) -> pl.Expr:
    """Return whether a tidied cell is a date that systems write for none, such as 01/01/1900."""
    return pl.col(name).str.to_lowercase().str.contains(_NO_DATES).fill_null(value=False)


def is_a_formula(name: str) -> pl.Expr:
    """Return whether a tidied cell shows that its formula failed, or was never worked out."""
    return pl.col(name).str.to_lowercase().is_in(FORMULAS).fill_null(value=False)


def means_nothing(name: str, column: Column, codes: dict[str, str]) -> pl.Expr:
    """Return whether a tidied cell of a column says that there is none; `codes` are those of its list.

    What is a code stays one. Free texts say nothing by what systems write alone; the words that a list of codes is
    made of always say something.
    """
    match column.kind:
        case Kind.DATE | Kind.TIME | Kind.WEEK:
            return says_no_date(name)
        case Kind.TEXT:
            return says_nothing(name, NULLS[:-1])
        case Kind.ID if not column.is_reference:
            return pl.lit(value=False)
        case Kind.CODE:
            return says_nothing(name, tuple(word for word in WORDS_FOR_NOTHING if word not in codes))
        case _:
            return says_nothing(name)


def is_no_date(text: str) -> bool:
    """Return whether a text, where a date is expected, is blank, says that there is none, or is a failed formula."""
    low = text.lower()
    return is_nothing(text) or low in WORDS_FOR_NO_DATE or re.match(_NO_DATES, low) is not None


def is_nothing(text: str) -> bool:
    """Return whether a text is blank, a word for nothing, or what stands where a formula gives nothing."""
    low = text.lower()
    return not low or low in WORDS_FOR_NOTHING or low in FORMULAS
