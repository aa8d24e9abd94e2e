"""Which extract a sheet is, told by its headings, with its name to decide; and what is said where it is none."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from data_access.extracts import EXTRACTS, Extract
from data_access.loading.delivery.names import name_of
from data_access.loading.delivery.other_collections import seems
from data_access.loading.delivery.sheet import Sheet
from data_access.problems import ExtractProblem

_DESCRIBED: Final = (
    "The extracts and their columns are described in format.md (in the program's folder data_access/extracts); the "
    "page Loads gives a template of each."
)
_A_VALUE: Final = re.compile(r"^[\d£$(+-]|\d{3}|\d[/.:-]\d|@")
_MOST_HEADINGS: Final = 12
_LONGEST_HEADING: Final = 40


def recognised(sheet: Sheet) -> Extract:
    """Return the extract whose columns the sheet has: the one it is named after, else the one most like it.

    Raise ExtractProblem where there is none, saying what the nearest one lacks or what the sheet seems to be, or
    where two fit alike.
    """
    headings = set(sheet.headings)
    fits = _fitting(headings)
    if not fits:
        raise _none_of_the_extracts(sheet)
    named = _named(sheet)
    if named_and_fit := [extract for extract in fits if extract in named]:
        return max(named_and_fit, key=lambda extract: len(extract.name))
    best = max(_shared(extract, headings) for extract in fits)
    chosen = [extract for extract in fits if _shared(extract, headings) == best]
    if len(chosen) > 1:
        names = " or ".join(extract.name for extract in chosen)
        msg = f"{sheet.shown} could be {names}. Name the file or sheet after the extract."
        raise ExtractProblem(msg)
    return chosen[0]


def resembles_nothing(sheet: Sheet) -> bool:
    """Return whether a sheet is neither like an extract nor named as one: notes, a pivot, a look-up."""
    headings = set(sheet.headings)
    is_named = any(name_of(sheet.name) == extract.name for extract in EXTRACTS)
    return not is_named and not _fitting(headings) and not any(_is_like(extract, headings) for extract in EXTRACTS)


def headings_shown(sheet: Sheet) -> str:
    """Return the headings of a sheet, as messages name them; that it has none, where its first row holds values.

    Cells may identify people, so that a row is shown only where nothing in it looks like a value.
    """
    typed = [heading for heading in sheet.typed if heading]
    if len(typed) < 2 or any(_A_VALUE.search(heading) for heading in typed):
        return "no row of headings was found in it"
    shown = [
        heading if len(heading) <= _LONGEST_HEADING else f"{heading[:_LONGEST_HEADING]}…"
        for heading in typed[:_MOST_HEADINGS]
    ]
    more = len(typed) - len(shown)
    return f"its headings are {', '.join(shown)}{f' and {more:,} more' if more else ''}"


def nothing_alike(sheets: Iterable[Sheet]) -> ExtractProblem:
    """Return the problem of a workbook none of whose sheets is like an extract."""
    sheets = list(sheets)
    shown = "; ".join(f"of sheet {sheet.name} {headings_shown(sheet)}" for sheet in sheets[:_MOST_HEADINGS])
    other = next((said for sheet in sheets if (said := seems(sheet.headings, sheet.typed))), None)
    return ExtractProblem(
        f"{sheets[0].file.name} holds none of the extracts, nor anything like one: {shown}. {other or _DESCRIBED} "
        "Nothing of it was loaded."
    )


def _none_of_the_extracts(sheet: Sheet) -> ExtractProblem:
    headings = set(sheet.headings)
    other = seems(sheet.headings, sheet.typed)
    alike = [extract for extract in EXTRACTS if _is_like(extract, headings)]
    named = [extract for extract in _named(sheet) if _shared(extract, headings)]
    if other is not None or not (alike or named):
        return ExtractProblem(
            f"{sheet.shown} is none of the extracts, nor like any of them: {headings_shown(sheet)}. "
            f"{other or _DESCRIBED} Nothing of it was loaded."
        )
    nearest = (
        max(named, key=lambda extract: len(extract.name))
        if named
        else max(alike, key=lambda extract: (_shared(extract, headings), -len(_missing(extract, headings))))
    )
    near = {name: get_close_matches(name, headings, 1) for name in _missing(nearest, headings)}
    hints = [f"{name} (is {matches[0]} meant for it?)" if matches else name for name, matches in near.items()]
    return ExtractProblem(
        f"{sheet.shown} is none of the extracts. It is nearest to {nearest.name}, but lacks {', '.join(hints)}. "
        "Nothing of it was loaded."
    )


def _fitting(headings: set[str]) -> list[Extract]:
    return [extract for extract in EXTRACTS if headings.issuperset(extract.required)]


def _named(sheet: Sheet) -> list[Extract]:
    name = name_of(sheet.name)
    return [extract for extract in EXTRACTS if name.startswith(extract.name)]


def _is_like(extract: Extract, headings: set[str]) -> bool:
    """Return whether headings are really like an extract's: two of its columns, and half of what it needs or more.

    Words that many tables have (name, from, kind) don't make one like the other by themselves.
    """
    shared = {column.name for column in extract.columns} & headings
    needed = len(extract.required) - len(_missing(extract, headings))
    return len(shared) >= 2 and any("_" in name for name in shared) and needed * 2 >= len(extract.required)


def _missing(extract: Extract, headings: set[str]) -> list[str]:
    return [name for name in extract.required if name not in headings]


def _shared(extract: Extract, headings: set[str]) -> int:
    return len(headings & {column.name for column in extract.columns})
