"""Measures that stand for others in `make test`; `make soak` runs for every measure what costs a run each."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import pytest

from data_access.measures import MEASURES
from tests.drawing import is_soak


def _kind(name: str) -> tuple[object, ...]:
    """Return what tells whether two measures go the same ways through the program."""
    it = MEASURES[name].definition
    return it.adding_up, it.about, it.chart, bool(MEASURES[name].also), MEASURES[name].grows


REPRESENTATIVES: Final = frozenset({_kind(name): name for name in reversed(MEASURES)}.values())
"""The first measure of each kind."""


def checked_measures() -> frozenset[str]:
    """Return the measures that a test checks all at once: the representatives, every measure in soak."""
    return frozenset(MEASURES) if is_soak() else REPRESENTATIVES


def of_each_kind(names: Iterable[str]) -> list[Any]:
    """Return measures as parameters of a test, all but the representatives left to soak."""
    return [_kept(name, (name,)) for name in names]


def whose_measure_is_of_each_kind(cases: Iterable[Sequence[Any]]) -> list[Any]:
    """Return cases that begin with a measure as parameters, all but those of the representatives left to soak."""
    return [_kept(case[0].id, case) for case in cases]


def _kept(name: str, values: Sequence[Any]) -> Any:
    return pytest.param(*values, marks=() if name in REPRESENTATIVES else pytest.mark.soak)
