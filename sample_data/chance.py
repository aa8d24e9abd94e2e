"""Chance that repeats: streams of random numbers that depend on their names alone."""

from bisect import bisect
from collections.abc import Mapping
from itertools import accumulate
from math import exp
from random import Random
from typing import Generic, TypeVar


def stream(*names: str | int) -> Random:
    """Return the stream of this name: the same numbers on every machine and in every run."""
    return Random(":".join(str(name) for name in names))  # noqa: S311 - a story, not a secret


def poisson(chance: Random, mean: float) -> int:
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

    def draw(self, chance: Random) -> T:
        """Return one of the things, each as often as its share says."""
        return self._things[bisect(self._sums, chance.random() * self._sums[-1])]
