"""Chance that repeats: streams of random numbers that depend on their names alone."""

from bisect import bisect
from collections.abc import Mapping
from itertools import accumulate
from math import exp
from random import Random
from typing import Generic, TypeVar

_PULL = 0.03
"""How strongly a steady share is drawn back to what it should be: weeks then vary about two thirds as much."""


class Chance(Random):
    """Random numbers, and shares that keep to what the story says."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._owed: dict[str, float] = {}

    def steady(self, what: str, share: float, *, pull: float = _PULL) -> bool:
        """Return yes as often as `share` says, leaning against what went before under the same name.

        Pure chance would blur a story of sixty referrals a week: a rate of a fifth would come out as anything between
        a tenth and a third.
        """
        owed = self._owed.get(what, 0.0)
        yes = self.random() < share + pull * owed
        self._owed[what] = owed + share - yes
        return yes


def stream(*names: str | int) -> Chance:
    """Return the stream of this name: the same numbers on every machine and in every run."""
    return Chance(":".join(str(name) for name in names))


def poisson(chance: Chance, mean: float) -> int:
    """Return a count whose average is `mean` (small means: it takes as many draws as it counts)."""
    floor, product, count = exp(-mean), chance.random(), 0
    while product > floor:
        product *= chance.random()
        count += 1
    return count


T = TypeVar("T")


class Mix(Generic[T]):
    """Things and their shares; the shares need not add up to one."""

    def __init__(self, shares: Mapping[T, float]) -> None:
        self._things = list(shares)
        self._sums = list(accumulate(shares.values()))

    def draw(self, chance: Chance) -> T:
        """Return one of the things, each as often as its share says."""
        return self._things[bisect(self._sums, chance.random() * self._sums[-1])]
