"""A reader without a browser: a connection that asks for pages as a browser does, without the browser's own work.

Thirty browsers on one machine would measure the browsers.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from streamlit.proto.AutoRerun_pb2 import AutoRerun
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from dashboard.change_feed import LISTENS_AT
from tests.browser.browsing import Site

_SOCKET = "_stcore/stream"
_ENDED_WELL = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


class Reader:
    """One open page. It keeps what it was sent as a browser does, and runs again what the page bids it to."""

    def __init__(self, site: Site, connection: ClientConnection) -> None:
        self._site = site
        self._connection = connection
        self._paths: dict[str, str] = {}
        self._kept: set[str] = set()
        self._state = ClientState()
        self._timers: list[asyncio.Task[None]] = []
        self._run: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def visit(self, address: str) -> float:
        """Ask for a page by its path and query; return the seconds until it is drawn.

        Raise RuntimeError where the page does not run to its end.
        """
        self.stop_timers()
        path, _, query = address.partition("?")
        self._state = ClientState(query_string=query, cached_message_hashes=self._kept)
        self._state.context_info.url = f"{self._site.url}/{address}"
        self._state.context_info.color_scheme = "light"
        if path in self._paths:
            self._state.page_script_hash = self._paths[path]
        else:
            self._state.page_name = path
        self._run = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        await self._ask(self._state)
        await self._run
        return time.perf_counter() - began

    async def listen(self) -> None:
        """Take in what the server sends, until it hangs up."""
        async for message in self._connection:
            self._take(ForwardMsg.FromString(message if isinstance(message, bytes) else message.encode()))

    def _take(self, message: ForwardMsg) -> None:
        if message.metadata.cacheable:
            self._kept.add(message.hash)
        match message.WhichOneof("type"):
            case "navigation":
                self._paths = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
            case "auto_rerun":
                self._timers.append(asyncio.create_task(self._run_every(message.auto_rerun)))
            case "script_finished":
                self._finish(message.script_finished)

    def _finish(self, status: "ForwardMsg.ScriptFinishedStatus.ValueType") -> None:
        if status not in _ENDED_WELL and status != ForwardMsg.FINISHED_EARLY_FOR_RERUN and not self._run.done():
            name = ForwardMsg.ScriptFinishedStatus.Name(status)
            self._run.set_exception(RuntimeError(f"A run with {self._state.query_string!r} ended with {name}."))
        if status == ForwardMsg.FINISHED_SUCCESSFULLY and not self._run.done():
            self._run.set_result(None)

    async def _run_every(self, asked: AutoRerun) -> None:
        while True:
            await asyncio.sleep(asked.interval)
            state = ClientState(fragment_id=asked.fragment_id, is_auto_rerun=True)
            state.MergeFrom(self._state)
            await self._ask(state)

    async def _ask(self, state: ClientState) -> None:
        await self._connection.send(BackMsg(rerun_script=state).SerializeToString())

    def stop_timers(self) -> None:
        """Stop running again what the page bade to."""
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()


@asynccontextmanager
async def open_page(site: Site, *, follows: bool = True) -> AsyncIterator[Reader]:
    """Yield a reader of a site, who leaves in the end; one who `follows` the data listens as a page does."""
    sockets = site.url.replace("http", "ws", 1)
    async with AsyncExitStack() as stack:
        address = f"{sockets}/{_SOCKET}"
        connection = await stack.enter_async_context(connect(address, subprotocols=["streamlit"], max_size=None))
        if follows:
            await stack.enter_async_context(connect(f"{sockets}{LISTENS_AT}"))
        reader = Reader(site, connection)
        listening = asyncio.create_task(reader.listen())
        try:
            yield reader
        finally:
            reader.stop_timers()
            listening.cancel()


@asynccontextmanager
async def open_pages(site: Site, number: int, address: str) -> AsyncIterator[list[Reader]]:
    """Yield so many readers who have all been shown the page."""
    async with AsyncExitStack() as stack:
        readers = [await stack.enter_async_context(open_page(site)) for _ in range(number)]
        for reader in readers:
            await reader.visit(address)
        yield readers
