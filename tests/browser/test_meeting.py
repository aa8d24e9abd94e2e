"""A whole meeting in the browser and the week after, with two editors, one of whom loads the page again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.browsing import Site, drawn, settled
from tests.browser.test_everyone import grave_barriers

Open = Callable[..., Page]
WEEK, NEXT = "smt_agenda?week=2009-12-07", "smt_agenda?week=2010-03-22"
COMMENT = "What is said about CAFs started"


def day(page: Page, label: str, text: str) -> None:
    page.get_by_role("group", name=label).get_by_role("spinbutton").first.click()
    page.keyboard.type(text)


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label, exact=True).click()
    page.keyboard.type(option)
    page.get_by_role("option", name=option, exact=True).click()
    drawn(page)


def box(page: Page, label: str) -> Locator:
    return page.get_by_role("textbox", name=label, exact=True)


def sign_off(page: Page, week: str) -> None:
    drawn(page)
    box(page, "Who attended, by role").fill("Director, heads of service")
    page.get_by_text("These are the figures that the meeting saw").click()
    page.get_by_role("button", name=f"Sign {week} off").click()
    expect(page.locator(".done")).to_have_text(f"{week} is signed off.")


@pytest.mark.soak
def test_a_meeting_of_two_editors_and_the_week_after(own_site: Site, visit: Open) -> None:
    chair, minutes = visit(own_site, WEEK), visit(own_site, WEEK)

    # a draft outlives a refresh
    choose(minutes, "Measure", "CAFs started")
    box(minutes, COMMENT).press_sequentially("Half-term: fewer schools")
    minutes.reload()
    drawn(minutes)
    expect(box(minutes, COMMENT)).to_have_value("Half-term: fewer schools")
    box(minutes, COMMENT).press_sequentially(" than usual")

    # somebody else comments on the same measure first
    choose(chair, "Measure", "CAFs started")
    settled(chair, box(chair, COMMENT)).fill("A good week")
    chair.get_by_role("button", name="Keep the comment").click()
    expect(chair.locator(".said")).to_contain_text("A good week")
    expect(minutes.locator(".meanwhile")).to_contain_text("A good week")
    expect(box(minutes, COMMENT)).to_have_value("Half-term: fewer schools than usual")
    minutes.reload()
    drawn(minutes)
    expect(box(minutes, COMMENT)).to_have_value("Half-term: fewer schools than usual")
    expect(minutes.locator(".meanwhile")).to_contain_text("Written meanwhile: A good week")
    settled(minutes, minutes.get_by_role("button", name="Keep the comment")).click()
    expect(minutes.locator(".problem")).to_contain_text("Somebody else wrote about this measure after your draft")
    expect(minutes.locator(".meanwhile")).to_contain_text("It says now: A good week")
    expect(box(minutes, COMMENT)).to_have_value("Half-term: fewer schools than usual")
    settled(minutes, minutes.get_by_role("button", name="Keep the comment")).click()
    expect(minutes.locator(".done")).to_have_text("The comment is kept.")
    drawn(minutes)
    expect(chair.locator(".said")).to_contain_text("Half-term: fewer schools than usual")

    box(minutes, "What is to be done").fill("Two managers on duty")
    box(minutes, "Who does it, by role").fill("Group manager")
    day(minutes, "Until when", "14122009")
    choose(minutes, "Which measure should move", "Referral decisions within 24 hours")
    choose(minutes, "What should it do", "should rise")
    day(minutes, "Tested on", "28032010")
    minutes.get_by_role("button", name="Note the decision").click()
    expect(minutes.locator(".done")).to_have_text("The decision is noted.")
    expect(chair.locator(".decision")).to_contain_text("Two managers on duty Group manager: Nothing said yet")
    expect(box(minutes, "What is to be done")).to_have_value("")

    sign_off(chair, "w/c 7 December 2009")
    expect(chair.locator(".signed")).to_contain_text("Signed off by")
    expect(minutes.locator(".signed")).to_contain_text("Attended: Director, heads of service.")
    minutes.reload()
    drawn(minutes)
    expect(box(minutes, COMMENT)).to_have_value("Half-term: fewer schools than usual")

    after = visit(own_site, NEXT)
    expect(after.locator(".decision")).to_contain_text("Right: Referral decisions within 24 hours should rise")
    assert grave_barriers(after) == []
    settled(after, after.get_by_role("button", name="Done", exact=True)).click()
    expect(after.locator(".done")).to_have_text("Two managers on duty: done.")
    expect(after.locator(".decision")).to_contain_text("Group manager: Done.")
    sign_off(after, "w/c 22 March 2010")
    expect(after.locator(".decision")).to_contain_text("kept with w/c 22 March 2010")
    after.get_by_role("link", name="Signed weeks, and what stands otherwise now").click()
    expect(after.locator("h1")).to_have_text("Signed weeks")
    expect(after.locator("tbody tr")).to_have_count(2)
