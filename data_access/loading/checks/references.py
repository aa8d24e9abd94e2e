"""References as they come: freed of what nobody sees, told from placeholders and from what a spreadsheet mangled."""

from typing import Final

import polars as pl

from data_access.extracts.placeholders import NINES, PLACEHOLDERS

_UNSEEN: Final = (
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
"""Characters that take no room and are never shown."""

_SPACES: Final = r"\s+"
_AROUND: Final = " \t\r\n"
_MARKS: Final = r"^[ .?!*()\[\]<>]+|[ .?!*()\[\]<>]+$"
_SHORTENED: Final = r"^-?\d(?:[.,]\d+[eE][+-]?\d{1,3}|[eE][+-]\d{1,3})$"
_ROUNDED: Final = r"^[1-9]\d{14}0{3,}$"
"""A spreadsheet keeps 15 digits of a number, and writes noughts for the others."""


def tidied(cell: pl.Expr) -> pl.Expr:
    """Return a cell without unseen characters, with single ordinary spaces and none around it; null if empty."""
    text = cell.str.replace_all(_UNSEEN, "").str.replace_all(_SPACES, " ").str.strip_chars()
    return pl.when(text != "").then(text)


def holds_unseen(cell: pl.Expr) -> pl.Expr:
    """Return whether a cell, as it came, holds characters or spaces that nobody sees and `tidied` takes out."""
    bare = cell.str.strip_chars(_AROUND)
    return (bare != tidied(cell).fill_null("")).fill_null(value=False)


def whole_number(cell: pl.Expr) -> pl.Expr:
    """Return a reference; a number that was written with decimals (12345.0) is the whole number."""
    return cell.str.replace(r"^(\d+)\.0+$", "$1")


def is_mangled(cell: pl.Expr) -> pl.Expr:
    """Return whether a spreadsheet took a reference for a number and shortened it (1.23457E+11) or rounded it."""
    return (cell.str.contains(_SHORTENED) | cell.str.contains(_ROUNDED)).fill_null(value=False)


def is_a_placeholder(cell: pl.Expr, *, own: bool = False) -> pl.Expr:
    """Return whether a tidied cell is written in the place of a reference; `own` where it should be the row's own."""
    words = PLACEHOLDERS if own else (*PLACEHOLDERS, *NINES)
    low = cell.str.to_lowercase()
    bare = low.str.replace_all(_MARKS, "").str.replace_all("[_-]", " ")
    return (low.is_in(words) | bare.is_in(words)).fill_null(value=False)


def names_no_child(child: pl.Expr) -> pl.Expr:
    """Return whether a child's reference is none: a placeholder, or mangled by a spreadsheet."""
    return is_mangled(child) | is_a_placeholder(child)
