"""Tells open pages in which state the data are: one look at the database a second for all of them together.

A page listens on a connection of its own (`assets/follow.js`) and compares with what it shows. It is told a mark of
the state as soon as it listens, since it may have missed a change, and then each other one; nothing else about the
data goes over this connection.
"""

import asyncio
import logging
from typing import Final
from urllib.parse import urlsplit

from starlette.websockets import WebSocket

from dashboard.cache.database import mark_of, version_or_none

_LOG = logging.getLogger(__name__)
LISTENS_AT: Final = "/api/changes"
EVERY_SECONDS: Final = 1


class ChangeFeed:
    """The open pages of this server, each with the mark of the state that it was last told of."""

    def __init__(self) -> None:
        self._told: dict[WebSocket, str | None] = {}

    async def listen(self, page: WebSocket) -> None:
        """Keep a page among those to tell until it leaves; pages of other servers are turned away."""
        if not _is_own(page):
            await page.close()
            return
        await page.accept()
        self._told[page] = None
        try:
            while (await page.receive())["type"] != "websocket.disconnect":
                pass
        finally:
            del self._told[page]

    async def watch(self) -> None:
        """Look for changes until cancelled; while no page listens nothing is looked at."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            if self._told:
                await self._look()

    async def _look(self) -> None:
        try:
            mark = mark_of(await asyncio.to_thread(version_or_none))
        except Exception:  # noqa: BLE001 - whatever it is, the next look may succeed
            _LOG.exception("Whether the data have changed can't be told")
            return
        behind = [page for page, told in self._told.items() if told != mark]
        self._told |= dict.fromkeys(behind, mark)
        await asyncio.gather(*(page.send_text(mark) for page in behind), return_exceptions=True)


def _is_own(page: WebSocket) -> bool:
    """Return whether a page comes from this server: browsers say whose page asks."""
    origin = page.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == page.headers.get("host")
