"""A real server over a real database, and a real browser on it that minds what it must not do."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.browser.browsing import SHOWN_WITHIN, Site, Visit, ask, command_line
from tests.council import ROOT, copy_of

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_READY_SECONDS = 90
_FAILED = pytest.StashKey[bool]()

# what must show is waited for as long as a slow machine needs; how long it takes is for the benchmark to say
expect.set_options(timeout=SHOWN_WITHIN)


def chromium_path() -> str | None:
    """Return the Chromium to use; None leaves the choice to Playwright's own."""
    return os.environ.get("SAFE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def launch(playwright: Playwright) -> Browser:
    """Start a Chromium that calls nobody by itself."""
    return playwright.chromium.launch(executable_path=chromium_path(), args=list(_FLAGS))


@contextmanager
def serving(database: str) -> Iterator[Site]:
    """Serve the dashboard over a database, by its own command, until the block ends."""
    port = free_port()
    command = command_line("serve", "--port", str(port), "--database", database)
    with running(command, Site(f"http://localhost:{port}", database)) as site:
        yield site


def free_port() -> int:
    """Return a port of this machine on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(command: Sequence[str], site: Site) -> Iterator[Site]:
    """Run the command that serves a site, and yield the site once it answers, until the block ends."""
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(site, server)
        yield site
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(site: Site, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _READY_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            ask(site, "_stcore/health")
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError("the server did not start")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give a Chromium."""
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(loaded_council: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give a site over the sample council that no test changes."""
    with serving(copy_of(loaded_council, tmp_path_factory.mktemp("site") / "safe.db")) as started:
        yield started


@pytest.fixture
def own_site(loaded_council: str, tmp_path: Path) -> Iterator[Site]:
    """Give a site over a copy of the sample council, for tests that change the data."""
    with serving(copy_of(loaded_council, tmp_path / "safe.db")) as started:
        yield started


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember of a test whether it failed, so that its windows can be told."""
    told = yield
    if told.failed:
        item.stash[_FAILED] = True
    return told


@pytest.fixture
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Return what opens a page in a window of its own; in the end nothing may have broken the content policy,
    asked another machine, or failed in the browser. Files of the server whose address fits `withheld` never come.

    Of a test that fails, what its windows show is printed.
    """
    visits: list[Visit] = []

    def opened(
        site: Site,
        address: str = "",
        *,
        width: int = 1440,
        height: int = 1000,
        theme: str = "light",
        withheld: str | None = None,
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
        if withheld is not None:
            context.route(withheld, lambda _route: None)
        visits.append(Visit(context.new_page(), site))
        return visits[-1].open(address)

    yield opened
    if request.node.stash.get(_FAILED, False):
        for one in visits:
            print(one.page.url, one.console, one.page.locator("body").inner_text(), sep="\n")  # noqa: T201
    for one in visits:
        one.page.context.close()
    assert [told for one in visits for told in one.complaints] == []
