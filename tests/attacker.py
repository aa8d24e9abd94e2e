"""Somebody who keeps every public export and works out what was hidden.

The attacker knows the calendar, the teams and that cases are counted in whole numbers of 0 or more, takes each number
printed for one equation over the cells behind it (measure, team, part of a week, met or not met or not computable),
and solves: first by elimination in exact fractions, then by the least and the greatest value that fits. It shares no
code with the program that it attacks.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from math import ceil, floor

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

HIDDEN = "c"
SMALL = range(1, 6)
_BESIDE = ("not_computable", "not_yet_due")
FIRST_OF_ALL = date(2005, 1, 1)

Cell = tuple[str, str, str, date, int]
"""Measure, class (met, not_met, not_computable, not_yet_due), team, first day of the part of a week, edition."""
Row = Mapping[str, str]


def days_of(grain: str, start: date, *, monthly: bool) -> tuple[date, date]:
    """The first and last day that a row counts."""
    week_end, month_end = start + timedelta(days=6), _month_after(start, 1) - timedelta(days=1)
    match grain:
        case "week":
            return start, week_end
        case "month":
            return start, month_end
        case "quarter":
            return start, _month_after(start, 3) - timedelta(days=1)
        case "year":
            return start, _month_after(start, 12) - timedelta(days=1)
        case "ytd":
            end = month_end if monthly else week_end
            april = date(end.year if end.month >= 4 else end.year - 1, 4, 1)
            return april, end
        case _:
            return (_month_after(start, -11), month_end) if monthly else (start - timedelta(weeks=51), week_end)


def _month_after(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


@cache
def parts_between(first: date, end: date) -> tuple[date, ...]:
    """The first day of every week, cut at month ends, that begins in these days."""
    first = max(first, FIRST_OF_ALL)
    days = (first + timedelta(days=number) for number in range((end - first).days + 1))
    return tuple(day for day in days if day.weekday() == 0 or day.day == 1)


@dataclass
class Attacker:
    """What somebody knows who kept all exports; `teams` are all that there are, with the one for no team."""

    teams: Sequence[str]
    monthly: frozenset[str] = frozenset()
    counts: frozenset[str] = frozenset()
    known: dict[frozenset[Cell], int] = field(default_factory=dict)
    zero: set[Cell] = field(default_factory=set)
    editions: dict[tuple[str, str, date], int] = field(default_factory=dict)

    def notice(self, measure: str, team: str, part: date) -> None:
        """Hear that these cells are corrected: more than anybody outside is told.

        What is read from now on is about cells of a new edition; all others are known to be as they were.
        """
        self.editions[measure, team, part] = self.editions.get((measure, team, part), 0) + 1

    def cells(self, measure: str, kind: str, team: str, first: date, end: date) -> frozenset[Cell]:
        teams = [team] if team else self.teams
        return frozenset(
            (measure, kind, one, part, self.editions.get((measure, one, part), 0))
            for one in teams
            for part in parts_between(first, end)
        )

    def read(self, rows: Iterable[Row]) -> None:
        """Take in one export. A team without a row in a period that other teams have one in had nothing in it."""
        seen: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for row in rows:
            seen[row["measure"], row["period"], row["start"]].add(row["team"])
            numbers = {name: _number(row[name]) for name in ("numerator", *_BESIDE, "denominator")}
            for kind, name in (("met", "numerator"), *((name, name) for name in _BESIDE)):
                self.learn(self._of(row, kind), numbers[name])
            if row["measure"] not in self.counts:
                self.learn(self._of(row, "met") | self._of(row, "not_met"), numbers["denominator"])
        for (measure, period, start), teams in seen.items():
            for team in set(self.teams) - teams if len(teams) > 1 else ():
                row = {"measure": measure, "period": period, "start": start, "team": team}
                for kind in ("met", "not_met", *_BESIDE):
                    self.learn(self._of(row, kind), 0)

    def _of(self, row: Row, kind: str) -> frozenset[Cell]:
        monthly = row["measure"] in self.monthly
        span = days_of(row["period"], date.fromisoformat(row["start"]), monthly=monthly)
        return self.cells(row["measure"], kind, row["team"], *span)

    def learn(self, cells: frozenset[Cell], number: int | None) -> None:
        """Take in one number: the sum of these cells, None where it is hidden."""
        if number == 0:
            self.zero |= cells
        elif number is not None:
            assert self.known.setdefault(cells, number) == number

    def recovered(self, wanted: Iterable[frozenset[Cell]], *, bounds: bool = True) -> dict[frozenset[Cell], int]:
        """The sums among those wanted that can be worked out exactly."""
        system = _System(self.known, self.zero)
        found = {}
        for cells in wanted:
            value = system.value(cells - self.zero, bounds=bounds)
            if value is not None:
                found[cells] = value
        return found


def _number(cell: str) -> int | None:
    return None if cell in ("", HIDDEN) else int(cell)


class _System:
    """The equations, by connected component."""

    def __init__(self, known: Mapping[frozenset[Cell], int], zero: set[Cell]) -> None:
        equations = [(cells - zero, number) for cells, number in known.items()]
        self._of: dict[Cell, Cell] = {}
        for cells, _ in equations:
            first, *others = cells
            for other in others:
                self._join(first, other)
        groups: dict[Cell, list[tuple[frozenset[Cell], int]]] = defaultdict(list)
        for cells, number in equations:
            groups[self._root(next(iter(cells)))].append((cells, number))
        self._groups = {root: _Component(group) for root, group in groups.items()}

    def _root(self, cell: Cell) -> Cell:
        while (above := self._of.setdefault(cell, cell)) != cell:
            self._of[cell] = cell = self._of[above]
        return cell

    def _join(self, one: Cell, other: Cell) -> None:
        self._of[self._root(one)] = self._root(other)

    def value(self, cells: frozenset[Cell], *, bounds: bool) -> int | None:
        """The value of a sum of cells, where it can only be one."""
        if not cells:
            return 0
        by_root: dict[Cell, set[Cell]] = defaultdict(set)
        for cell in cells:
            by_root[self._root(cell)].add(cell)
        if any(root not in self._groups for root in by_root):
            return None
        values = [self._groups[root].value(frozenset(mine), bounds=bounds) for root, mine in by_root.items()]
        return None if None in values else sum(values)


class _Component:
    """Equations that hang together. Cells that occur in the same ones stand for one unknown."""

    def __init__(self, equations: Sequence[tuple[frozenset[Cell], int]]) -> None:
        occurs: dict[Cell, list[int]] = defaultdict(list)
        for number, (cells, _) in enumerate(equations):
            for cell in cells:
                occurs[cell].append(number)
        places: dict[tuple[int, ...], int] = {}
        self._place: dict[Cell, int] = {}
        self._size: dict[int, int] = defaultdict(int)
        for cell, where in occurs.items():
            self._place[cell] = places.setdefault(tuple(where), len(places))
            self._size[self._place[cell]] += 1
        rows: list[set[int]] = [set() for _ in equations]
        for where, place in places.items():
            for number in where:
                rows[number].add(place)
        self._width = len(places)
        self._rows = [(row, number) for row, (_, number) in zip(rows, equations, strict=True)]
        self._basis = self._eliminated()
        self._kept: dict[frozenset[int], int | None] = {}

    def _eliminated(self) -> dict[int, tuple[dict[int, Fraction], Fraction]]:
        basis: dict[int, tuple[dict[int, Fraction], Fraction]] = {}
        for row, number in sorted(self._rows, key=lambda one: len(one[0])):
            left, right = self._reduced(dict.fromkeys(row, Fraction(1)), Fraction(number), basis)
            if left:
                lead = min(left)
                scale = left[lead]
                basis[lead] = ({place: value / scale for place, value in left.items()}, right / scale)
            else:
                assert right == 0, "what was published contradicts itself"
        return basis

    @staticmethod
    def _reduced(
        left: dict[int, Fraction], right: Fraction, basis: dict[int, tuple[dict[int, Fraction], Fraction]]
    ) -> tuple[dict[int, Fraction], Fraction]:
        done: set[int] = set()
        while leads := [place for place in left if place in basis and place not in done]:
            lead = min(leads)
            times = left[lead]
            row, number = basis[lead]
            for place, value in row.items():
                left[place] = left.get(place, Fraction(0)) - times * value
                if not left[place]:
                    del left[place]
            right -= times * number
            done.add(lead)
        return left, right

    def value(self, cells: frozenset[Cell], *, bounds: bool) -> int | None:
        if any(cell not in self._place for cell in cells):
            return None
        places = frozenset(self._place[cell] for cell in cells)
        if len(cells) < sum(self._size[place] for place in places):
            return None
        if places not in self._kept:
            self._kept[places] = self._value(places, bounds=bounds)
        return self._kept[places]

    def _value(self, places: frozenset[int], *, bounds: bool) -> int | None:
        left, right = self._reduced(dict.fromkeys(places, Fraction(1)), Fraction(0), self._basis)
        if not left:
            assert (-right).denominator == 1
            return int(-right)
        return self._between(places) if bounds else None

    def _between(self, places: frozenset[int]) -> int | None:
        """The one whole number between the least and the greatest that fit, where there is only one."""
        entries = [(number, place) for number, (row, _) in enumerate(self._rows) for place in row]
        matrix = csr_matrix(
            (np.ones(len(entries)), tuple(zip(*entries, strict=True))), shape=(len(self._rows), self._width)
        )
        target = np.zeros(self._width)
        target[list(places)] = 1
        numbers = [number for _, number in self._rows]
        ends = []
        for sense in (1, -1):
            solved = linprog(sense * target, A_eq=matrix, b_eq=numbers, bounds=(0, None))
            if solved.status == 3:
                return None
            assert solved.status == 0, solved.message
            ends.append(sense * solved.fun)
        least, greatest = ceil(ends[0] - 1e-6), floor(ends[1] + 1e-6)
        return least if least == greatest else None
