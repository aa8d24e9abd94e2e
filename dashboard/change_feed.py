"""Tells open pages that the data have changed: one look at the database a second for all of them together.

A page listens on a connection of its own (`assets/follow.js`) and looks for itself what it has to draw again: nothing
about the data goes over this connection.
"""

import asyncio
import logging
from typing import Final
from urllib.parse import urlsplit

from starlette.websockets import WebSocket

from dashboard.cache.database import Version, version_or_none

_LOG = logging.getLogger(__name__)
LISTENS_AT: Final = "/api/changes"
EVERY_SECONDS: Final = 1


class ChangeFeed:
    """The open pages of this server, and the state of the data that they were last told of."""

    def __init__(self) -> None:
        self._pages: set[WebSocket] = set()
        self._told: Version | None = None

    async def listen(self, page: WebSocket) -> None:
        """Keep a page among those to tell until it leaves; pages of other servers are turned away."""
        if not _is_own(page):
            await page.close()
            return
        await page.accept()
        self._pages.add(page)
        try:
            while (await page.receive())["type"] != "websocket.disconnect":
                pass
        finally:
            self._pages.discard(page)

    async def watch(self) -> None:
        """Look for changes until cancelled; while no page listens nothing is looked at."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            if self._pages:
                await self._look()

    async def _look(self) -> None:
        try:
            now = await asyncio.to_thread(version_or_none)
        except Exception:  # noqa: BLE001 - whatever it is, the next look may succeed
            _LOG.exception("Whether the data have changed can't be told")
            now = None
        if now != self._told:
            self._told = now
            await asyncio.gather(*(page.send_text("changed") for page in self._pages), return_exceptions=True)


def _is_own(page: WebSocket) -> bool:
    """Return whether a page comes from this server: browsers say whose page asks."""
    origin = page.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == page.headers.get("host")
