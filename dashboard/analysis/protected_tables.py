"""A measure's numbers by team, with those of the whole, as one table in which small numbers are hidden."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dashboard.analysis.suppression import SMALLEST_SHOWN, suppress

Team = str | None
"""A team's id; None is the whole."""


class Number(StrEnum):
    """A number that an export prints, or that follows at once from those that it prints."""

    NUMERATOR = "numerator"
    REMAINDER = "remainder"
    DENOMINATOR = "denominator"
    NOT_COMPUTABLE = "not_computable"


_IN_PARTS: Final = ((Number.NUMERATOR, Number.REMAINDER), (Number.NOT_COMPUTABLE,))
_APART: Final = ((Number.NUMERATOR,), (Number.REMAINDER,), (Number.NOT_COMPUTABLE,))
EVERY_NUMBER: Final = frozenset(Number)
Shown = Mapping[Team, frozenset[Number]]
"""Which numbers of each team, and of the whole, may be shown."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """The numbers of one team or the whole, in whole units.

    `remainder` is what the numerator lacks to the denominator, 0 for a count; for a rate, whose numerator is no part
    of its denominator, it is the denominator itself.
    """

    numerator: int = 0
    remainder: int = 0
    not_computable: int = 0

    def __add__(self, other: "Amounts") -> "Amounts":
        """Return the sum, number by number."""
        return Amounts(
            self.numerator + other.numerator,
            self.remainder + other.remainder,
            self.not_computable + other.not_computable,
        )

    def __sub__(self, other: "Amounts") -> "Amounts":
        """Return the difference, number by number."""
        return Amounts(
            self.numerator - other.numerator,
            self.remainder - other.remainder,
            self.not_computable - other.not_computable,
        )

    def rise(self) -> "Amounts":
        """Return the numbers that are above 0; the others as 0."""
        return Amounts(max(self.numerator, 0), max(self.remainder, 0), max(self.not_computable, 0))

    def small(self) -> frozenset[Number]:
        """Return which numbers are small: from 1 to 5, or as far below 0."""
        named = ((Number.NUMERATOR, self.numerator), (Number.REMAINDER, self.remainder))
        every = (*named, (Number.NOT_COMPUTABLE, self.not_computable))
        return frozenset(name for name, number in every if 0 < abs(number) < SMALLEST_SHOWN)


NOTHING: Final = Amounts()
ByTeam = Mapping[Team, Amounts]


def with_whole(teams: Mapping[str, Amounts]) -> dict[Team, Amounts]:
    """Return the amounts by team with their sum as the whole's."""
    whole = NOTHING
    for amounts in teams.values():
        whole += amounts
    amounts_of: dict[Team, Amounts] = {None: whole}
    amounts_of.update(teams)
    return amounts_of


def protect(amounts: ByTeam, *, in_parts: bool) -> dict[Team, frozenset[Number]]:
    """Return which numbers may be shown, of each team and of the whole.

    `in_parts` says that numerator and remainder add up to a denominator that is printed: they then stand in one
    table. Numbers that have no printed sum stand in tables of their own.
    """
    teams = sorted(team for team in amounts if team is not None)
    rows: list[Team] = [*teams] or [None]
    shown: dict[Team, set[Number]] = {team: set() for team in (*teams, None)}
    for names in _IN_PARTS if in_parts else _APART:
        table = suppress([[getattr(amounts[team], name) for name in names] for team in rows])
        for team, row, total in zip(rows, table.cells, table.row_totals, strict=True):
            shown[team] |= _told(names, row, total)
        shown[None] |= _told(names, table.column_totals, table.total)
    return {team: frozenset(numbers) for team, numbers in shown.items()}


def _told(names: tuple[Number, ...], row: tuple[int | None, ...], total: int | None) -> set[Number]:
    told = {name for name, cell in zip(names, row, strict=True) if cell is not None}
    if len(names) > 1 and total is not None:
        told.add(Number.DENOMINATOR)
    if names == (Number.REMAINDER,) and told:
        told.add(Number.DENOMINATOR)
    return told
