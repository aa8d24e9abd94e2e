"""Loading in the browser: a preview, then the load; plain words for trouble; downloads without formulas."""

import csv
import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import Site, command_line, drawn
from tests.browser.test_everyone import LIGHT_IN_TEST, REDRAWN_WITHIN, grave_barriers, too_wide
from tests.council import ROOT

Open = Callable[..., Page]

COUNCIL = ROOT / "sample_data" / "council"
ANNEX_A = ROOT / "tests" / "loading" / "annex_a" / "files" / "child-event-journeys.xlsx"
CAFS = ".row_cafs_started .value"
SOON = 90_000
"""Milliseconds in which a load is done on a busy machine."""


@pytest.fixture
def delivery(tmp_path: Path) -> list[Path]:
    """Give CAFs of the latest week, one good row and one bad, with their manifest."""
    heads, *_, last = (COUNCIL / "cafs.csv").read_text(encoding="utf-8").splitlines()
    row = dict(zip(heads.split(","), last.split(","), strict=False))
    good = {**row, "caf_id": "CAF-NEW", "started_on": "2010-03-24"}
    bad = {**row, "caf_id": "=1+1", "started_on": "2010-13-24"}
    cafs = tmp_path / "cafs.csv"
    cafs.write_text("\n".join([heads, ",".join(good.values()), ",".join(bad.values())]) + "\n", encoding="utf-8")
    manifest = tmp_path / "manifest.csv"
    manifest.write_text(
        "extract,extracted_at,covers_from,covers_to,complete\ncafs,2010-03-29 07:30,2010-03-22,2010-03-28,no\n"
    )
    return [cafs, manifest]


def hand_over(page: Page, *files: Path) -> None:
    page.locator("input[type=file]").set_input_files(list(files))
    page.get_by_role("button", name="Preview").click()


def report(page: Page) -> str:
    expect(page.locator(".report, .problem, .asks").first).to_be_visible(timeout=SOON)
    return page.locator(".report, .problem, .asks").first.inner_text()


def test_a_preview_then_a_load_then_the_board_shows_it(own_site: Site, visit: Open, delivery: list[Path]) -> None:
    board, page = visit(own_site), visit(own_site, "loads_and_quality")
    before = int(board.locator(CAFS).inner_text().split()[-1])
    hand_over(page, *delivery)
    preview = report(page)
    assert "Nothing has changed yet" in preview
    assert "1 row refused" in preview
    assert "cafs.csv, row 3, started_on: '2010-13-24'" in preview
    assert "CAFs started" in preview
    expect(board.locator(CAFS)).to_contain_text(str(before))

    page.get_by_role("button", name="Load these files").click()
    expect(page.get_by_text("Loaded as load 2")).to_be_visible(timeout=SOON)
    expect(board.locator(CAFS)).to_contain_text(str(before + 1))
    expect(page.locator("[data-testid=stMain]")).to_contain_text("the app (")
    expect(page.get_by_role("button", name="Preview")).to_have_count(0)

    with page.expect_download() as handed:
        page.locator(".st-key-refused_bar").get_by_role("button", name="Download").click()
    [row] = csv.DictReader(io.StringIO(handed.value.path().read_text(encoding="utf-8-sig")))
    assert row["Reference"] == "'=1+1"


@pytest.mark.soak
def test_a_cut_off_file_loads_when_the_box_that_names_the_number_is_ticked(
    own_site: Site, visit: Open, tmp_path: Path
) -> None:
    heads, *rows = (COUNCIL / "cafs.csv").read_text(encoding="utf-8").splitlines()
    cut_off = tmp_path / "cafs.csv"
    cut_off.write_text("\n".join([heads, *rows[:40]]) + "\n", encoding="utf-8")
    manifest = tmp_path / "manifest.csv"
    manifest.write_text(
        "extract,extracted_at,covers_from,covers_to,complete\ncafs,2010-03-30 07:30,2007-04-01,2010-03-28,yes\n"
    )
    page = visit(own_site, "loads_and_quality", width=390, height=900)
    hand_over(page, cut_off, manifest)
    assert "1 thing has to be confirmed" in report(page)
    load = page.get_by_role("button", name="Load these files")
    expect(load).to_be_disabled()
    box = page.get_by_text("of CAFs that stand")
    expect(box).to_contain_text("Withdraw")
    assert not too_wide(page)
    assert grave_barriers(page) == []
    box.click()
    expect(load).to_be_enabled()
    load.click()
    expect(page.get_by_text("Loaded as load 2")).to_be_visible(timeout=SOON)
    expect(page.get_by_text("confirmed withdrawals of CAFs.")).to_be_visible(timeout=SOON)


@pytest.mark.soak
def test_the_same_files_again_are_known(own_site: Site, visit: Open) -> None:
    page = visit(own_site, "loads_and_quality")
    hand_over(page, COUNCIL / "teams.csv", COUNCIL / "manifest.csv")
    assert "Nothing is new" in report(page)
    expect(page.get_by_role("button", name="Load these files")).to_have_count(0)


@pytest.mark.soak
def test_other_files_need_a_preview_of_their_own(site: Site, visit: Open, delivery: list[Path]) -> None:
    page = visit(site, "loads_and_quality")
    hand_over(page, *delivery)
    expect(page.get_by_role("button", name="Load these files")).to_be_visible(timeout=SOON)
    page.locator("input[type=file]").set_input_files([COUNCIL / "events.csv"])
    expect(page.get_by_role("button", name="Load these files")).to_have_count(0)
    expect(page.locator(".report")).to_have_count(0)


@pytest.mark.soak
@pytest.mark.parametrize("theme", LIGHT_IN_TEST)
def test_a_preview_has_no_serious_barrier_and_needs_no_scrolling_sideways(
    site: Site, visit: Open, delivery: list[Path], theme: str
) -> None:
    page = visit(site, "loads_and_quality", theme=theme)
    hand_over(page, *delivery)
    expect(page.get_by_role("button", name="Load these files")).to_be_visible(timeout=SOON)
    assert grave_barriers(page) == []
    for width in (1440, 768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(REDRAWN_WITHIN)
        assert not too_wide(page), width


@pytest.mark.soak
def test_a_picture_is_told_in_plain_words(site: Site, visit: Open, tmp_path: Path) -> None:
    picture = tmp_path / "annex a.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n and so on")
    page = visit(site, "loads_and_quality")
    hand_over(page, picture)
    told = report(page)
    assert "annex a.xlsx can't be read: it is a picture" in told
    assert "Traceback" not in page.locator("[data-testid=stMain]").inner_text()


def test_an_upload_waits_for_a_load_that_runs_and_says_so(site: Site, visit: Open, delivery: list[Path]) -> None:
    file = site.database.removeprefix("sqlite:///")
    code = f"import sqlite3, sys; c = sqlite3.connect({file!r}); c.execute('BEGIN IMMEDIATE'); sys.stdin.read()"
    page = visit(site, "loads_and_quality")
    with subprocess.Popen([*command_line("load")[:2], code], stdin=subprocess.PIPE) as holder:
        hand_over(page, *delivery)
        expect(page.get_by_text("A load is running; waiting for its end").first).to_be_visible(timeout=SOON)
        holder.communicate()
    expect(page.get_by_text("Nothing has changed yet")).to_be_visible(timeout=SOON)


@pytest.mark.soak
def test_annex_a_asks_when_it_was_taken_and_only_then(site: Site, visit: Open) -> None:
    page = visit(site, "loads_and_quality")
    hand_over(page, ANNEX_A)
    assert "Nothing in these files says when they were taken" in report(page)
    expect(page.get_by_role("button", name="Preview")).to_be_disabled()
    for label, typed in (("Taken when", "300620200900"), ("Covers from", "01012019"), ("Covers to", "29062020")):
        parts = page.get_by_role("group", name=label).get_by_role("spinbutton")
        parts.first.click()
        page.keyboard.type(typed)
        expect(parts.nth(2)).to_have_text(typed[4:8])
        page.keyboard.press("Escape")
        page.locator("h1").click()
    expect(page.get_by_role("button", name="Preview")).to_be_enabled()
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".report")).to_contain_text("Annex A", timeout=SOON)


def test_rows_to_correct_are_handed_out_by_team(site: Site, visit: Open) -> None:
    page = visit(site, "loads_and_quality?part=quality&team=AT1")
    with page.expect_download() as handed:
        page.locator(".st-key-correct_bar").get_by_role("button", name="Download all").click()
    assert handed.value.suggested_filename == "rows_to_correct_AT1.csv"
    rows = list(csv.DictReader(io.StringIO(handed.value.path().read_text(encoding="utf-8-sig"))))
    assert {row["team"] for row in rows} == {"AT1"}
    assert {row["classification"] for row in rows} == {"internal"}
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.soak
def test_a_rule_leads_to_its_rows_by_the_keyboard(site: Site, visit: Open) -> None:
    page = visit(site, "loads_and_quality?part=quality")
    page.locator(".st-key-rules").get_by_role("link", name="Referrals decided by nobody").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**rule=referrals_decided_by_nobody*")
    expect(page.locator(".st-key-correct_bar h3")).to_contain_text("Referrals decided by nobody")


def test_the_measure_page_leads_to_its_broken_rules(site: Site, visit: Open) -> None:
    page = visit(site, "measure?measure=decisions_within_24_hours")
    page.get_by_role("link", name="Data quality").click()
    page.wait_for_url("**/loads_and_quality?*")
    drawn(page)
    expect(page.locator("[data-testid=stMain] h2").first).to_have_text("Quality")


@pytest.mark.soak
def test_templates_are_handed_out(site: Site, visit: Open) -> None:
    page = visit(site, "loads_and_quality")
    page.get_by_text("Templates and format").click()
    with page.expect_download() as handed:
        page.get_by_role("button", name="All templates (zip)").click()
    assert handed.value.suggested_filename == "templates.zip"
