"""The agenda as the meeting uses it: presented by keys, drafts through a refresh, a decision changed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dashboard.components.agenda.parts import SCREENS
from tests.browser.browsing import Site, drawn, settled
from tests.browser.test_everyone import grave_barriers, too_wide
from tests.browser.test_meeting import WEEK, box, choose, day

Open = Callable[..., Page]
pytestmark = pytest.mark.soak


def hold_to_screen(page: Page, place: int) -> None:
    """Wait until a screen is drawn, and hold it to what every screen must be."""
    title = page.locator("h1[data-screen]")
    expect(title).to_have_text(SCREENS[place].title)
    expect(title).to_be_focused()
    expect(page.locator(".steps p")).to_contain_text(f"{place + 1} of {len(SCREENS)}")
    drawn(page)
    assert not too_wide(page)
    assert grave_barriers(page) == []


@pytest.mark.parametrize("width", [1440, 390])
def test_the_agenda_is_presented_by_keys(site: Site, visit: Open, width: int) -> None:
    page = visit(site, WEEK, width=width, height=900)
    page.get_by_role("link", name="Present on the meeting’s screen").click()
    for place in range(len(SCREENS)):
        hold_to_screen(page, place)
        page.keyboard.press(("ArrowRight", "PageDown")[place % 2])
    hold_to_screen(page, len(SCREENS) - 1)
    page.keyboard.press("PageUp")
    hold_to_screen(page, len(SCREENS) - 2)
    page.reload()
    drawn(page)
    hold_to_screen(page, len(SCREENS) - 2)

    # a key that is typed into a field stays there
    box(page, "What is to be done").fill("Duty")
    for key in ("ArrowLeft", "PageDown", "Escape"):
        page.keyboard.press(key)
    expect(box(page, "What is to be done")).to_be_focused()
    page.get_by_role("link", name="Back: Actions due").click()
    hold_to_screen(page, len(SCREENS) - 3)
    page.keyboard.press("Escape")
    expect(page.locator("h1")).to_have_text("SMT agenda")
    assert "week=2009-12-07" in page.url
    assert "screen" not in page.url


def test_a_draft_with_day_and_choice_outlives_a_refresh_and_is_gone_once_it_is_kept(
    own_site: Site, visit: Open
) -> None:
    page = visit(own_site, WEEK)
    box(page, "What is to be done").fill("Two managers on duty")
    box(page, "Who does it, by role").fill("Group manager")
    day(page, "Until when", "14122009")
    choose(page, "What should it do", "should rise")
    choose(page, "Which measure should move", "Referral decisions within 24 hours")
    day(page, "Tested on", "28032010")
    box(page, "Who attended, by role").fill("Director")
    for _ in range(2):
        page.reload()
        drawn(page)
        expect(box(page, "What is to be done")).to_have_value("Two managers on duty")
        expect(page.get_by_role("combobox", name="What should it do")).to_have_value("should rise")
        expect(box(page, "Who attended, by role")).to_have_value("Director")
    settled(page, page.get_by_role("button", name="Note the decision")).click()
    expect(page.locator(".decision")).to_contain_text("due 14 December 2009")
    expect(page.locator(".decision")).to_contain_text("24 hours should rise; tested on 28 March 2010")
    expect(box(page, "What is to be done")).to_have_value("")

    # a second draft of the session comes back as well, without what was kept
    box(page, "Who does it, by role").fill("Director")
    page.reload()
    drawn(page)
    expect(box(page, "Who does it, by role")).to_have_value("Director")
    expect(box(page, "What is to be done")).to_have_value("")

    # the decision is changed and withdrawn
    settled(page, page.get_by_role("link", name="Change or withdraw: Two managers on duty")).click()
    why = box(page, "Why it is changed or withdrawn")
    change = page.locator("[data-testid=stForm]").filter(has=why)
    change.get_by_role("textbox", name="Who does it, by role").fill("Divisional Director")
    why.fill("Agreed otherwise")
    settled(page, page.get_by_role("button", name="Keep the change")).click()
    expect(page.locator(".decision")).to_contain_text("Divisional Director: Nothing said yet")
    expect(why).to_have_count(0)
    page.locator(".history summary").click()
    expect(page.locator(".history")).to_contain_text("Group manager → Divisional Director – Agreed otherwise")
    settled(page, page.get_by_role("link", name="Change or withdraw: Two managers on duty")).click()
    expect(why).to_have_value("")
    settled(page, why).fill("Not needed")
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.locator(".decision")).to_contain_text("Divisional Director: Withdrawn: Not needed")
    assert grave_barriers(page) == []
