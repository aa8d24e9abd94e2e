"""For everyone: no barrier that axe can find, one screen, one printed page, cards on a phone, room to enlarge."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from dashboard.navigation import PAGES
from data_access.measures import MEASURES
from tests.browser.browsing import Site

Open = Callable[..., Page]

NAMES = [
    *(page.name for page in PAGES),
    *(f"{name}?measure={next(iter(MEASURES))}" for name in ("measure", "cases")),
    "team?team=AT2",
]
IN_SOAK = (
    *("systems", "family_focus", "effective_actions"),
    *("packs", "audits", "inspection_evidence", "signed_weeks", "team", "definitions"),
)
"""Strand pages that are made as Accountability is, which has the most rows, and pages that are seldom changed."""
IN_TEST = [pytest.param(name, marks=pytest.mark.soak if name in IN_SOAK else ()) for name in NAMES]
THEMES = ["light", "dark"]
REDRAWN_WITHIN = 500
"""Milliseconds in which charts take the room of a window that has changed."""

A4_WITHIN_MARGINS = (1054, 726)
"""Pixels of an A4 page on its side within margins of 9 mm."""


def widest() -> set[str]:
    """Return the measures with the longest title, the longest heading of a column, and the most dimensions."""
    defined = [measure.definition for measure in MEASURES.values()]
    titles = max(defined, key=lambda one: len(one.title))
    headings = max(defined, key=lambda one: max((len(detail.title) for detail in one.details), default=0))
    return {one.id for one in (titles, headings, max(defined, key=lambda one: len(one.dimensions)))}


IN_SHARES = [pytest.param(name, marks=[] if name in widest() else pytest.mark.soak) for name in MEASURES]
"""`make test` looks at the measures with the widest tables, `make soak` at all others."""


LIGHT_IN_TEST = [pytest.param(theme, marks=() if theme == "light" else pytest.mark.soak) for theme in THEMES]
"""What a page is made of is the same in both; the colours of dark, which rarely change, are looked at in soak."""


def too_wide(page: Page) -> bool:
    """Return whether the page must be scrolled sideways."""
    return bool(
        page.locator("[data-testid=stMain]").evaluate("main => main.scrollWidth > main.clientWidth + 1")
        or page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
    )


def grave_barriers(page: Page) -> list[str]:
    """Return the barriers on a page as it stands that axe calls serious or critical."""
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:160]}"
        for one in Axe().run(page).response["violations"]
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"][:3]
    ]


def overlapping(page: Page) -> list[str]:
    """Return the links of a page whose words lie over one another, in pairs."""
    found: list[str] = page.locator("[data-testid=stMain]").evaluate(
        """main => {
          const words = [...main.querySelectorAll("a p, a.go")].filter(one => one.checkVisibility()).flatMap(one =>
            [...one.getClientRects()].map(box => ({box, text: one.textContent, one})));
          const within = 3;
          return words.flatMap((a, place) => words.slice(place + 1)
            .filter(b => a.one !== b.one
              && Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > within
              && Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > within)
            .map(b => `${a.text} over ${b.text}`));
        }"""
    )
    return found


def tables_cut_off(page: Page) -> list[str]:
    """Return the tables of a page that must be scrolled sideways to be read."""
    found: list[str] = page.locator(".scrolling").evaluate_all(
        """tables => tables.filter(one => one.scrollWidth > one.clientWidth + 1)
             .map(one => `${one.getAttribute("aria-label")}: ${one.scrollWidth} in ${one.clientWidth}`)"""
    )
    return found


def pages_printed(page: Page) -> int:
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    return len(re.findall(rb"/Type\s*/Page[^s]", printed))


def hold_to_widths(page: Page, *widths: int) -> None:
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(REDRAWN_WITHIN)
        assert not too_wide(page), width
        assert overlapping(page) == [], width


@pytest.mark.parametrize("name", IN_TEST)
def test_on_a_desk_axe_finds_nothing_serious_and_nothing_needs_scrolling_sideways_or_lies_over_another(
    site: Site, visit: Open, name: str
) -> None:
    """1200 and 1100 are small desks, 720 a desk’s screen at 200%; the menu is open and takes its room."""
    page = visit(site, name)
    assert grave_barriers(page) == []
    hold_to_widths(page, 1200, 1100, 720)


@pytest.mark.parametrize("name", IN_TEST)
def test_on_a_phone_nothing_needs_scrolling_sideways_or_lies_over_another(site: Site, visit: Open, name: str) -> None:
    """390 is a phone, 320 what WCAG 1.4.10 asks for; the menu is closed."""
    hold_to_widths(visit(site, name, width=320, height=900), 320, 390)


@pytest.mark.soak
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing_serious_in_the_dark(site: Site, visit: Open, name: str) -> None:
    """What a page is made of is the same in both themes; the colours of dark rarely change."""
    assert grave_barriers(visit(site, name, theme="dark")) == []


def test_this_week_fits_one_screen_and_one_printed_page(site: Site, visit: Open) -> None:
    page = visit(site)
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("main => main.scrollHeight") <= 1000
    assert not too_wide(page)
    assert pages_printed(page) == 1


def test_this_week_prints_on_one_page_in_the_dark_too(site: Site, visit: Open) -> None:
    assert pages_printed(visit(site, theme="dark")) == 1


def test_a_teams_report_prints_on_one_page(site: Site, visit: Open) -> None:
    assert pages_printed(visit(site, "team?team=AT2")) == 1


@pytest.mark.parametrize("withheld", ["**/PageLink*.js", "**/*.woff2"])
def test_one_page_has_room_to_spare_however_early_it_is_printed(site: Site, visit: Open, withheld: str) -> None:
    """Links still to come, or another font, leave a tenth of the page free; none of it hangs on the moment."""
    page = visit(site, withheld=withheld)
    assert pages_printed(page) == 1
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4_WITHIN_MARGINS[0], "height": A4_WITHIN_MARGINS[1]})
    used = page.locator("[data-testid=stMain]").evaluate("main => main.getBoundingClientRect().bottom")
    assert 0 < used <= 0.9 * A4_WITHIN_MARGINS[1]


@pytest.mark.parametrize("form", ["", "&form=table&units=table"])
@pytest.mark.parametrize("measure", IN_SHARES)
def test_no_measure_and_none_of_its_tables_needs_scrolling_sideways(
    site: Site, visit: Open, measure: str, form: str
) -> None:
    """However long the titles of its columns are: neither the page nor a table within it."""
    page = visit(site, f"measure?measure={measure}{form}", width=1440)
    for width in (1440, 1200, 1081, 1080, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(REDRAWN_WITHIN)
        assert not too_wide(page), width
        assert tables_cut_off(page) == [], width
        assert overlapping(page) == [], width


def test_a_row_is_a_card_on_a_phone(site: Site, visit: Open) -> None:
    page = visit(site, width=390, height=844)
    row = page.locator(".row_decisions_within_24_hours")
    tops = [
        row.locator(part).first.evaluate("part => part.getBoundingClientRect().top")
        for part in (".title a", ".value", ".spark img", ".told")
    ]
    assert tops == sorted(tops)


def test_a_list_of_cases_fits_although_a_result_tells_its_reason(site: Site, visit: Open) -> None:
    page = visit(site, "cases?measure=decisions_within_24_hours&over=window", width=1440)
    for width in (1440, 1200, 1100, 768):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(REDRAWN_WITHIN)
        right = "tables => tables.map(table => table.getBoundingClientRect().right)"
        assert max(page.locator("table.plain").evaluate_all(right)) <= width
