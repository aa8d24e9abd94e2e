"""What is said of a file that its reader gave up on: never in the reader's own words, which may quote cells."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import polars as pl

from data_access.loading.delivery.disk_space import disk_full, is_full
from data_access.problems import ExtractProblem, Problem

_UNSOUND: Final = (pl.exceptions.ComputeError, pl.exceptions.NoDataError, pl.exceptions.SchemaError)
"""What Polars raises for a CSV that is no sound table."""


@contextmanager
def saying_what_is_unreadable(shown: str) -> Iterator[None]:
    """Turn what a reader raises into a problem: DiskSpaceProblem where its disk was full, else ExtractProblem."""
    try:
        yield
    except _UNSOUND as error:
        raise _unreadable(shown, error) from None
    except BaseException as error:
        if is_panic(error):
            raise _unreadable(shown, error) from None
        raise


def is_panic(error: BaseException) -> bool:
    """Return whether a reader written in Rust broke down; such an error is none of Python's exceptions."""
    return type(error).__name__ == "PanicException"


def _unreadable(shown: str, error: BaseException) -> Problem:
    said = str(error)
    if is_full(said):
        return disk_full()
    if "utf-8" in said.lower():
        return wrong_encoding(shown)
    if "more fields" in said:
        why = "a row has more cells than there are headings"
    elif is_panic(error):
        why = "it is damaged in a way that its reader did not expect"
    else:
        why = "it is no sound table: quotation marks or line ends are not where they should be"
    return ExtractProblem(f"{shown} can't be read ({why}). Nothing of it was loaded; make the extract again.")


def wrong_encoding(shown: str, where: str | None = None, seems: str | None = None) -> ExtractProblem:
    """Return the problem of a text file in another encoding: where that is first seen, what it seems to be."""
    said = [f"first seen in {where}" if where else "", f"it seems to be {seems}" if seems else ""]
    details = f" ({'; '.join(filter(None, said))})" if any(said) else ""
    return ExtractProblem(
        f"{shown} is not in the encoding UTF-8{details}, so names and places could come out wrong. "
        "In Excel, save it as “CSV UTF-8”. Nothing of it was loaded."
    )
