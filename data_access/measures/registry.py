"""The registry: finds the file of every measure and holds it to the contract."""

import importlib
import pkgutil
from collections.abc import Mapping
from types import ModuleType
from typing import Final

from data_access.extracts import extract_named
from data_access.measures import accountability, effective_actions, family_focus, systems
from data_access.measures.contract import Measure
from data_access.measures.definition import Key, Strand
from data_access.measures.sections import SECTIONS
from data_access.measures.unreadable import extracts_of_rows
from data_access.problems import QueryProblem

_STRANDS: Final[dict[Strand, ModuleType]] = {
    Strand.SYSTEMS: systems,
    Strand.ACCOUNTABILITY: accountability,
    Strand.FAMILY_FOCUS: family_focus,
    Strand.EFFECTIVE_ACTIONS: effective_actions,
}


class BrokenContractError(Exception):
    """A measure's file does not give what the contract asks; names the file and what it lacks."""


def checked(measure: object, file_name: str, strand: Strand) -> Measure:
    """Return the measure that a file gives; raise BrokenContractError where it breaks the contract."""
    if not isinstance(measure, Measure):
        msg = f"{file_name}: no MEASURE is given"
        raise BrokenContractError(msg)
    broken = measure.broken_rules()
    if measure.id != file_name:
        broken.append(f"its id is {measure.id}, but the file's name is the id")
    if measure.definition.strand is not strand:
        broken.append(f"it says strand {measure.definition.strand}, but lies under {strand}")
    if broken:
        msg = f"{file_name}: {'; '.join(broken)}"
        raise BrokenContractError(msg)
    return measure


def _read_measures() -> dict[str, Measure]:
    measures: dict[str, Measure] = {}
    for strand, package in _STRANDS.items():
        for info in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{info.name}")
            measures[info.name] = checked(getattr(module, "MEASURE", None), info.name, strand)
    check_partners(measures)
    return in_reading_order(measures)


def check_partners(measures: Mapping[str, Measure]) -> None:
    """Raise BrokenContractError where a measure names a partner that is no other measure."""
    for name, measure in measures.items():
        partner = measure.definition.partner
        if partner is not None and (partner == name or partner not in measures):
            msg = f"{name}: its partner {partner} is no other measure"
            raise BrokenContractError(msg)


def in_reading_order(measures: Mapping[str, Measure]) -> dict[str, Measure]:
    """Return measures in the order of the sections; raise BrokenContractError where its strand has none for one."""
    order = {(section.strand, name): None for section in SECTIONS for name in section.measures}
    for name, measure in measures.items():
        if (measure.definition.strand, name) not in order:
            msg = f"{name}: it stands in no section of {measure.definition.strand}: name it in measures/sections.py"
            raise BrokenContractError(msg)
    return {name: measures[name] for _, name in order if name in measures}


MEASURES: Final[dict[str, Measure]] = _read_measures()
"""Every measure by its id, in reading order: strand by strand, section by section."""

_ROWS: Final = {
    extract
    for measure in MEASURES.values()
    for cohort in measure.cohorts
    for extract in extracts_of_rows(cohort.select)
}

LOOKED_UP_FIELDS: Final = frozenset(
    field
    for measure in MEASURES.values()
    for field in measure.definition.fields
    if field.partition(".")[0] not in _ROWS
)
"""The fields (`extract.column`) of extracts that measures only look up or add up: where such a cell can't be read, no
case could say so."""


def keyed_extracts() -> dict[str, str]:
    """Return the extracts whose own key is that of a measure, with the name of the key's column."""
    keys = {measure.definition.key for measure in MEASURES.values()} - set(Key)
    return {name: extract_named(name).stored_key[0] for name in sorted(keys)}


def extracts_of(key: Key) -> frozenset[str]:
    """Return the extracts that the measures with this key read."""
    return frozenset(
        extract
        for measure in MEASURES.values()
        if measure.definition.key == key
        for extract in measure.definition.extracts
    )


def ties_by_staff() -> dict[str, set[tuple[str, str, str]]]:
    """Return how rows about staff alone reach children: by their extract its column, and the extract and column of
    rows about children that name the same person.

    A measure by child says so by naming both columns among its fields.
    """
    ties: dict[str, set[tuple[str, str, str]]] = {}
    for it in (measure.definition for measure in MEASURES.values()):
        if it.key == Key.CHILD:
            named = [(extract, column) for extract, _, column in (field.partition(".") for field in it.fields)]
            of_staff = [pair for pair in named if extract_named(pair[0]).column(pair[1]).refers_to == "staff"]
            of_children = [pair for pair in of_staff if extract_named(pair[0]).has("child_id")]
            for extract, column in set(of_staff) - set(of_children):
                ties.setdefault(extract, set()).update((column, *pair) for pair in of_children)
    return ties


def measure_named(name: str) -> Measure:
    """Return the measure of this id; raise QueryProblem, naming those there are, where there is none."""
    if name not in MEASURES:
        msg = f"There is no measure {name!r}. There are: {', '.join(MEASURES)}."
        raise QueryProblem(msg)
    return MEASURES[name]
