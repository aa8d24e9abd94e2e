"""A random sample of cases that anybody can draw again: stratified, from a seed that is told with it.

Every case has the same chance, size ÷ number of cases. Each stratum gives its share of the sample, rounded up or
down, so that none is left out whose share is one case or more, and the smallest still has its chance; so do all
strata together that begin alike, a team's say. It is a systematic sample of a list in random order within strata, and
of strata within those they are part of (Cochran, Sampling Techniques, 3rd edition 1977, chapter 8). The chance is
taken from SHA-256 of the seed and what is ranked, in UTF-8, with | between them: no random generator of any language
or version has a part in it, and the order in which cases are given has none either.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

Stratum = tuple[str, ...]
"""From the widest to the narrowest: the team, say, then what became of the case."""

_START: Final = ""
"""What the place of the first case is ranked by: no case has an empty reference."""


@dataclass(frozen=True)
class Reader:
    """Who is to read a case: a name or role, and whether as the second who grades it, blind to the first grade."""

    name: str
    is_second: bool


def draw(strata: Mapping[str, Stratum], size: int, seed: str) -> tuple[str, ...]:
    """Return a sample of the cases whose strata are given, in the order of their ranks; all where there are fewer.

    Raise ValueError for a size below one.
    """
    if size < 1:
        raise ValueError(f"a sample has one case or more, not {size}")
    ranks = {case: _rank(seed, case) for case in strata}
    of_strata = {stratum: _place(seed, stratum) for stratum in set(strata.values())}
    ordered = sorted(strata, key=lambda case: (of_strata[strata[case]], ranks[case]))
    every, number = len(ordered), min(size, len(ordered))
    start = _rank(seed, _START) % max(every, 1)
    drawn = [ordered[(start + place * every) // number] for place in range(number)]
    return tuple(sorted(drawn, key=lambda case: ranks[case]))


def dealt(drawn: Sequence[str], readers: Sequence[str], *, second: int = 0) -> tuple[tuple[str, Reader], ...]:
    """Return who is to read each case of a sample: the readers in turn, another one too for `second` of the cases.

    Raise ValueError where there is no reader, or a second grading is asked for and only one reader named.
    """
    if not readers or (second and len(set(readers)) < 2):
        raise ValueError("cases are read by one reader or more, and graded twice by two or more")
    number = len(readers)
    first = [(case, Reader(readers[place % number], is_second=False)) for place, case in enumerate(drawn)]
    again = [
        (case, Reader(_another(readers, place), is_second=True)) for place, case in enumerate(drawn[: max(second, 0)])
    ]
    return (*first, *again)


def _another(readers: Sequence[str], place: int) -> str:
    """Return the next reader who is somebody else than the one in turn."""
    own = readers[place % len(readers)]
    following = (readers[(place + step) % len(readers)] for step in range(1, len(readers)))
    return next(reader for reader in following if reader != own)


def _place(seed: str, stratum: Stratum) -> list[tuple[int, str]]:
    """Return by what a stratum is sorted: the ranks of the parts that it belongs to, the widest first."""
    return [(_rank(seed, *stratum[: depth + 1]), name) for depth, name in enumerate(stratum)]


def _rank(seed: str, *words: str) -> int:
    """Return a whole number below 2 to the power of 256 by which the chance of a seed ranks something."""
    return int.from_bytes(sha256("|".join((seed, *words)).encode()).digest(), "big")
