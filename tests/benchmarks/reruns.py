"""How many full runs of a page a second one server gives to readers who all ask at once, and again at once."""

import asyncio
import statistics
import time
from dataclasses import dataclass

from tests.benchmarks.reader import open_pages
from tests.browser.browsing import Site

READERS = 10
SECONDS = 15.0


@dataclass(frozen=True)
class Reruns:
    """How often a page ran to its end, in how many seconds, and the median seconds that a reader waited for a run."""

    number: int
    seconds: float
    wait: float


def measure_reruns(site: Site, query: str) -> Reruns:
    """Let ten readers run the front page, with a query in its address, over and over; their first runs don't count.

    Raise RuntimeError where a run does not end well.
    """
    return asyncio.run(_all_readers(site, f"?{query}"))


async def _all_readers(site: Site, address: str) -> Reruns:
    async with open_pages(site, READERS, address) as readers:
        until = time.perf_counter() + SECONDS
        waits: list[float] = []

        async def go_on(number: int) -> None:
            while time.perf_counter() < until:
                waits.append(await readers[number].visit(address))

        await asyncio.gather(*(go_on(number) for number in range(READERS)))
    return Reruns(len(waits), SECONDS, statistics.median(waits))
