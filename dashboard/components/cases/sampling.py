"""A random sample of the list that the Cases page shows: its size and its seed stand in the address."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from dashboard.components.layout.address import menu
from dashboard.components.layout.links import Parameter
from data_access.problems import QueryProblem

_SIZES: Final = (2, 5, 10, 20)
_FURTHER: Final = re.compile(r"(?P<seed>.*), draw (?P<number>[1-9]\d{0,3})", re.DOTALL)

Changed = Callable[..., dict[str, Parameter]]


@dataclass(frozen=True)
class Sampling:
    """How many cases to draw, and from which seed."""

    size: int
    seed: str


def chosen_sampling(seed: str) -> Sampling | None:
    """Return what the address asks to draw, by this seed where it gives none; None where it asks for no sample.

    Raise QueryProblem for a size that is no whole number above 0.
    """
    given = st.query_params.get("sample")
    if not given:
        return None
    if not given.isdecimal() or not int(given):
        msg = f"There is no sample of “{given}” cases here."
        raise QueryProblem(msg)
    return Sampling(int(given), st.query_params.get("seed") or seed)


def sampling_told(sampling: Sampling, out_of: int) -> str:
    """Return how a sample was drawn: what stands under the heading of its list."""
    return (
        f"Drawn at random from {out_of:,}, each with the same chance and each team and result with its share. "
        f"Seed “{sampling.seed}” draws the same from this list again."
    )


def draw_sampling_menu(sampling: Sampling | None, changed: Changed) -> None:
    """Draw the menu of samples; `changed` gives the address with some of it changed."""
    label = "Draw a random sample" if sampling is None else f"Random sample of {sampling.size:,}"
    options: dict[str, Mapping[str, Parameter]] = {}
    if sampling is not None:
        options["The whole list"] = changed(sample=None, seed=None)
        options[f"Another {sampling.size:,}"] = changed(sample=sampling.size, seed=next_seed(sampling.seed))
    seed = None if sampling is None else sampling.seed
    for size in _SIZES:
        if sampling is None or size != sampling.size:
            options[f"{size} cases"] = changed(sample=size, seed=seed)
    menu("cases", label, options, key="samples")


def next_seed(seed: str) -> str:
    """Return the seed of a further draw, which says how many there were before it: nobody picks one unseen."""
    further = _FURTHER.fullmatch(seed)
    if further is None:
        return f"{seed}, draw 2"
    return f"{further['seed']}, draw {int(further['number']) + 1}"
