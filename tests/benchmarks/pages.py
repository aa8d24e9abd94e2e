"""How fast the pages are in a real browser on this machine, beside a bare page of the same shell.

    python -m tests.benchmarks.pages

The bare page is the Cases page with an address that names no measure: the shell, one message, nothing else. Times
are medians with the 95th percentile; memory is the server's resident set.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.browsing import Site, drawn
from tests.browser.conftest import launch, serving
from tests.council import make_council

TIMES = 15
READERS = 30


def main() -> None:
    """Measure and print a line for each figure."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(make_council(Path(folder))) as site,
        sync_playwright() as it,
    ):
        browser = launch(it)
        page = opened(browser, site, "")
        server = server_of(site)
        show("server memory, one reader, MB", f"{server.memory_info().rss / 2**20:.0f}")
        tell("first content of the board, warm server, new browser profile", lambda: fresh(browser, site, ""))
        tell("first content of the bare page, the same", lambda: fresh(browser, site, "cases?measure=none"))
        links = ("Systems", "Accountability")
        tell(
            "page switch between strands, to everything drawn", lambda: [follow(page, link) for link in links], per=2
        )
        page = opened(browser, site, "")
        tell("another week on the board, to everything drawn", lambda: step_back(page))
        readers = [opened(browser, site, "") for _ in range(READERS - 1)]
        show(f"server memory, {len(readers) + 1} readers, MB", f"{server.memory_info().rss / 2**20:.0f}")
        browser.close()


def opened(browser: Browser, site: Site, address: str) -> Page:
    """Open an address in a profile of its own."""
    page = browser.new_context(viewport={"width": 1440, "height": 1000}).new_page()
    page.goto(f"{site.url}/{address}")
    drawn(page)
    return page


def fresh(browser: Browser, site: Site, address: str) -> None:
    """Open an address in a new profile and close it again."""
    opened(browser, site, address).context.close()


def follow(page: Page, link: str) -> None:
    """Follow a link of the menu until its page is drawn."""
    page.get_by_role("link", name=link, exact=True).first.click()
    page.get_by_role("heading", name=link, level=1).wait_for()
    drawn(page)


def step_back(page: Page) -> None:
    """Choose the week before until its board is drawn."""
    link = page.locator("a", has_text="‹").first
    before = link.inner_text()
    link.click()
    page.wait_for_function(
        "before => ![...document.querySelectorAll('a')].some(a => a.innerText === before)", arg=before
    )
    drawn(page)


def server_of(site: Site) -> psutil.Process:
    """Return the process that serves the site."""
    port = int(site.url.rsplit(":", 1)[1])
    return next(
        child
        for child in psutil.Process().children(recursive=True)
        if any(one.laddr.port == port and one.status == psutil.CONN_LISTEN for one in child.net_connections())
    )


def tell(what: str, done: Callable[[], object], *, per: int = 1) -> None:
    """Print the median and 95th percentile of an action's milliseconds, after one that is not counted."""
    done()
    times = []
    for _ in range(TIMES):
        began = time.perf_counter()
        done()
        times.append((time.perf_counter() - began) * 1000 / per)
    high = statistics.quantiles(times, n=20)[-1]
    show(f"{what}, ms", f"{statistics.median(times):.0f} (95%: {high:.0f})")


def show(what: str, figure: str) -> None:
    """Print a line."""
    print(f"{what}: {figure}", flush=True)  # noqa: T201 - the result


if __name__ == "__main__":
    main()
