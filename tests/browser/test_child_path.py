"""From a list to one child's path and back, and the meeting that opens with the same child after a refresh."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import Site, drawn
from tests.browser.test_everyone import grave_barriers, too_wide

pytestmark = pytest.mark.soak

Open = Callable[..., Page]
MEASURE = "initial_assessments_within_7_working_days"


def test_from_the_cases_of_a_figure_to_a_childs_path_and_back(site: Site, visit: Open) -> None:
    page = visit(site, f"cases?measure={MEASURE}")
    child = page.locator("table.plain td a.go").first
    name = child.inner_text()
    child.click()
    expect(page.locator("h1")).to_have_text(f"The path of child {name}")
    drawn(page)
    expect(page.locator("ol.path")).to_contain_text("Initial assessment completed")
    page.get_by_role("link", name="Back to the list").click()
    expect(page.locator("h1")).to_have_text("Cases")
    expect(page).to_have_url(f"{site.url}/cases?measure={MEASURE}")


def test_the_meeting_opens_with_a_child_and_with_the_same_after_a_refresh(site: Site, visit: Open) -> None:
    page = visit(site, "smt_agenda")
    page.get_by_role("link", name="Draw a child at random").click()
    steps, child = page.locator("ol.path"), page.get_by_text("Child K-").first
    expect(steps).to_be_visible()
    drawn(page)
    told, name = steps.inner_text(), child.inner_text()
    page.reload()
    drawn(page)
    expect(child).to_have_text(name)
    expect(steps).to_be_visible()
    assert steps.inner_text() == told

    page.get_by_role("link", name="Draw another child").click()
    expect(child).not_to_have_text(name)
    drawn(page)
    box = page.get_by_role("textbox", name="Or the reference of a child")
    box.fill("K-302421")
    box.press("Enter")
    expect(child).to_have_text("Child K-302421")
    drawn(page)
    page.get_by_role("link", name="Close the path").click()
    expect(steps).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("address", ["cases?child=K-302421", "smt_agenda?child=K-305065"])
def test_a_path_keeps_nobody_out_and_fits_a_phone(site: Site, visit: Open, address: str, theme: str) -> None:
    page = visit(site, address, theme=theme, width=390)
    expect(page.locator("ol.path")).to_be_visible()
    assert grave_barriers(page) == []
    assert not too_wide(page)
