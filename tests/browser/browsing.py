"""A site under test, and one window on it that notes whatever must not happen."""

import sys
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPMessage
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, expect

from dashboard.asgi import HEADERS

SHOWN_WITHIN = 60_000
"""Milliseconds in which a page must be there, on a slow machine too."""


@dataclass(frozen=True)
class Site:
    """A dashboard that is being served."""

    url: str
    database: str


def command_line(name: str, *arguments: str) -> list[str]:
    """Return the command line that runs one of the program's commands in a process of its own."""
    return [sys.executable, "-c", f"from dashboard.commands.{name} import {name}; {name}()", *arguments]


def ask(site: Site, address: str, *, host: str | None = None) -> tuple[int, HTTPMessage]:
    """Ask the server for an address, under another name where one is given; return status and headers."""
    connection = HTTPConnection("127.0.0.1", urlsplit(site.url).port or 0, timeout=10)
    try:
        connection.request("GET", f"/{address}", headers={} if host is None else {"Host": host})
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers
    finally:
        connection.close()


@dataclass
class Visit:
    """A window. `complaints` are pages without the content policy, breaches of it, requests elsewhere and errors
    of scripts; `console` is all that the browser noted.
    """

    page: Page
    site: Site
    complaints: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(SHOWN_WITHIN)
        self.page.on("console", self._told)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("request", self._asked)

    def open(self, address: str) -> Page:
        """Open an address of the site and wait until the page is drawn."""
        answer = self.page.goto(f"{self.site.url}/{address}", wait_until="domcontentloaded")
        if answer is None or answer.headers.get("content-security-policy") != HEADERS["content-security-policy"]:
            self.complaints.append(f"no content policy: {address}")
        drawn(self.page)
        return self.page

    def _told(self, message: ConsoleMessage) -> None:
        self.console.append(message.text)
        if "Content Security Policy" in message.text or "Refused to" in message.text:
            self.complaints.append(message.text)

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname not in {"localhost", "127.0.0.1"}:
            self.complaints.append(f"asked {request.url}")


def drawn(page: Page) -> None:
    """Wait until the page shows a heading and no run is going on."""
    expect(page.locator("[data-testid=stMain]").locator("h1, h2").first).to_be_visible(timeout=SHOWN_WITHIN)
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'",
        timeout=SHOWN_WITHIN,
    )


def settled(page: Page, what: Locator) -> Locator:
    """Wait until it shows and no run is going on: where a page is still drawn, what is pressed may move away."""
    expect(what).to_be_visible(timeout=SHOWN_WITHIN)
    drawn(page)
    return what
