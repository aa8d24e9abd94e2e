"""What the server answers: its headers on everything, its own machine alone, nothing fetched from elsewhere."""

import socket
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from dashboard.asgi import HEADERS
from dashboard.change_feed import LISTENS_AT
from tests.browser.browsing import Site, Visit, ask
from tests.browser.test_everyone import IN_SOAK

Open = Callable[..., Page]


@pytest.mark.parametrize("name", IN_SOAK)
def test_pages_that_are_looked_at_in_soak_keep_the_content_policy_and_ask_nobody_else(
    site: Site, visit: Open, name: str
) -> None:
    """Every visit holds its page to both; those of `test_everyone` open every other page."""
    visit(site, name)


def test_a_visit_tells_a_breach_of_the_content_policy(site: Site, browser: Browser) -> None:
    with browser.new_context() as context:
        visited = Visit(context.new_page(), site)
        page = visited.open("definitions")
        assert visited.complaints == []
        with page.expect_console_message(lambda told: "Content Security Policy" in told.text):
            page.evaluate("fetch('http://192.0.2.1/').catch(() => null)")
    assert any("Content Security Policy" in told for told in visited.complaints)


@pytest.mark.parametrize("address", ["", "_stcore/health", "api/ready", "static/js/none.js", "nowhere"])
def test_every_answer_carries_the_headers(site: Site, address: str) -> None:
    _, headers = ask(site, address)
    for name, value in HEADERS.items():
        assert headers[name] == value


@pytest.mark.parametrize("address", ["", "_stcore/host-config", "_stcore/stream"])
def test_another_name_of_the_machine_is_refused(site: Site, address: str) -> None:
    status, _ = ask(site, address, host="evil.example")
    assert status == 400


@pytest.mark.parametrize(("origin", "status"), [(None, 101), ("", 101), ("http://evil.example", 403)])
def test_only_pages_of_this_server_are_told_of_changes(site: Site, origin: str | None, status: int) -> None:
    address = f"{site.url.replace('http', 'ws', 1)}{LISTENS_AT}"
    own = site.url if origin == "" else origin
    if status == 101:
        with connect(address, origin=own) as listening:
            assert listening.response.status_code == 101
    else:
        with pytest.raises(InvalidStatus) as refused:
            connect(address, origin=own)
        assert refused.value.response.status_code == status


def test_the_server_listens_on_this_machine_alone(site: Site) -> None:
    port = urlsplit(site.url).port
    assert port is not None
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for address in others - {"127.0.0.1", "127.0.1.1"}:
        with pytest.raises(OSError, match=r"refused|timed out"):
            socket.create_connection((address, port), timeout=2)
