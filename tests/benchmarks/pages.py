"""How fast the pages are in a real browser on this machine, beside a bare page of the same shell.

    python -m tests.benchmarks.pages

The bare page is one whose address names a week that there is not: the shell, one message, nothing else. Times
are medians with the 95th percentile; memory is the server's resident set. Where other work goes on, compare with the
bare page alone, or with the server's own work, which hardly hangs on it: the machine's load is told first and last.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.benchmarks.reruns import measure_reruns
from tests.browser.browsing import Site, drawn
from tests.browser.conftest import launch, serving
from tests.browser.test_live import CAFS, load_another_caf
from tests.council import make_council

TIMES = 15
READERS = 30
BARE = "week=none"


def main() -> None:
    """Measure and print a line for each figure."""
    with tempfile.TemporaryDirectory() as folder, serving(make_council(Path(folder))) as site:
        tell_load()
        in_the_browser(site, Path(folder))
        all_at_once(site)
        tell_load()


def in_the_browser(site: Site, folder: Path) -> None:
    """Tell what a reader waits for in a browser, and what memory readers take."""
    server = server_of(site)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = opened(browser, site, "")
        show("server memory, one reader, MB", f"{server.memory_info().rss / 2**20:.0f}")
        tell("first content of the board, warm server, new browser profile", lambda: fresh(browser, site, ""))
        tell("first content of the bare page, the same", lambda: fresh(browser, site, f"?{BARE}"))
        links = ("Systems", "Accountability")
        tell("page switch between strands, to everything drawn", lambda: follow_all(page, links), per=len(links))
        bare = opened(browser, site, f"systems?{BARE}")
        tell("page switch between bare pages", lambda: follow_all(bare, links), per=len(links))
        board = opened(browser, site, "")
        tell("another week on the board, not read before, to everything drawn", lambda: step_back(board))
        live = opened(browser, site, "")
        waits = [follow_load(site, live, folder / "new") for _ in range(TIMES)]
        show("a load shows in an open page, after its end, ms", spread(waits))
        readers = [opened(browser, site, "") for _ in range(READERS - 4)]
        show(f"server memory, {len(readers) + 4} readers, MB", f"{server.memory_info().rss / 2**20:.0f}")
        browser.close()


def all_at_once(site: Site) -> None:
    """Tell how many full runs a second ten readers get, who ask without a pause."""
    server = server_of(site)
    for name, query in (("the board", ""), ("the bare page", BARE)):
        before = busy_seconds(server)
        runs = measure_reruns(site, query)
        show(f"full runs of {name} a second, ten readers at once", f"{runs.number / runs.seconds:.0f}")
        show("  the server's own work for one, ms", f"{(busy_seconds(server) - before) * 1000 / runs.number:.1f}")
        show("  a reader waits, ms", f"{runs.wait * 1000:.0f}")
        show("  server memory afterwards, MB", f"{server.memory_info().rss / 2**20:.0f}")


def busy_seconds(server: psutil.Process) -> float:
    """Return how long a process has been at work on any core, however long it had to wait for one."""
    spent = server.cpu_times()
    return float(spent.user + spent.system)


def tell_load() -> None:
    """Print how much work the machine has, ours and others'."""
    show("load of the machine, 1 minute", f"{psutil.getloadavg()[0]:.1f} on {psutil.cpu_count()} cores")


def opened(browser: Browser, site: Site, address: str) -> Page:
    """Open an address in a profile of its own."""
    page = browser.new_context(viewport={"width": 1440, "height": 1000}).new_page()
    page.goto(f"{site.url}/{address}")
    drawn(page)
    return page


def fresh(browser: Browser, site: Site, address: str) -> None:
    """Open an address in a new profile and close it again."""
    opened(browser, site, address).context.close()


def follow_all(page: Page, links: Sequence[str]) -> None:
    """Follow links of the menu, one after another."""
    for link in links:
        follow(page, link)


def follow(page: Page, link: str) -> None:
    """Follow a link of the menu until its page is drawn."""
    page.get_by_role("link", name=link, exact=True).first.click()
    page.locator(".st-key-menu_current", has_text=link).wait_for()
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


def follow_load(site: Site, page: Page, folder: Path) -> float:
    """Load one more CAF; return the milliseconds from the end of the load until an open board shows it."""
    told = int(page.locator(CAFS).inner_text().split()[-1])
    load_another_caf(site, folder)
    began = time.perf_counter()
    expect(page.locator(CAFS)).to_contain_text(str(told + 1))
    return (time.perf_counter() - began) * 1000


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
    show(f"{what}, ms", spread(times))


def spread(times: Sequence[float]) -> str:
    """Return the median and the 95th percentile."""
    return f"{statistics.median(times):.0f} (95%: {statistics.quantiles(times, n=20)[-1]:.0f})"


def show(what: str, figure: str) -> None:
    """Print a line."""
    print(f"{what}: {figure}", flush=True)  # noqa: T201 - the result


if __name__ == "__main__":
    main()
