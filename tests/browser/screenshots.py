"""Pictures of every page, to be looked at: `python -m tests.browser.screenshots FOLDER`.

Each page of the registry, and each measure, on a desk, a tablet and a phone, in light and in dark, over the sample
council.
"""

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from dashboard.navigation import PAGES
from data_access.measures import MEASURES
from tests.browser.browsing import Visit
from tests.browser.conftest import launch, serving
from tests.council import make_council

SIZES = {1440: 1000, 768: 1024, 390: 844}
THEMES = ("light", "dark")
ADDRESSES = {
    **{page.name: page.name for page in PAGES},
    **{f"measure-{name}": f"measure?measure={name}" for name in MEASURES},
    "team-report": "team?team=AT2",
    "cases-waiting": "cases?measure=decisions_within_24_hours&show=waiting",
}


def take(folder: Path) -> list[Path]:
    """Take a picture of the whole of every page into the folder and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    with (
        tempfile.TemporaryDirectory() as scratch,
        serving(make_council(Path(scratch))) as site,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        for theme in THEMES:
            for width, height in SIZES.items():
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
                visit = Visit(context.new_page(), site)
                for name, address in ADDRESSES.items():
                    page = visit.open(address)
                    page.set_viewport_size({"width": width, "height": _height(page, height)})
                    page.wait_for_timeout(500)
                    taken.append(folder / f"{name}-{width}-{theme}.png")
                    page.screenshot(path=taken[-1])
                    page.set_viewport_size({"width": width, "height": height})
                context.close()
        browser.close()
    return taken


def _height(page: Page, least: int) -> int:
    main = page.locator("[data-testid=stMain]")
    return max(least, int(main.evaluate("main => main.scrollHeight")))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    for file in take(parser.parse_args().folder):
        print(file)  # noqa: T201 - what the command is for
