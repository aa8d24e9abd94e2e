"""What is said of a file that its reader gave up on: never in the reader's own words, which may quote cells."""

from typing import Final

import polars as pl

from data_access.loading.room import is_full, no_room
from data_access.problems import ExtractProblem, Problem

UNSOUND: Final = (pl.exceptions.ComputeError, pl.exceptions.NoDataError)
"""What Polars raises for a CSV that is no sound table."""


def is_panic(error: BaseException) -> bool:
    """Return whether a reader written in Rust broke down; such an error is none of Python's exceptions."""
    return type(error).__name__ == "PanicException"


def unreadable(shown: str, error: BaseException | str) -> Problem:
    """Return the problem of a file that can't be read, or could not be for want of room."""
    said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    if is_full(said):
        return no_room()
    if "utf-8" in said.lower():
        return wrong_encoding(shown)
    if "more fields" in said:
        said = "a row has more cells than there are headings"
    elif isinstance(error, BaseException) and is_panic(error):
        said = "it is damaged in a way that its reader did not expect"
    elif isinstance(error, UNSOUND):
        said = "it is no sound table: quotation marks or line ends are not where they should be"
    return ExtractProblem(f"{shown} can't be read ({said}). Nothing of it was loaded; make the extract again.")


def wrong_encoding(shown: str) -> ExtractProblem:
    """Return the problem of a text file in another encoding."""
    return ExtractProblem(
        f"{shown} is not in the encoding UTF-8, so names and places could come out wrong. "
        "In Excel, save it as “CSV UTF-8”. Nothing of it was loaded."
    )
