"""Which sheets of a workbook are lists of Annex A, told by what they hold, with their names as a hint alone."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

import polars as pl

from data_access.loading.formats.annex_a.headings import NOT_USED, Heading, bare, known, wordings
from data_access.loading.formats.annex_a.lists import NEEDS, TITLES, USED
from data_access.loading.formats.top_rows import MOST_COLUMNS, Tables, top_rows
from data_access.problems import ExtractProblem

_SEPARATORS: Final = re.compile(r"[\s_\-–—.:#()]+")
_LIST_NAME: Final = re.compile(r"(?:^| )list (?:no )?0*(\d{1,2})(?!\d)|(?:^| )list0*(\d{1,2})(?!\d)")
_LOOSE_NAME: Final = re.compile(r"^(?:l|aa|annex a)? ?0*(\d{1,2})(?!\d)")


@dataclass(frozen=True)
class ListInSheet:
    """A list found in a sheet: its number (1 to 11), and the sheet's columns by field.

    `below` are the rows below the headings, of the columns that are looked at, and `row` the number of the row with
    the headings; `headings` are those of the fields as they stand in the file, `unused` the headings that are known
    and left out, `unknown` the others.
    """

    number: int
    sheet: str
    below: pl.DataFrame
    row: int
    columns: Mapping[str, str]
    headings: Mapping[str, str]
    unused: tuple[str, ...]
    unknown: tuple[str, ...]
    notices: tuple[str, ...]


def is_annex_a(tables: Tables) -> bool:
    """Return whether a workbook, every sheet read as text without headings, is Annex A or means to be.

    One sheet suffices that has a list's headings, or is named "List 3", say, and names the child in a heading.
    """
    return any(
        _fitting(name, top := top_rows(table)) is not None or (_listed(name) is not None and _names_a_child(top))
        for name, table in tables
    )


def list_like(headings: Sequence[str]) -> int | None:
    """Return the number of the list that a row of headings is; None where it isn't plainly one.

    Plainly: it has what the list needs, and four known headings at least, most of all its headings.
    """
    fitting = _fitting("", [headings])
    if fitting is None:
        return None
    number, _ = fitting
    bares = [bare(heading) for heading in headings if heading]
    met = sum(heading in known(number) for heading in bares)
    return number if met >= 4 and met * 2 > len(bares) else None


def lists_of(file: str, tables: Tables) -> tuple[list[ListInSheet], list[str]]:
    """Return the lists that a workbook holds, and the names of its other sheets.

    Raise ExtractProblem where a sheet that is named as a list in use lacks what the list needs.
    """
    lists, others = [], []
    for name, table in tables:
        top = top_rows(table)
        fitting = _fitting(name, top)
        if fitting is not None:
            number, row = fitting
            lists.append(_list_in_sheet(file, number, name, table, row, top[row]))
        elif (named := _listed(name)) and named in USED and any(cell for cells in top for cell in cells):
            raise _lacking(file, name, named, top)
        else:
            others.append(name)
    return lists, others


def _listed(name: str) -> int | None:
    """Return the number of a list after which a sheet is named expressly: "List_3", "List 3 Referrals"."""
    met = _LIST_NAME.search(_SEPARATORS.sub(" ", name.casefold()).strip())
    number = int(met[1] or met[2]) if met else 0
    return number if number in TITLES else None


def _hinted(name: str) -> int | None:
    """Return the number that a sheet's name hints at: "List 3", "3", "L3", "AA_3_referrals"."""
    met = _LOOSE_NAME.search(_SEPARATORS.sub(" ", name.casefold()).strip())
    return _listed(name) or (int(met[1]) if met else None)


def _fitting(name: str, top: Sequence[Sequence[str]]) -> tuple[int, int] | None:
    """Return the list that a sheet is and the index of its headings' row; None where it is none.

    Of several lists that fit it is the one that the name hints at, else the one with the most of its headings.
    """
    fits: list[tuple[bool, int, int, int]] = []
    for index, cells in enumerate(top):
        bares = [bare(cell) for cell in cells if cell]
        for number, needed in NEEDS.items():
            headings = known(number)
            fields = {headings[heading].field for heading in bares if heading in headings}
            if all(fields.intersection(alternatives) for alternatives in needed):
                score = sum(heading in headings for heading in bares)
                fits.append((number == _hinted(name), score, -index, -number))
    if not fits:
        return None
    *_, index, number = max(fits)
    return -number, -index


def _names_a_child(top: Sequence[Sequence[str]]) -> bool:
    return any(known(1).get(bare(cell), Heading("", "", 0)).field == "child" for cells in top for cell in cells)


def _list_in_sheet(
    file: str, number: int, name: str, table: pl.LazyFrame, index: int, cells: Sequence[str]
) -> ListInSheet:
    headings, notices = known(number), []
    every_column = table.collect_schema().names()
    columns_looked_at = every_column[:MOST_COLUMNS]
    by_field: dict[str, list[tuple[int, str, str]]] = {}
    unused, unknown = [], []
    for column, cell in zip(columns_looked_at, cells, strict=True):
        shown = " ".join(cell.split())
        heading = headings.get(bare(cell))
        if heading is None:
            unknown += [shown] if shown else []
        elif heading.field == NOT_USED:
            unused.append(shown)
        else:
            by_field.setdefault(heading.field, []).append((heading.rank, column, shown))
    for field, columns in by_field.items():
        columns.sort()
        if len(columns) > 1 and columns[0][0] == columns[1][0]:
            msg = f"{file}, sheet {name}: the heading {columns[0][2]} stands more than once. Keep one."
            raise ExtractProblem(msg)
        notices += [
            f"{file}, sheet {name}: {shown} was left out, since {columns[0][2]} tells the same."
            for _, _, shown in columns[1:]
            if field != "worker"
        ]
    if len(every_column) > MOST_COLUMNS:
        notices.append(f"{file}, sheet {name}: only its first {MOST_COLUMNS} columns were looked at.")
    return ListInSheet(
        number,
        name,
        table.select(columns_looked_at).slice(index + 1).collect(),
        index + 1,
        {field: columns[0][1] for field, columns in by_field.items()},
        {field: columns[0][2] for field, columns in by_field.items()},
        tuple(unused),
        tuple(unknown),
        tuple(notices),
    )


def _lacking(file: str, name: str, number: int, top: Sequence[Sequence[str]]) -> ExtractProblem:
    """Return the problem of a sheet that is named as a list: which headings it lacks, and which come nearest."""
    headings = known(number)
    best = max(top, key=lambda cells: sum(bare(cell) in headings for cell in cells))
    fields = {headings[bare(cell)].field for cell in best if bare(cell) in headings}
    met = {bare(cell): " ".join(cell.split()) for cell in best if cell and bare(cell) not in headings}
    lacking = []
    for alternatives in NEEDS[number]:
        if not fields.intersection(alternatives):
            words = [word for field in alternatives for word in wordings(number, field)]
            near = [close for word in words for close in get_close_matches(bare(word), met, 1, 0.75)]
            hint = f" (is {met[near[0]]} meant for it?)" if near else ""
            lacking.append(f"a column {words[0]}, also known as {', '.join(words[1:4])}{hint}")
    return ExtractProblem(
        f"{file}, sheet {name} is named as list {number} of Annex A, {TITLES[number]}, but lacks "
        f"{' and '.join(lacking)}. Nothing of the workbook was loaded."
    )
