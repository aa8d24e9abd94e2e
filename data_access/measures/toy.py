"""Toy cases: a few rows of extracts, written as readable tables, and what a measure must make of each."""

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Toy:
    """A small world that proves a measure.

    `tables` holds one table a extract; `expected` a table with the columns `case` and `result` (met, not met,
    counted, not yet due, not computable, left out, or `x of n` for rates) and, where it helps, `because`.
    Cells are parted by `|`, the headings come first.
    """

    tables: dict[str, str]
    expected: str
    as_at: str = "2010-03-29 07:00"
    covers_from: str = "2008-01-01"
    covers_to: str = "2010-03-28"

    def rows(self, extract: str) -> list[dict[str, str]]:
        """Return the rows of an extract by heading; empty cells are empty strings."""
        return parsed(self.tables[extract])

    @cached_property
    def answers(self) -> dict[str, str]:
        """Return the result expected of each case."""
        return {row["case"]: row["result"] for row in parsed(self.expected)}


def parsed(table: str) -> list[dict[str, str]]:
    """Return the rows of a table whose cells are parted by `|`."""
    lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
