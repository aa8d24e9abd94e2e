"""How soon the command line and the server answer, what a page costs, and how long thirty readers wait.

    python -m tests.benchmarks.server

Readers are connections that ask as a browser does, on this machine: they take processor time as well, so that the
waits are those of a busy machine. Where other work goes on, compare processor time, which hardly hangs on it.
"""

import asyncio
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import psutil

from tests.benchmarks.pages import busy_seconds, server_of, show, spread, tell_load
from tests.benchmarks.reader import Reader, open_page, open_pages
from tests.browser.browsing import Site, ask
from tests.browser.conftest import free_port, running, serving
from tests.council import ROOT, make_council

TIMES = 15
STARTS = 5
READERS = 30
EVERY_SECONDS = 5.0
ROUNDS = 8
IDLE_SECONDS = 20.0
MEASURE = "decisions_within_24_hours"
PAGES = {
    "This week": "this_week",
    "a strand": "systems",
    "Measures": "measure",
    "a measure": f"measure?measure={MEASURE}",
    "its cases": f"cases?measure={MEASURE}",
    "Loads and quality": "loads_and_quality",
}
NEWEST_WEEK = date(2010, 3, 15)
BARE = 'import streamlit as st\n\nst.title("Bare")\nst.write("Nothing else.")\n'


def main() -> None:
    """Measure and print a line for each figure."""
    tell_load()
    tell_help()
    with tempfile.TemporaryDirectory() as folder:
        database = make_council(Path(folder))
        tell_start(database)
        tell_bare_page(Path(folder))
        with serving(database) as site:
            asyncio.run(tell_pages(site))
            asyncio.run(tell_weeks(site))
            asyncio.run(tell_readers(site))
            asyncio.run(tell_listening(site))
    tell_load()


def tell_help() -> None:
    """Tell how long `--help` takes."""
    command = [sys.executable, "-c", "from dashboard.cli import main; main()", "--help"]
    waits: list[float] = []
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(TIMES):
        began = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        waits.append((time.perf_counter() - began) * 1000)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    show("--help, ms", f"{spread(waits)}, of processor time {spent * 1000 / TIMES:.0f}")


def tell_start(database: str) -> None:
    """Tell how long a server takes to answer, and to show the first page to a reader who waits for it."""
    answers, views, spent = [], [], []
    for _ in range(STARTS):
        began = time.perf_counter()
        with serving(database) as site:
            status, _ = ask(site, "api/ready")
            answers.append((time.perf_counter() - began) * 1000)
            spent.append(busy_seconds(server_of(site)) * 1000)
            if status != 200:
                msg = f"The server is not ready: {status}."
                raise RuntimeError(msg)
            views.append(asyncio.run(_first_view(site)) * 1000)
    show("server from start to ready, ms", f"{spread(answers)}, of processor time {sum(spent) / STARTS:.0f}")
    show("first view, asked for at once, ms", spread(views))


async def _first_view(site: Site) -> float:
    async with open_page(site) as reader:
        return await reader.visit("")


def tell_bare_page(folder: Path) -> None:
    """Tell what Streamlit alone takes for a page of a title and a line."""
    script, port = folder / "bare.py", free_port()
    script.write_text(BARE)
    options = ["--server.headless=true", "--server.fileWatcherType=none", "--browser.gatherUsageStats=false"]
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}", *options]
    with running(command, Site(f"http://localhost:{port}", "")) as site:
        asyncio.run(_tell_bare(site))


async def _tell_bare(site: Site) -> None:
    async with open_page(site, follows=False) as reader:
        await tell_cost("a bare page of Streamlit", reader, server_of(site), lambda _: "")


async def tell_pages(site: Site) -> None:
    """Tell what each page costs that somebody has read since the load."""
    async with open_page(site) as reader:
        for name, address in PAGES.items():
            await tell_cost(name, reader, server_of(site), lambda _, address=address: address)


async def tell_weeks(site: Site) -> None:
    """Tell what a page costs of a week that nobody has read since the load."""
    async with open_page(site) as reader:
        for name, page in (("This week", "this_week?"), ("a measure", f"measure?measure={MEASURE}&")):
            await tell_cost(
                f"{name}, a week not read before",
                reader,
                server_of(site),
                lambda number, page=page: f"{page}week={NEWEST_WEEK - timedelta(weeks=number)}",
            )


async def tell_cost(what: str, reader: Reader, server: psutil.Process, address: Callable[[int], str]) -> None:
    """Print what visits cost the server and how long the reader waited, after two that are not counted."""
    for number in range(2):
        await reader.visit(address(number))
    before = busy_seconds(server)
    waits = [await reader.visit(address(number)) * 1000 for number in range(2, TIMES + 2)]
    spent = (busy_seconds(server) - before) * 1000 / TIMES
    show(f"{what}: the server's work, ms", f"{spent:.0f}; the reader waits {spread(waits)}")


async def tell_readers(site: Site) -> None:
    """Tell how long thirty readers wait who each change page every five seconds, evenly spread."""
    server, addresses = server_of(site), list(PAGES.values())
    async with open_pages(site, READERS, "") as readers:
        waits: list[float] = []

        async def read(number: int) -> None:
            await asyncio.sleep(number * EVERY_SECONDS / READERS)
            for turn in range(ROUNDS):
                waits.append(await readers[number].visit(addresses[(number + turn) % len(addresses)]) * 1000)
                await asyncio.sleep(max(0.0, EVERY_SECONDS - waits[-1] / 1000))

        before, began = busy_seconds(server), time.perf_counter()
        await asyncio.gather(*(read(number) for number in range(READERS)))
        spent, took = busy_seconds(server) - before, time.perf_counter() - began
    show(f"{READERS} readers, a page every {EVERY_SECONDS:.0f} s, wait ms", spread(waits))
    show("  the server's work for a page, ms", f"{spent * 1000 / len(waits):.0f}; of a core {spent / took:.0%}")


async def tell_listening(site: Site) -> None:
    """Tell what it costs the server that pages are open and nothing happens."""
    server = server_of(site)
    async with open_pages(site, READERS, ""):
        before = busy_seconds(server)
        await asyncio.sleep(IDLE_SECONDS)
        spent = busy_seconds(server) - before
    show("an open page costs a minute, ms", f"{spent * 1000 / READERS / IDLE_SECONDS * 60:.1f}")


if __name__ == "__main__":
    main()
