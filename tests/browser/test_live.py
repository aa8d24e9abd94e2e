"""With the dashboard open: a load shows by itself, and a database that goes away comes back by itself."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from data_access.database.opening import connect, reading
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.up_to_date import up_to_date
from tests.browser.browsing import Site, command_line, drawn
from tests.browser.conftest import serving
from tests.council import ROOT

Open = Callable[..., Page]

CAFS = ".row_cafs_started .value"


def load_another_caf(site: Site, folder: Path) -> None:
    """Load one more CAF of the latest week, in a process of its own."""
    folder.mkdir(exist_ok=True)
    engine = connect(site.database)
    with reading(engine) as connection:
        table = CASE_TABLES["cafs"]
        number = connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
    engine.dispose()
    heads = (ROOT / "sample_data" / "council" / "cafs.csv").read_text().splitlines()
    row = dict(zip(heads[0].split(","), heads[-1].split(","), strict=False))
    row |= {"caf_id": f"CAF-NEW-{number}", "started_on": "2010-03-24"}
    file = folder / "cafs.csv"
    file.write_text("\n".join([heads[0], ",".join(row.values())]) + "\n")
    terms = ["--extracted-at", "2010-03-29 07:30", "--covers-from", "2010-03-22", "--covers-to", "2010-03-28"]
    command = command_line("load", str(file), *terms, "--database", site.database)
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)


KEEP_THE_FEED = """
  window.WebSocket = class extends WebSocket {
    constructor(address, ...others) {
      super(address, ...others);
      if (String(address).endsWith("/api/changes")) window.feed = this;
    }
  };
"""
"""Keeps the connection on which the server tells of changes, so that a test can say when it does."""


def test_a_change_told_while_a_reader_goes_to_another_page_leaves_it_to_be_drawn(site: Site, visit: Open) -> None:
    page = visit(site, "systems")
    page.add_init_script(KEEP_THE_FEED)
    page.reload()
    drawn(page)
    page.wait_for_function("() => window.feed?.readyState === WebSocket.OPEN")
    link = page.locator(".st-key-board").get_by_role("link", name="CAFs started", exact=True)
    link.evaluate("link => { link.click(); window.feed.onmessage({ data: 'another state' }); }")
    page.wait_for_url("**/measure?*")
    expect(page.locator("h1.message")).to_contain_text("CAFs started")
    drawn(page)
    expect(page.locator("h1.message")).to_contain_text("CAFs started")


def test_what_a_reader_does_as_a_change_is_told_is_done(site: Site, visit: Open) -> None:
    page = visit(site, "measure")
    listed = page.locator(".st-key-index a")
    assert listed.count() > 1
    search = page.get_by_label("Find a measure")
    search.fill("sickness")
    search.evaluate(
        """search => {
          document.querySelector('[class*="st-key-follow_"] button').click();
          search.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
        }"""
    )
    expect(listed).to_have_count(1)
    expect(listed).to_contain_text("Sickness")


def test_a_load_shows_without_a_click_and_keeps_the_readers_place(
    own_site: Site, visit: Open, tmp_path: Path
) -> None:
    page = visit(own_site, height=600)
    older = visit(own_site, "systems?week=2010-03-15&team=AT1")
    before = int(page.locator(CAFS).inner_text().split()[-1])
    stood = older.locator(".st-key-board").inner_text()
    page.locator(".board-key").scroll_into_view_if_needed()
    place = page.locator("[data-testid=stMain]").evaluate("main => main.scrollTop")
    assert place > 0

    load_another_caf(own_site, tmp_path / "new")

    expect(page.locator(CAFS)).to_contain_text(str(before + 1))
    assert page.locator("[data-testid=stMain]").evaluate("main => main.scrollTop") == place
    expect(older.locator(".freshness")).to_contain_text("Assessment Team 1 · Week to Sun 21 Mar 2010")
    assert older.locator(".st-key-board").inner_text() == stood
    assert older.url.endswith("systems?week=2010-03-15&team=AT1")


SHOWN = {
    "this_week?week=2010-03-15": ".row_cafs_started",
    "accountability?week=2010-03-15&team=AT1": ".row_decisions_within_24_hours",
    "measure?measure=sickness_absence&week=2010-03-15": ".verdict",
    "measure?measure=decisions_within_24_hours&form=table": "table",
    "cases?measure=decisions_within_24_hours&show=waiting": "table",
    "cases?measure=decisions_within_24_hours&week=2010-03-15&team=AT1": "table",
}


@pytest.mark.soak
def test_a_database_that_goes_away_is_told_on_every_page_and_comes_back_by_itself(
    own_site: Site, visit: Open
) -> None:
    pages = {address: visit(own_site, address) for address in SHOWN}
    stood = {address: page.locator(SHOWN[address]).first.inner_text() for address, page in pages.items()}
    file = Path(own_site.database.removeprefix("sqlite:///"))
    away = file.rename(file.with_suffix(".away"))
    for address, page in pages.items():
        expect(page.get_by_role("heading", name="No data to show")).to_be_visible()
        expect(page.locator(SHOWN[address])).to_have_count(0)
        expect(page.locator("[data-testid=stMain]")).not_to_contain_text("Traceback")
    away.rename(file)
    for address, page in pages.items():
        expect(page.locator(SHOWN[address]).first).to_be_visible()
        expect(page.get_by_role("heading", name="No data to show")).to_have_count(0)
        assert page.locator(SHOWN[address]).first.inner_text() == stood[address]
        assert page.url.endswith(address)


@pytest.mark.soak
def test_an_empty_database_fills_by_itself(visit: Open, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    up_to_date(url).dispose()
    with serving(url) as site:
        page = visit(site)
        expect(page.get_by_role("heading", name="Nothing is loaded yet")).to_be_visible()
        load_another_caf(site, tmp_path / "new")
        expect(page.get_by_role("heading", name="What needs attention")).to_be_visible()
