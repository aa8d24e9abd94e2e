"""What the server answers: its headers on everything, its own machine alone, nothing fetched from elsewhere."""

import socket
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from dashboard.asgi import HEADERS
from dashboard.change_feed import LISTENS_AT
from dashboard.navigation import PAGES
from tests.browser.browsing import Site, ask

Open = Callable[..., Page]


@pytest.mark.parametrize("name", [page.name for page in PAGES])
def test_every_page_keeps_the_content_policy_and_asks_nobody_else(site: Site, visit: Open, name: str) -> None:
    page = visit(site, name)
    policies = page.evaluate(
        "async () => (await fetch(location.href)).headers.get('content-security-policy')",
    )
    assert policies == HEADERS["content-security-policy"]


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
