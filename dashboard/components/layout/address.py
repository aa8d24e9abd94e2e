"""What the address of the Measure and Cases pages chooses beside team and week, and menus of links to others."""

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from dashboard.components.layout.links import Parameter, page_link
from data_access.measures import MEASURES, Definition, measure_named
from data_access.measures.characteristics import breakdowns_of
from data_access.problems import QueryProblem

ALL: Final = "all"


def chosen_measure() -> Definition | None:
    """Return the measure that the address names; None where it names none.

    Raise QueryProblem for one that there is not.
    """
    name = st.query_params.get("measure")
    if not name:
        return None
    if name not in MEASURES:
        msg = f"There is no measure “{name}” here."
        raise QueryProblem(msg)
    return measure_named(name).definition


def chosen_of(name: str, known: Sequence[str], default: str, what: str) -> str:
    """Return the value of a parameter of the address, its default where it is not given.

    Raise QueryProblem, naming `what` it is, for a value that is not known.
    """
    given = st.query_params.get(name)
    if not given:
        return default
    if given not in known:
        msg = f"There is no {what} “{given}” here."
        raise QueryProblem(msg)
    return given


def chosen_dimension(definition: Definition, *more: str) -> str:
    """Return by what the address breaks the measure down: team, a dimension, a characteristic, or one of `more`.

    Raise QueryProblem for what the measure can't be broken down by.
    """
    known = ("team", *(detail.name for detail in breakdowns_of(definition)), *more)
    return chosen_of("dimension", known, "team", "dimension of this measure")


def menu(page: str, label: str, options: Mapping[str, Mapping[str, Parameter]], *, key: str) -> None:
    """Draw a menu whose lines are links, each to a page with the parameters of its own."""
    opened = st.popover(label, on_change="rerun", key=f"{key}_{page}_{label}")
    if opened.open:
        with opened:
            for option, parameters in options.items():
                page_link(page, option, **parameters)


def measure_menu(page: str, definition: Definition, kept: Mapping[str, Parameter]) -> None:
    """Draw the menu of measures; team and week stay as they are."""
    options = {measure.definition.title: {**kept, "measure": measure.id} for measure in MEASURES.values()}
    menu(page, definition.title, options, key="measures")
