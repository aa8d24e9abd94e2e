"""The shell: the registry of pages, the menu, the server's answers, the command."""

import base64
import gc
import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit
from click.testing import CliRunner
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from dashboard import asgi
from dashboard.commands.serve import serve
from dashboard.components.layout.links import plain
from dashboard.navigation import PAGES, PAGES_FOLDER
from tests.council import ROOT
from tests.pages.reading_pages import links_of, text_of

Open = Callable[..., AppTest]


def test_the_menu_holds_every_page_and_every_page_stands_in_it(open_page: Open) -> None:
    menu = [link.page for link in links_of(open_page("systems")) if link.label in {page.title for page in PAGES}]
    assert menu == [page.name for page in PAGES]
    files = {file.stem for file in PAGES_FOLDER.glob("*.py")} - {"__init__"}
    assert files == {page.name for page in PAGES}


@pytest.mark.parametrize("page", [page.name for page in PAGES])
def test_every_page_opens(open_page: Open, page: str) -> None:
    at = open_page(page)
    assert not at.exception
    assert "Something went wrong" not in text_of(at)


def test_no_page_lies_where_streamlit_would_run_it_without_the_frame() -> None:
    assert not (ROOT / "dashboard" / "pages").exists()


def test_every_answer_carries_a_strict_content_policy() -> None:
    policy = dict(part.split(" ", 1) for part in asgi.HEADERS["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe-eval'" not in policy["script-src"].replace("'wasm-unsafe-eval'", "")
    assert "unsafe-inline" not in policy["script-src"]


def test_the_policy_names_the_inline_script_that_ships() -> None:
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text()
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert scripts
    for script in scripts:
        assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in asgi.content_policy()


def test_readiness_tells_the_data_version_or_why_not(
    council: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = Request({"type": "http", "method": "GET", "path": "/api/ready", "headers": []})
    monkeypatch.setenv("SAFE_DATABASE_URL", council)
    ready = asgi.ready(request)
    assert ready.status_code == 200
    assert b'"ready":true' in ready.body
    monkeypatch.setenv("SAFE_DATABASE_URL", f"sqlite:///{tmp_path / 'nothing.db'}")
    unready = asgi.ready(request)
    assert unready.status_code == 503
    assert b"There is no SAFE database" in unready.body


@pytest.mark.parametrize("state", ["loaded", "empty", "missing"])
def test_the_warm_up_builds_what_there_is(
    council: str,
    empty_database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    state: str,
) -> None:
    databases = {"loaded": council, "empty": empty_database, "missing": f"sqlite:///{tmp_path / 'new.db'}"}
    monkeypatch.setenv("SAFE_DATABASE_URL", databases[state])
    try:
        asgi.warm_up()
    finally:
        gc.unfreeze()
    assert [record.message for record in caplog.records if "There is no SAFE database" in record.message] == (
        [caplog.records[0].message] if state == "missing" else []
    )


def test_a_failure_of_ours_shows_no_trace(caplog: pytest.LogCaptureFixture) -> None:
    def script() -> None:
        from dashboard.components.layout.messages import show_failure

        show_failure(ValueError("a secret of the inside"))

    at = AppTest.from_function(script, default_timeout=30).run()
    assert [header.value for header in at.header] == ["Something went wrong"]
    assert "secret" not in text_of(at)
    assert "a secret of the inside" in caplog.text


def test_serving_takes_no_port_that_cannot_be() -> None:
    result = CliRunner().invoke(serve, ["--port", "70000"])
    assert result.exit_code == 2
    assert "70000" in result.output


@pytest.mark.parametrize("text", ["a_b", "<b>x</b>", "[x](http://e)", "1. *x*", ":red[x]", "a $x$ b"])
def test_words_from_the_data_never_become_markup(text: str) -> None:
    marked = plain(text)
    assert re.sub(r"\\(.)", r"\1", marked) == text
    assert not re.search(r"(?<!\\)[*_<\[$:]", marked)
