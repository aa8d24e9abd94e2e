"""What the pages cost the server, by how many referrals stand.

    python -m tests.benchmarks.sizes [--referrals N]... [--folder FOLDER]

Each page is asked of a server that has read nothing yet, by a reader without a browser: its data are what the first
run takes longer than a later one, its script is a later one. Processor milliseconds are the server's own; the bare
page is the shell with one message. Sizes are councils of 8,500 referrals, as in `growth`. Signing the latest week off
is what closes the meeting: in a process of its own, of what nothing has read before.
"""

import argparse
import asyncio
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import sqlalchemy as sa

from data_access.database.opening import connect
from data_access.database.schema.case_tables import CASE_TABLES
from sample_data import story
from tests.benchmarks.loads import extracts, load, show
from tests.benchmarks.pages import busy_seconds, server_of
from tests.benchmarks.reader import open_page
from tests.browser.browsing import Site
from tests.browser.conftest import serving

LATER: int = 15
"""Later runs of a page, over which its script is told."""
PAGES = {
    "bare": "systems?week=none",
    "this week": "",
    "accountability": "accountability",
    "team": "team?team={team}",
    "measure": "measure?measure=decisions_within_24_hours",
    "smt agenda": "smt_agenda",
    "action plan": "action_plan",
}
SIGN_OFF = """
import sys, time
from dashboard.readings.freshness import freshness
from dashboard.readings.reading import open_reading
from dashboard.readings.sign_off import Closed, sign_week_off
from data_access.database.opening import connect
from tests.council import LOADER
engine = connect(sys.argv[1])
with open_reading(engine, LOADER) as reading:
    week = freshness(reading).latest_week
began, busy = time.perf_counter(), time.process_time()
sign_week_off(LOADER, engine, Closed(week, "Director"))
print(f"{time.perf_counter() - began:.2f} {time.process_time() - busy:.2f}")
"""


def main() -> None:
    """Measure every size and print a line for each page, and for the sign-off."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.sizes")
    parser.add_argument("--referrals", type=int, action="append", help="a size; 8500 and 100000 by default")
    parser.add_argument("--folder", type=Path, help="where extracts are kept; a temporary folder by default")
    asked = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = asked.folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="safe-bench-")))
        folder.mkdir(exist_ok=True)
        show("referrals", "page", "data cpu ms", "script cpu", "first ms", "later ms")
        for size in asked.referrals or [story.REFERRALS, 100_000]:
            with tempfile.TemporaryDirectory(dir=folder) as place:
                url = f"sqlite:///{place}/safe.db"
                load(url, extracts(folder, size)[0])
                for name, address in PAGES.items():
                    show(f"{size:,}", name, *measured(url, address.format(team=first_team(url))))
                show(f"{size:,}", "sign-off", *signed_off(url))


def first_team(url: str) -> str:
    """Return the reference of the first team of a database."""
    engine = connect(url)
    with engine.connect() as connection:
        name: str = connection.execute(sa.select(sa.func.min(CASE_TABLES["teams"].c.team_id))).scalar_one()
    engine.dispose()
    return name


def measured(url: str, address: str) -> list[str]:
    """Return what a page costs a fresh server: of its first run and of a later one."""
    with serving(url) as site:
        return asyncio.run(_visits(site, address))


def signed_off(url: str) -> list[str]:
    """Return what signing the latest week off takes: seconds, and processor seconds of the program's own."""
    done = subprocess.run(
        [sys.executable, "-c", SIGN_OFF, url], capture_output=True, text=True, check=True, env=os.environ
    )
    seconds, busy = done.stdout.split()
    return [f"{seconds} s", f"cpu {busy} s"]


async def _visits(site: Site, address: str) -> list[str]:
    server = server_of(site)
    async with open_page(site) as reader:
        # the program itself is then imported, and the shell has been drawn
        await reader.visit(PAGES["bare"])
        before = busy_seconds(server)
        first = await reader.visit(address)
        once = busy_seconds(server) - before
        before, began = busy_seconds(server), time.perf_counter()
        for _ in range(LATER):
            await reader.visit(address)
        again, later = (busy_seconds(server) - before) / LATER, (time.perf_counter() - began) / LATER
    return [f"{ms * 1000:.1f}" for ms in (max(once - again, 0), again, first, later)]


if __name__ == "__main__":
    main()
