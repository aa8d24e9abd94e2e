"""What a series is about: all that judging and wording need to know of a measure."""

from dataclasses import dataclass

from data_access.vocabulary import Period, Polarity, Unit


@dataclass(frozen=True, slots=True)
class Subject:
    """A series in words.

    `title` is in sentence case. `per` follows a rate or days ("per 10,000 children", "per full-time post").
    `may_pass_100` marks a ratio of two counts, which is no proportion. `only_an_aim` marks a measure whose rise is
    wanted but proves nothing yet (more early help offered): its change is called an increase, not an improvement.
    `stands_on_last_day` marks a figure that says what stands on the last day of its period.
    """

    title: str
    polarity: Polarity
    unit: Unit
    period: Period = Period.WEEK
    per: str = ""
    may_pass_100: bool = False
    only_an_aim: bool = False
    stands_on_last_day: bool = False

    @property
    def is_proportion(self) -> bool:
        """Whether a numerator can never exceed its denominator."""
        return self.unit is Unit.PERCENT and not self.may_pass_100

    @property
    def floor(self) -> float | None:
        """The least value that can be; drawn lines end there."""
        return None if self.unit is Unit.NUMBER else 0.0

    @property
    def ceiling(self) -> float | None:
        """The greatest value that can be; drawn lines end there."""
        return 1.0 if self.is_proportion else None

    def clip(self, value: float) -> float:
        """`value`, moved to the nearest one that can be."""
        if self.floor is not None and value < self.floor:
            return self.floor
        if self.ceiling is not None and value > self.ceiling:
            return self.ceiling
        return value
