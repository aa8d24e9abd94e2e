"""Each measure's cohort, worked out from a `World` in plain Python: a file each, with a function of the same name."""

import importlib
import pkgutil
from collections.abc import Callable, Mapping

from tests.oracle.cohort_row import CohortRow
from tests.oracle.world import World

_NAMES = [info.name for info in pkgutil.iter_modules(__path__)]
_MODULES = {name: importlib.import_module(f"{__name__}.{name}") for name in _NAMES}

MEASURES: Mapping[str, Callable[[World], list[CohortRow]]] = {
    name: getattr(module, name) for name, module in _MODULES.items() if hasattr(module, name)
}
"""Every measure by id; the other files help them."""

STILL_WAITS: Mapping[str, Callable[[World, CohortRow], bool]] = {
    name: _MODULES[name].still_waits for name in MEASURES if hasattr(_MODULES[name], "still_waits")
}
"""For each measure whose cases can wait: whether a row is late and waits to this day."""


def cohort(world: World, measure: str) -> list[CohortRow]:
    """Return the measure's rows in the order of their values; none where a required table was never loaded."""
    return sorted(MEASURES[measure](world))
