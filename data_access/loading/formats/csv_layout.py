"""How a CSV file is laid out: which separator it has, and in which row its headings stand."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from data_access.loading.formats.headings import heading_row, likeness
from data_access.loading.formats.top_rows import DEEPEST_HEADINGS
from data_access.problems import ExtractProblem

_BYTE_ORDER_MARK: Final = "\ufeff"
_SEPARATORS: Final = ",;\t"
_NOT_READ: Final = {"|": "|", "~": "~", "^": "^", ":": "a colon"}
_DECLARED: Final = re.compile(r'"?sep=([^\w"\s]|\t)"?[,;\t ]*\r?\n?', re.IGNORECASE)
_COLUMNS_OF_SPACES: Final = re.compile(r" {2,}")


@dataclass(frozen=True)
class Layout:
    """The separator, and where the headings stand: `row` and `line` are the numbers of their row and first line.

    Rows and lines are counted from the top of the file, with blank ones, titles and a line `sep=`; a cell that goes
    on over several lines makes lines more than rows.
    """

    separator: str
    row: int
    line: int
    headings: tuple[str, ...]


@dataclass(frozen=True)
class _Split:
    """The first rows of a file as one separator parts them, with the line on which each begins."""

    separator: str
    rows: list[list[str]]
    lines: list[int]

    @property
    def heading(self) -> int | None:
        return heading_row(self.rows)

    @property
    def alike(self) -> tuple[bool, int]:
        index = self.heading
        return (False, 0) if index is None else likeness(self.rows[index])


def layout_of(shown: str, head: str) -> Layout:
    """Return the layout of a CSV file that begins with this text.

    The separator is the one that a line `sep=` names, else the one of comma, semicolon and tab that gives the columns
    of an extract. Raise ExtractProblem where the cells are parted by something else, or its lines don't end.
    """
    lines = _lines(head)
    declared = _DECLARED.fullmatch(lines[0]) if lines else None
    try:
        if declared:
            chosen = _split(lines, declared[1], 1)
        else:
            chosen = max((_split(lines, separator) for separator in _SEPARATORS), key=lambda split: split.alike)
            if chosen.alike < (False, 2):
                _refuse_other_separators(shown, lines, chosen.alike)
            if chosen.alike == (False, 0):
                chosen = _split(lines, _most_frequent(lines))
    except csv.Error:
        msg = (
            f"{shown} can't be read: its lines end in a way that is no longer used, or the first one never ends. "
            "In Excel, save it as “CSV UTF-8”. Nothing of it was loaded."
        )
        raise ExtractProblem(msg) from None
    index = chosen.heading
    if index is None:
        return Layout(chosen.separator, 1, 1, ())
    return Layout(chosen.separator, index + 1, chosen.lines[index], tuple(chosen.rows[index]))


def _lines(head: str) -> list[str]:
    """Return the lines, ended by line feeds alone: another end stays where it is, for the reader to stumble over."""
    lines = [f"{line}\n" for line in head.removeprefix(_BYTE_ORDER_MARK).split("\n")]
    return lines if lines[-1] != "\n" else lines[:-1]


def _split(lines: Sequence[str], separator: str, skipped: int = 0) -> _Split:
    """Return the first rows, up to one that is no sound CSV; raise csv.Error where the very first is none."""
    reader = csv.reader(lines, delimiter=separator)
    split = _Split(separator, [], [])
    for number in range(DEEPEST_HEADINGS + skipped):
        begins = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            if not split.rows:
                raise
            break
        if cells is None:
            break
        split.rows.append(cells if number >= skipped else [])
        split.lines.append(begins)
    return split


def _most_frequent(lines: Sequence[str]) -> str:
    first = next((line for line in lines if line.strip()), "")
    return max(_SEPARATORS, key=first.count)


def _refuse_other_separators(shown: str, lines: Sequence[str], alike: tuple[bool, int]) -> None:
    """Raise ExtractProblem where something that is no separator here parts the first rows into columns."""
    for separator, name in _NOT_READ.items():
        split = _split(lines, separator)
        if split.alike > max(alike, (False, 1)) or (alike == (False, 0) and _parts_evenly(split.rows)):
            raise _other_separator(shown, name, f" Or put the line sep={separator} above the headings.")
    spaced = [_COLUMNS_OF_SPACES.split(line.strip()) for line in islice(lines, DEEPEST_HEADINGS)]
    if max(map(likeness, spaced), default=(False, 0)) > max(alike, (False, 1)):
        raise _other_separator(shown, "spaces", "")


def _parts_evenly(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether all rows have the same number of cells, three or more."""
    widths = {len(cells) for cells in rows if cells}
    return len(rows) > 1 and len(widths) == 1 and min(widths) > 2


def _other_separator(shown: str, name: str, way_out: str) -> ExtractProblem:
    return ExtractProblem(
        f"{shown} can't be read: its cells seem to be separated by {name}; the separator must be a comma, a "
        f"semicolon or a tab. In Excel, save it as “CSV UTF-8”.{way_out} Nothing of it was loaded."
    )
