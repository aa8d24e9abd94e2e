"""Complaints received."""

from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.feedback import received
from tests.oracle.world import World

MEASURE = "complaints"


def complaints(world: World) -> list[CohortRow]:
    """Return a row per complaint."""
    return received(world, MEASURE, "complaint")
