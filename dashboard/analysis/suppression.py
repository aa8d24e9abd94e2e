"""Small numbers hidden before anything leaves: DfE's rule for children in need.

Any number from 1 to 5 is hidden, 0 stays 0, and where a total would give a hidden number away further cells are
hidden with it. The test of "would give away" is strict: somebody who knows every shown cell, every total, and even
which hidden cells are small and which were hidden to protect them, must be left with at least two values for each
hidden cell. So two hidden cells that add up to 2 or to 10 do not protect each other.

Why paths: in a table with totals every change that keeps all totals true is a set of closed loops that step from row
to column and back, adding 1 and taking 1 in turn (the totals count as a row and a column of their own). A cell is
safe if a loop through it meets hidden cells only; the cheapest cells to hide with it are the cheapest loop, which
is a shortest path.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SMALLEST_SHOWN = 6
"""Numbers from 1 up to below this are hidden."""
HIDDEN = "c"
"""How a hidden cell is written."""


@dataclass(frozen=True, slots=True)
class SuppressedTable:
    """A table with its totals as it may leave; None is a hidden cell."""

    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None

    @property
    def hidden(self) -> int:
        """How many cells and totals are hidden."""
        every = (*self.row_totals, *self.column_totals, self.total, *(cell for row in self.cells for cell in row))
        return sum(cell is None for cell in every)


def suppress(cells: Sequence[Sequence[int]]) -> SuppressedTable:
    """Hide small numbers in a table of counts, and whatever would give them away.

    `cells` are the inner cells, row by row; the totals are worked out here, for they leave with the table. A
    percentage may be shown only where its numerator and its complement both are: give them as two columns. The
    table knows nothing of other tables: figures that overlap (two weeks of one year) must stand in one table.

    A table that no choice of cells can protect is hidden whole. Raises ValueError for a ragged or empty table or a
    negative count.
    """
    table = _with_totals(cells)
    hidden = {place for place in _places(table) if 0 < table[place[0]][place[1]] < SMALLEST_SHOWN}
    safe: set[_Place] = set()
    for place in sorted(hidden):
        if place in safe:
            continue
        loop = _cheapest_loop(table, hidden, place)
        if loop is None:
            return _shown(table, set(_places(table)))
        safe.update(loop)
        hidden.update(loop)
    return _shown(table, hidden)


_Place = tuple[int, int]
_Table = list[list[int]]


def _with_totals(cells: Sequence[Sequence[int]]) -> _Table:
    if not cells or not cells[0] or len({len(row) for row in cells}) > 1:
        raise ValueError("a table needs rows of one length")
    if any(cell < 0 for row in cells for cell in row):
        raise ValueError("a count cannot be below 0")
    rows = [[*row, sum(row)] for row in cells]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def _places(table: _Table) -> Iterator[_Place]:
    return ((row, column) for row in range(len(table)) for column in range(len(table[0])))


def _cheapest_loop(table: _Table, hidden: set[_Place], place: _Place) -> set[_Place] | None:
    """The cells of the cheapest loop through `place`, adding or taking 1 there; None if there is none."""
    loops = [loop for step in (1, -1) if (loop := _loop(table, hidden, place, step)) is not None]
    return min(loops, key=lambda loop: loop[0])[1] if loops else None


def _loop(table: _Table, hidden: set[_Place], place: _Place, step: int) -> tuple[int, set[_Place]] | None:
    """The cheapest loop that changes `place` by `step`, with its cost.

    Rows are nodes 0 … R, columns R + 1 …. A move from row to column adds 1 to a cell and one from column to row
    takes 1, the other way round for the totals of rows and columns (but not for the grand total).
    """
    rows, columns = len(table), len(table[0])

    def sign(row: int, column: int) -> int:
        return -1 if (row == rows - 1) is not (column == columns - 1) else 1

    if not _can_change(table[place[0]][place[1]], step):
        return None
    first, last = (rows + place[1], place[0]) if step == sign(*place) else (place[0], rows + place[1])
    best = {first: 0}
    came: dict[int, int] = {}
    queue = [(0, first)]
    while queue:
        cost, node = heapq.heappop(queue)
        if node == last:
            return cost, {place, *_cells_between(came, first, last, rows)}
        if cost > best[node]:
            continue
        from_row = node < rows
        for other in range(rows, rows + columns) if from_row else range(rows):
            row, column = (node, other - rows) if from_row else (other, node - rows)
            change = sign(row, column) if from_row else -sign(row, column)
            if (row, column) == place or not _can_change(table[row][column], change):
                continue
            reached = cost + (0 if (row, column) in hidden else _cost(table, row, column))
            if reached < best.get(other, reached + 1):
                best[other] = reached
                came[other] = node
                heapq.heappush(queue, (reached, other))
    return None


def _can_change(count: int, step: int) -> bool:
    """Whether a hidden count could be one more or less and still be what a reader takes it for."""
    if count == 0:
        return False
    changed = count + step
    return 0 < changed < SMALLEST_SHOWN if count < SMALLEST_SHOWN else changed >= SMALLEST_SHOWN


def _cost(table: _Table, row: int, column: int) -> int:
    """What hiding a shown cell costs: inner cells before totals, small counts before large ones."""
    totals = (row == len(table) - 1) + (column == len(table[0]) - 1)
    largest = table[-1][-1] + 1
    return (1 + 2 * totals) * largest + table[row][column]


def _cells_between(came: dict[int, int], first: int, last: int, rows: int) -> Iterator[_Place]:
    node = last
    while node != first:
        before = came[node]
        yield (min(before, node), max(before, node) - rows)
        node = before


def _shown(table: _Table, hidden: set[_Place]) -> SuppressedTable:
    def row(number: int) -> tuple[int | None, ...]:
        return tuple(None if (number, column) in hidden else count for column, count in enumerate(table[number]))

    rows = [row(number) for number in range(len(table))]
    return SuppressedTable(
        cells=tuple(each[:-1] for each in rows[:-1]),
        row_totals=tuple(each[-1] for each in rows[:-1]),
        column_totals=rows[-1][:-1],
        total=rows[-1][-1],
    )
