"""What may be published of a measure, so that everything ever published gives no small number away together.

All that leaves is made of *blocks*. A block is a set of days with one table: the numbers by team, and of the whole.
No two blocks share a day. A figure may leave where its days are a union of blocks, and each of its numbers only where
every one of those blocks shows it; the days of a figure that stand in no block yet become a block of their own. A
figure that would cut a block in two is hidden.

Why that is enough: each number shown is a sum of numbers that the blocks' tables show, so somebody who has them all
knows no more than the tables. Blocks share no case, so that what one table leaves open no other can close; and each
table by itself leaves two values or more for each hidden cell (see suppression). That holds over weeks, months,
years, years to date and twelve months, for teams and the whole, within an export and over any number of them.

A correction may have changed any cell of the days that it reaches, so the old table says nothing certain of the new
one. What differs is protected like a table of its own: a number that rose or fell by 1 to 5 is hidden, and with it
whatever would give it away. A block takes its corrected table where the whole service's figure can still be shown;
otherwise it stays as published, and the figure is hidden until later periods take the difference up.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from dashboard.analysis.protected_tables import (
    EVERY_NUMBER,
    NOTHING,
    Amounts,
    ByTeam,
    Number,
    Shown,
    Team,
    protect,
    with_whole,
)
from data_access.dates.stretches import Days, contains, overlap, without

_WHOLE_FIGURE: Final = (Number.NUMERATOR, Number.REMAINDER)


@dataclass(frozen=True)
class Block:
    """Days whose table has been published, in whole or in part. `published_on` None: in this export.

    A block that holds what was added to corrected days has the difference for its amounts, which may be below 0.
    """

    days: Days
    amounts: ByTeam
    shown: Shown
    published_on: date | None = None

    def of(self, team: Team) -> Amounts:
        """Return the amounts of a team; of one that nobody knew then they were 0."""
        return self.amounts.get(team, NOTHING)

    def shows(self, team: Team) -> frozenset[Number]:
        """Return the numbers of a team that may be shown.

        Of a team that nobody knew then all may, unless nothing is shown of any team.
        """
        if team in self.shown:
            return self.shown[team]
        is_by_team = any(numbers for known, numbers in self.shown.items() if known is not None)
        return EVERY_NUMBER if is_by_team else frozenset()


@dataclass(frozen=True)
class Released:
    """What may be shown of a figure, and on which days that was published which hides the rest."""

    shown: Shown = field(default_factory=dict)
    published_on: frozenset[date] = frozenset()

    def shows(self, team: Team) -> frozenset[Number]:
        """Return the numbers of a team, or of the whole, that may be shown."""
        return self.shown.get(team, frozenset())


class Publisher:
    """Decides figure by figure what may be published of one measure, given what has been."""

    def __init__(
        self,
        amounts: Callable[[date, date], Mapping[str, Amounts]],
        blocks: Iterable[Block] = (),
        *,
        in_parts: bool,
        by_team: bool,
    ) -> None:
        """Take the measure's numbers and what was published of it.

        `amounts` gives the numbers of every team over the days from one to another, `blocks` come in the order in
        which they were published, `in_parts` as for protected_tables.protect, `by_team` says whether the export
        shows teams.
        """
        self._amounts = amounts
        self._in_parts = in_parts
        self._by_team = by_team
        self._blocks = {block.days: block for block in blocks}
        self.added: list[Block] = []

    def release(self, first: date, end: date, *, grows: bool) -> Released:
        """Return what may be shown of the figure over these days, and keep the block that it adds.

        `grows`: the figure is one of a series of which each holds most of the one before (year to date, twelve
        months). What is new in it is then published only where little of it has to be hidden, for a number hidden
        once is hidden in all that follow; until then the figure waits. It is shown whole or not at all.
        """
        days: Days = ((first, end),)
        meeting = [block for block in self._blocks.values() if overlap(days, block.days)]
        published_on = frozenset(block.published_on for block in meeting if block.published_on is not None)
        if not all(contains(days, block.days) for block in meeting):
            return Released(published_on=published_on)
        now = with_whole(self._amounts(first, end))
        new_days = without(days, (block.days for block in meeting))
        step = {team: now[team] - _sum(block.of(team) for block in meeting) for team in now}
        used = meeting
        if new_days or any(amounts != NOTHING for amounts in step.values()):
            block = self._block(days, new_days, meeting, now, step, grows=grows)
            if block is None:
                return Released(published_on=published_on)
            used = [*meeting, block] if new_days else [block]
        shown = {team: frozenset.intersection(*(each.shows(team) for each in used)) for team in now}
        if any(shown[team] & now[team].small() for team in now):
            return Released(published_on=published_on)
        if grows:
            shown = {team: numbers for team, numbers in shown.items() if numbers.issuperset(_WHOLE_FIGURE)}
        if used is not meeting and any(shown.values()):
            self._blocks[used[-1].days] = used[-1]
            self.added.append(used[-1])
        return Released(shown, published_on)

    def _block(
        self, days: Days, new_days: Days, inside: list[Block], now: ByTeam, step: ByTeam, *, grows: bool
    ) -> Block | None:
        """Return the block that the figure adds, or that takes the place of a corrected one; None if it may not."""
        shown = self._shown_of(step)
        if not any(shown.values()) or any(shown[team] & step[team].small() for team in step):
            return None
        if new_days:
            return Block(new_days, step, shown) if not grows or self._is_worth_it(step, shown) else None
        if [block.days for block in inside] != [days]:
            return None
        [before] = inside
        if not shown[None].issuperset(before.shows(None).intersection(_WHOLE_FIGURE)):
            return None
        return Block(days, now, {team: numbers & before.shows(team) for team, numbers in shown.items()})

    def _shown_of(self, step: ByTeam) -> Shown:
        """Return which numbers of a step may be shown: where some fell, rises and falls are a table each."""
        rises = protect(
            with_whole({team: each.rise() for team, each in step.items() if team is not None}),
            in_parts=self._in_parts,
        )
        falling = {team: (NOTHING - each).rise() for team, each in step.items() if team is not None}
        if all(each == NOTHING for each in falling.values()):
            return rises
        falls = protect(with_whole(falling), in_parts=self._in_parts)
        return {team: rises[team] & falls[team] for team in step}

    def _is_worth_it(self, step: ByTeam, shown: Shown) -> bool:
        if not shown[None].issuperset(_WHOLE_FIGURE):
            return False
        cells = [
            number in shown[team]
            for team, amounts in step.items()
            for number in _WHOLE_FIGURE
            if team is not None and getattr(amounts, number)
        ]
        return not self._by_team or 2 * sum(cells) >= len(cells)


def _sum(amounts: Iterable[Amounts]) -> Amounts:
    total = NOTHING
    for each in amounts:
        total += each
    return total
