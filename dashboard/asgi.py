"""The server: the app with warm-up, a readiness route and security headers."""

import asyncio
import base64
import gc
import hashlib
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.access import current_actor
from dashboard.cache.database import current_version
from dashboard.cache.page_run import run_for
from dashboard.change_feed import LISTENS_AT, ChangeFeed
from dashboard.charts.theme import LIGHT
from dashboard.components.board.board import board_rows
from dashboard.components.layout.filters import Choice
from dashboard.components.layout.frame import ASSETS
from dashboard.components.layout.messages import show_failure
from dashboard.readings.measure_views import HEADLINES
from data_access.problems import Problem

_LOG = logging.getLogger(__name__)
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def content_policy() -> str:
    """Return the content policy: everything from this server alone, scripts only those that ship with it."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    hashes = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in _INLINE_SCRIPT.findall(page)
    ]
    known = " ".join(f"'sha256-{digest}'" for digest in hashes)
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src 'self' 'wasm-unsafe-eval' {known}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-ancestors 'none'",
            "base-uri 'self'",
            "object-src 'none'",
            "form-action 'self'",
        ]
    )


HEADERS: Final = {
    "content-security-policy": content_policy(),
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
"""What every answer carries."""

HOSTS: Final = ("localhost", "127.0.0.1")
"""The names under which the server answers: no other name that leads to this machine may read from it."""


class SecurityHeaders:
    """Adds the security headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = [(name.encode(), value.encode()) for name, value in HEADERS.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and its answer back with the headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *self._headers]
            await send(message)

        await self._app(scope, receive, with_headers)


def ready(_request: Request) -> JSONResponse:
    """Say whether the database can be read: 200 with the data version, else 503 with the reason."""
    try:
        return JSONResponse({"ready": True, "data_version": current_version().number})
    except Problem as problem:
        return JSONResponse({"ready": False, "reason": str(problem)}, status_code=503)


_PAGES: Final = (
    "board.board_page",
    "board.strand_page",
    "measure.measure_page",
    "cases.cases_page",
    "loads.loads_page",
)
"""What draws the pages, in the order in which readers come to them."""


def warm_up() -> None:
    """Pay for the first board, for what other pages import and for the first chart, while readers come already.

    What is loaded by then is there to stay: freezing it lets every later collection of garbage pass it over.
    """
    try:
        board_rows(run_for(current_actor()), None, LIGHT, Choice(team=None, week=None))
    except Problem as problem:
        _LOG.warning("%s", problem)
    for name in _PAGES:
        import_module(f"dashboard.components.{name}")
    from dashboard.cache import charts  # noqa: PLC0415 - takes a second, for which no reader of the board need wait

    with suppress(Problem):
        run = run_for(current_actor())
        for name in HEADLINES[:1]:
            charts.trend_chart(run, name, LIGHT, events=(), team=None, up_to=None, since=None)
    gc.collect()
    gc.freeze()


_FEED: Final = ChangeFeed()


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[dict[str, Any] | None]:
    warming, watching = asyncio.create_task(asyncio.to_thread(warm_up)), asyncio.create_task(_FEED.watch())
    yield None
    watching.cancel()
    await warming


app = st.App(
    Path(__file__).with_name("app.py"),
    lifespan=_lifespan,
    routes=[
        Route("/api/ready", ready),
        WebSocketRoute(LISTENS_AT, _FEED.listen),
        Mount(ASSETS, StaticFiles(directory=Path(__file__).with_name("assets"))),
    ],
    middleware=[Middleware(SecurityHeaders), Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)],
    on_script_error=show_failure,
)
