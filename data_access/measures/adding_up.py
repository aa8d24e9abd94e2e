"""How measures add up: what a row brings, how periods are summed, and which figure comes of it.

A measure names one of the ways below. Everything else (rollup, figures, breakdowns, case lists, targets, judging,
export) asks the way what it does and never which one it is; a test holds that.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class OverTime(StrEnum):
    """How the rows of a span of days make its sums."""

    SUM = "sum"
    """Those dated within it are added."""
    STANDING = "standing"
    """Those that stand on its last day: each stands from its date until the day `left_on`."""
    CLOSING = "closing"
    """Those dated on its last day, which are made for the last day of each week and month."""


@dataclass(frozen=True)
class AddingUp:
    """One way in which the rows of a measure make its figures. Teams always add up to the whole.

    `has_denominator`: whether the figure is numerator ÷ denominator, else the numerator itself.
    `brings_amounts`: whether each row brings a numerator and a denominator of its own, else its result says what it
    adds: 1 to the denominator, and 1 to the numerator where it is met.
    `may_pass_100`: whether a numerator may be greater than its denominator.
    """

    name: str
    has_denominator: bool
    brings_amounts: bool
    may_pass_100: bool
    over_time: OverTime = OverTime.SUM
    of_others: bool = False
    """Whether the denominator counts other things than the numerator, which is no part of it."""

    @property
    def sums_over_time(self) -> bool:
        """Return whether a longer span is the sum of shorter ones; else it is worth what its last day is."""
        return self.over_time is OverTime.SUM

    @property
    def stands(self) -> bool:
        """Return whether rows are spells, with a day on which each is left."""
        return self.over_time is OverTime.STANDING

    @property
    def stands_late(self) -> bool:
        """Return whether every row that stands is a late case, which waits for as long as it does."""
        return self.stands and not self.has_denominator

    @property
    def tells_met_from_not_met(self) -> bool:
        """Return whether each case is either met or not met, and so one of a numerator or a remainder."""
        return self.has_denominator and not self.brings_amounts

    @property
    def is_share(self) -> bool:
        """Return whether the figure is a part of a whole, which a 95% interval suits."""
        return self.has_denominator and not self.may_pass_100

    @property
    def between(self) -> str:
        """Return the word between both numbers: 9 of 12 cases, or 9 for 12 where the others are no part of the 12."""
        return "for" if self.of_others else "of"

    @property
    def counts_cases(self) -> bool:
        """Return whether each row adds one, so that rows in doubt or left out could move the figure by as many."""
        return not self.brings_amounts and self.sums_over_time

    def value(self, numerator: float, denominator: float) -> float | None:
        """Return the figure, a fraction where there is a denominator; None where that is 0."""
        if not self.has_denominator:
            return float(numerator)
        return numerator / denominator if denominator else None

    def remainder(self, numerator: int, denominator: int) -> int:
        """Return the whole number that stands beside the numerator in a published table.

        Of cases met the others, so that both make the denominator; of amounts the denominator itself.
        """
        if not self.has_denominator:
            return 0
        return denominator if self.may_pass_100 else denominator - numerator


PROPORTION: Final = AddingUp("proportion", has_denominator=True, brings_amounts=False, may_pass_100=False)
"""Cases that met the rule ÷ cases."""
COUNT: Final = AddingUp("count", has_denominator=False, brings_amounts=False, may_pass_100=False)
"""A number of cases; a settled period without any is 0."""
SHARE: Final = AddingUp("share", has_denominator=True, brings_amounts=True, may_pass_100=False)
"""A part ÷ its whole, counted before they came: each row brings both."""
RATIO: Final = AddingUp("ratio", has_denominator=True, brings_amounts=True, may_pass_100=True, of_others=True)
"""A number of cases ÷ a number of other cases, each of its own select, with its own dates and teams."""
STOCK: Final = AddingUp(
    "stock", has_denominator=False, brings_amounts=False, may_pass_100=False, over_time=OverTime.STANDING
)
"""How many cases stand at the end of a period, kept as the days on which they enter and leave."""
SHARE_AT_CLOSE: Final = AddingUp(
    "share at the close", has_denominator=True, brings_amounts=False, may_pass_100=False, over_time=OverTime.CLOSING
)
"""Of all there are at the end of a period those that met the rule then ÷ all, each looked at on every closing day."""
SHARE_OF_STOCK: Final = AddingUp(
    "share of a stock", has_denominator=True, brings_amounts=False, may_pass_100=False, over_time=OverTime.STANDING
)
"""Of the cases that stand at the end of a period those that met the rule ÷ all: a case has a spell for each time in
which it meets the rule, and one for each in which it doesn't."""
MEAN_OF_STOCK: Final = AddingUp(
    "mean of a stock",
    has_denominator=True,
    brings_amounts=True,
    may_pass_100=True,
    over_time=OverTime.CLOSING,
    of_others=True,
)
"""What stands at the end of a period ÷ what it stands with, each row bringing both."""
RATE: Final = AddingUp("rate", has_denominator=True, brings_amounts=True, may_pass_100=True)
"""An amount ÷ another amount, each summed over the cases."""
