"""Loading the steps of a history into the judge's world."""

from collections.abc import Iterable

from tests.oracle import World
from tests.strategies.extract_file import ExtractFile
from tests.strategies.histories import Tick


def replay(world: World, steps: Iterable[ExtractFile | Tick]) -> World:
    """Load the extracts and let time pass, step by step; return the same world."""
    for step in steps:
        if isinstance(step, Tick):
            world.tick(step.as_at)
        else:
            world.load(
                step.table,
                step.rows,
                columns=step.columns,
                extracted_at=step.extracted_at,
                covers_from=step.covers_from,
                covers_to=step.covers_to,
                complete=step.complete,
            )
    return world
