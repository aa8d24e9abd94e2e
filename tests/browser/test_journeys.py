"""What people do: follow a number to its cases, send a view, go back and forth, use the keyboard alone."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from dashboard.navigation import PAGES
from data_access.measures import MEASURES
from tests.browser.browsing import Site, drawn, settled
from tests.browser.test_everyone import grave_barriers

Open = Callable[..., Page]


def parameters(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def path(page: Page) -> str:
    return urlsplit(page.url).path.strip("/")


def in_menu(page: Page, title: str) -> None:
    page.locator(".st-key-menu").get_by_role("link", name=title, exact=True).click()
    expect(page.locator(".st-key-menu_current")).to_contain_text(title)
    drawn(page)


def test_the_waiting_children_are_one_click_away(site: Site, visit: Open) -> None:
    page = visit(site)
    page.get_by_role("link", name="5 children have waited over 24 hours for a decision").click()
    page.wait_for_url("**/cases?*")
    assert parameters(page)["measure"] == "decisions_within_24_hours"
    drawn(page)


def test_every_number_of_the_board_leads_to_its_cases_in_at_most_three_clicks(site: Site, visit: Open) -> None:
    page = visit(site)
    page.locator(".st-key-board").get_by_role("link", name="Referral decisions within 24 hours").click()
    page.wait_for_url("**/measure?*")
    drawn(page)
    page.locator("[data-testid=stMain] a[href*='cases?']").first.click()
    page.wait_for_url("**/cases?*")
    drawn(page)
    assert parameters(page)["measure"] == "decisions_within_24_hours"


def test_what_is_chosen_is_in_the_address_and_back_and_forward_follow_it(site: Site, visit: Open) -> None:
    page = visit(site)
    page.evaluate("window.sameDocument = true")
    page.get_by_role("link", name="‹ 15 Mar").click()
    expect(page.locator(".freshness")).to_contain_text("Week to Sun 21 Mar 2010")
    assert parameters(page) == {"week": "2010-03-15"}
    in_menu(page, "Accountability")
    assert (path(page), parameters(page)) == ("accountability", {"week": "2010-03-15"})
    page.get_by_role("button", name="All teams").click()
    page.get_by_role("link", name="Assessment Team 1").click()
    expect(page.locator(".freshness")).to_contain_text("Assessment Team 1")
    assert parameters(page) == {"week": "2010-03-15", "team": "AT1"}

    page.go_back()
    expect(page.locator(".freshness")).not_to_contain_text("Assessment Team 1")
    assert parameters(page) == {"week": "2010-03-15"}
    page.go_back()
    expect(page.locator("h1")).to_have_text("This week")
    page.go_back()
    expect(page.locator(".freshness")).to_contain_text("Week to Sun 28 Mar 2010")
    assert parameters(page) == {}
    page.go_forward()
    expect(page.locator(".freshness")).to_contain_text("Week to Sun 21 Mar 2010")
    assert page.evaluate("window.sameDocument") is True


def test_a_view_that_was_sent_opens_as_it_was(site: Site, visit: Open) -> None:
    page = visit(site, "effective_actions?team=AT3&week=2010-02-08")
    expect(page.locator(".freshness")).to_contain_text("Assessment Team 3 · Week to Sun 14 Feb 2010")
    assert parameters(page) == {"team": "AT3", "week": "2010-02-08"}


@pytest.mark.soak
def test_every_link_of_the_menu_opens_its_page_in_a_new_tab(site: Site, visit: Open) -> None:
    page = visit(site, "systems")
    for entry in PAGES:
        link = page.locator(".st-key-menu").get_by_role("link", name=entry.title, exact=True)
        address = link.evaluate("link => link.href")
        other = visit(site, address.removeprefix(f"{site.url}/"))
        expect(other.locator(".st-key-menu_current")).to_contain_text(entry.title)


LINKS = {
    "the menu": (".st-key-menu", "Accountability"),
    "the board": (".st-key-board", "Referral decisions within 24 hours"),
    "the cases that wait": (".st-key-attention", "2 children have waited over 24 hours for a decision"),
    "the week before": (".st-key-choices", "‹ 8 Mar"),
}


@pytest.mark.parametrize(
    ("where", "how"),
    [
        pytest.param(where, how, marks=pytest.mark.soak if number or how != "middle" else [])
        for number, where in enumerate(LINKS)
        for how in ("Control", "Shift", "middle")
    ],
)
def test_a_link_opens_in_a_new_tab_as_the_browser_does_it(site: Site, visit: Open, where: str, how: str) -> None:
    page = visit(site, "?week=2010-03-15&team=AT1")
    within, name = LINKS[where]
    link = page.locator(within).get_by_role("link", name=name, exact=True)
    with page.context.expect_page() as opened:
        if how == "middle":
            link.click(button="middle")
        else:
            link.click(modifiers=[how])
    other = opened.value
    drawn(other)
    assert (path(page), parameters(page)) == ("", {"week": "2010-03-15", "team": "AT1"})

    link.click()
    page.wait_for_url(other.url)
    for part in ("h1", ".freshness"):
        expect(page.locator(part).first).to_have_text(other.locator(part).first.text_content() or "")


def test_the_keyboard_alone_reaches_and_follows_a_measure(site: Site, visit: Open) -> None:
    page = visit(site)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Staff using ICS":
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/measure?measure=staff_using_ics*")
    drawn(page)


def test_a_cell_of_the_grid_shows_its_measures_alone_and_back_shows_all(site: Site, visit: Open) -> None:
    page = visit(site, "systems?team=AT1")
    rows = page.locator(".row:visible")
    page.evaluate("window.sameDocument = true")
    every = rows.count()
    cell = page.locator("table.grid a").first
    number = int(cell.inner_text())
    cell.click()
    expect(page.locator(".standing")).to_contain_text(f"{number} of ")
    expect(rows).to_have_count(number)
    assert parameters(page).keys() == {"team", "change", "target"}
    page.get_by_role("link", name="Only what changed since the week before").click()
    expect(page.locator(".standing")).to_contain_text("changed since the week before")
    assert parameters(page)["since"] == "week"
    page.go_back()
    expect(rows).to_have_count(number)
    page.go_back()
    expect(rows).to_have_count(every)
    page.locator("details.steady summary").first.click()
    assert rows.count() > every
    assert page.evaluate("window.sameDocument") is True


@pytest.mark.soak
def test_clicking_on_before_a_page_is_drawn_shows_the_last_page_whole(site: Site, visit: Open) -> None:
    page = visit(site, "systems?team=AT1")
    rows = page.locator(".row:visible")
    every = rows.count()
    page.evaluate(
        """async (addresses) => {
          for (let click = 0; click < 160; click += 1) {
            history.pushState({}, "", addresses[click % addresses.length]);
            dispatchEvent(new PopStateEvent("popstate", { state: {} }));
            await new Promise((resolve) => setTimeout(resolve, (click % 9) * 15));
          }
        }""",
        ["/systems?team=AT1&change=common_cause", "/systems", "/systems?team=AT1&since=week", "/systems?team=AT1"],
    )
    drawn(page)
    expect(rows).to_have_count(every)
    expect(page.get_by_text("Connection error")).to_have_count(0)


def test_words_to_find_in_the_address_narrow_the_index_and_all_is_a_click_away(site: Site, visit: Open) -> None:
    page = visit(site, "measure?week=2010-03-15&find=ics+plan")
    box, entries = page.get_by_role("textbox", name="Find a measure"), page.locator(".entry")
    expect(entries.first).to_contain_text("Staff using ICS")
    expect(box).to_have_value("ics plan")
    fewer = entries.count()
    page.get_by_role("link", name="Show all").click()
    expect(entries).to_have_count(len(MEASURES))
    assert fewer < len(MEASURES)
    assert parameters(page) == {"week": "2010-03-15"}


def test_an_unknown_week_shows_a_message_and_a_way_back(site: Site, visit: Open) -> None:
    page = visit(site, "?week=2010-13-45")
    expect(page.get_by_role("heading", name="Not found")).to_be_visible()
    page.get_by_role("link", name="Back to This week").click()
    expect(page.locator("h1")).to_have_text("This week")
    assert parameters(page) == {}


def test_a_target_is_set_seen_on_the_chart_and_withdrawn(own_site: Site, visit: Open) -> None:
    page = visit(own_site, "measure?measure=referrals_leading_to_initial_assessment", theme="dark")
    page.get_by_text("Targets and notes", exact=True).click()
    settled(page, page.get_by_text("Set a target", exact=True)).click()
    settled(page, page.get_by_role("textbox", name="The figure", exact=True)).fill("120%")
    day = page.get_by_role("group", name="Holds from").get_by_role("spinbutton").first
    day.click()
    page.keyboard.type("04012010")
    page.get_by_role("textbox", name="Why", exact=True).fill("Agreed by the board")
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator(".fault")).to_contain_text("Expected: at most 100%")
    assert grave_barriers(page) == []
    settled(page, page.get_by_role("textbox", name="The figure", exact=True)).fill("20%")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("status")).to_have_text("Target target-1 is kept.")
    expect(page.locator(".decided")).to_contain_text("20% from 4 January 2010; of the plan. Because: Agreed")
    expect(page.locator(".verdict")).to_contain_text("target 20%")
    expect(page.locator("[data-testid=stVegaLiteChart] text", has_text="target 20%")).to_have_count(1)

    settled(page, page.get_by_text("Change or withdraw", exact=True)).click()
    settled(page, page.get_by_role("combobox", name="Which")).click()
    page.get_by_role("option", name="Target target-1").click()
    withdraw = page.get_by_role("button", name="Withdraw it")
    settled(page, withdraw)
    page.get_by_role("textbox", name="Why", exact=True).fill("Set by mistake")
    withdraw.click()
    expect(page.get_by_role("status")).to_have_text("Target target-1 is withdrawn.")
    expect(page.locator(".verdict")).not_to_contain_text("target 20%")


def test_a_line_of_the_plan_leads_to_its_measure_and_back(site: Site, visit: Open) -> None:
    page = visit(site)
    in_menu(page, "Action plan")
    page.get_by_role("link", name="9 overdue").click()
    page.wait_for_url("**/action_plan?show=overdue")
    drawn(page)
    page.locator(".plan-line").get_by_role("link", name="Referral decisions within 24 hours").click()
    page.wait_for_url("**/action_plan?line=9a")
    drawn(page)
    assert grave_barriers(page) == []
    page.get_by_role("link", name="Referral decisions within 24 hours", exact=True).click()
    page.wait_for_url("**/measure?*")
    drawn(page)
    page.get_by_role("link", name="Line 9b of the plan").click()
    page.wait_for_url("**/action_plan?line=9b")
    expect(page.locator("h1")).to_contain_text("9b Referral decisions for good")


def test_a_finding_leads_to_a_sample_of_its_cases_with_their_paths(site: Site, visit: Open) -> None:
    page = visit(site, "inspection_evidence?show=priority_action")
    page.get_by_role("link", name="Sample of 5 cases of Referral decisions within 24 hours").click()
    page.wait_for_url("**/cases?*")
    drawn(page)
    assert parameters(page) == {"measure": "decisions_within_24_hours", "sample": "5"}
    expect(page.locator("table.plain tbody th")).to_have_count(5)
    expect(page.locator("table.plain tbody")).to_contain_text("contact ")


@pytest.mark.soak
def test_a_finding_leads_to_its_measure_its_cases_and_its_pack(site: Site, visit: Open) -> None:
    page = visit(site, "inspection_evidence?show=priority_action&team=AT2")
    page.get_by_role("link", name="Referral decisions within 24 hours").first.click()
    page.wait_for_url("**/measure?*")
    drawn(page)
    assert parameters(page) == {"measure": "decisions_within_24_hours", "team": "AT2"}
    page.go_back()
    page.wait_for_url("**/inspection_evidence?*")
    drawn(page)
    page.get_by_role("link", name="Cases of Referral decisions within 24 hours", exact=True).click()
    page.wait_for_url("**/cases?*")
    drawn(page)
    assert parameters(page) == {"measure": "decisions_within_24_hours", "team": "AT2"}
    page.go_back()
    page.wait_for_url("**/inspection_evidence?*")
    drawn(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Excel").click()
    assert download.value.suggested_filename == "evidence-AT2-2010-03-22.xlsx"
