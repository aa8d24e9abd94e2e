"""Compliments received."""

from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.feedback import received
from tests.oracle.world import World

MEASURE = "compliments"


def compliments(world: World) -> list[CohortRow]:
    """Return a row per compliment."""
    return received(world, MEASURE, "compliment")
