"""Headings as they come: the row in which they stand, and the names by which columns are known."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from data_access.extracts import EXTRACTS
from data_access.loading.delivery.manifest import COLUMNS
from data_access.loading.delivery.names import name_of
from data_access.problems import ExtractProblem

_MOST: Final = 1_000
"""More columns than any extract has; each unknown one would be told by itself."""

_TABLES: Final = (
    *((frozenset(extract.required), {column.name for column in extract.columns}) for extract in EXTRACTS),
    (frozenset(column.name for column in COLUMNS if column.required), {column.name for column in COLUMNS}),
)
"""Of each extract, and of the manifest, the columns that it must have and those that it may have."""

KNOWN: Final = frozenset().union(*(columns for _, columns in _TABLES))
"""The columns of all extracts and of the manifest."""


def likeness(cells: Sequence[str]) -> tuple[bool, int]:
    """Return how like headings a row is: whether all that an extract needs is there, and the columns known of one."""
    names = {name_of(cell) for cell in cells}
    return (
        any(names.issuperset(required) for required, _ in _TABLES),
        max(len(names & columns) for _, columns in _TABLES),
    )


def heading_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the index of the row with the headings among a table's first rows; None where all are blank.

    It is the first that has all an extract needs, else the one with the most columns known, be it by a single one.
    Where nothing is known it is the first row with several cells, below a title of one, or the first with any.
    """
    alike = [likeness(cells) for cells in rows]
    if whole := [index for index, (is_whole, _) in enumerate(alike) if is_whole]:
        return whole[0]
    if any(known for _, known in alike):
        return max(range(len(rows)), key=lambda index: (alike[index][1], -index))
    filled = [sum(bool(cell.strip()) for cell in cells) for cells in rows]
    several = [index for index, count in enumerate(filled) if count > 1]
    return next(iter(several or [index for index, count in enumerate(filled) if count]), None)


def checked_headings(shown: str, headings: Sequence[str]) -> list[str]:
    """Return the names of the columns; a heading that no extract knows and that is met again is told apart.

    Raise ExtractProblem for none, for too many, or where the column of an extract stands more than once.
    """
    names = [name_of(heading) for heading in headings]
    if not any(names):
        msg = f"{shown} has no headings. Nothing of it was loaded."
        raise ExtractProblem(msg)
    if (named := sum(map(bool, names))) > _MOST:
        msg = f"{shown} has {named:,} columns, more than any extract. Nothing of it was loaded."
        raise ExtractProblem(msg)
    met = Counter(names)
    if twice := sorted(name for name, number in met.items() if number > 1 and name in KNOWN):
        msg = f"{shown}: the heading {', '.join(twice)} stands more than once. Keep one."
        raise ExtractProblem(msg)
    return [
        f"{name} (column {number})".lstrip() if met[name] > 1 or not name else name
        for number, name in enumerate(names, start=1)
    ]
