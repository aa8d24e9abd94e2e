"""How many full runs of a page a second one server gives to readers who all ask at once.

Readers are connections that ask as a browser does, and again as soon as a run has ended, without the browser's own
work: ten browsers on one machine would measure the browsers. A browser that keeps what it was sent is sent less.
"""

import asyncio
import statistics
import time
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.browser.browsing import Site

READERS = 10
SECONDS = 15.0
_SOCKET = "_stcore/stream"


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
    return asyncio.run(_all_readers(site, query))


async def _all_readers(site: Site, query: str) -> Reruns:
    waits = await asyncio.gather(*(_reader(site, query) for _ in range(READERS)))
    every = [wait for mine in waits for wait in mine]
    return Reruns(len(every), SECONDS, statistics.median(every))


async def _reader(site: Site, query: str) -> list[float]:
    address = f"{site.url.replace('http', 'ws', 1)}/{_SOCKET}"
    async with connect(address, subprotocols=["streamlit"], max_size=None) as connection:
        await _run(connection, query)
        until = time.perf_counter() + SECONDS
        waits = []
        while (began := time.perf_counter()) < until:
            await _run(connection, query)
            waits.append(time.perf_counter() - began)
        return waits


async def _run(connection: ClientConnection, query: str) -> None:
    asked = BackMsg()
    asked.rerun_script.query_string = query
    await connection.send(asked.SerializeToString())
    async for message in connection:
        answer = ForwardMsg.FromString(message if isinstance(message, bytes) else message.encode())
        if answer.WhichOneof("type") == "script_finished":
            if answer.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                name = ForwardMsg.ScriptFinishedStatus.Name(answer.script_finished)
                msg = f"A run with {query!r} ended with {name}."
                raise RuntimeError(msg)
            return
    msg = "The server hung up."
    raise RuntimeError(msg)
