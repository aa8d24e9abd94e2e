"""Opens pages of the dashboard without a browser, over databases of their own."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.navigation import PAGES_FOLDER
from data_access.actor import Actor
from tests.council import ROOT, copy_of

APP = ROOT / "dashboard" / "app.py"

Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def council(loaded_council: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the address of a database of the sample council."""
    return copy_of(loaded_council, tmp_path_factory.mktemp("council") / "safe.db")


@pytest.fixture
def council_copy(council: str, tmp_path: Path) -> str:
    """Give the address of a database of the sample council that a test may spoil."""
    return copy_of(council, tmp_path / "copy.db")


@pytest.fixture
def empty_database(new_sqlite: Callable[[], AbstractContextManager[str]]) -> Iterator[str]:
    """Give the address of a database into which nothing was loaded yet."""
    with new_sqlite() as url:
        yield url


@pytest.fixture
def open_page(council: str, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Return what opens a page by its name and address, over the sample council or another database."""

    def opened(page: str = "this_week", /, *, database: str | None = None, **parameters: str) -> AppTest:
        monkeypatch.setenv("SAFE_DATABASE_URL", database or council)
        at = AppTest.from_file(str(APP), default_timeout=60)
        if page != "this_week":
            at.switch_page(str(PAGES_FOLDER / f"{page}.py"))
        at.query_params.update(parameters)
        at.run()
        assert not at.exception
        return at

    return opened


@pytest.fixture
def read_as(council: str, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Return what lets somebody read the Team or the Cases page by its address."""
    monkeypatch.setenv("SAFE_DATABASE_URL", council)

    def script(page: str, actor: object) -> None:
        import streamlit as st

        from dashboard.cache.page_run import run_for
        from dashboard.components.cases.cases_page import draw_cases_page
        from dashboard.components.layout.messages import show_problem
        from dashboard.components.team.team_page import draw_team_page
        from dashboard.navigation import registered_pages
        from data_access.actor import Actor
        from data_access.problems import Problem

        assert isinstance(actor, Actor)
        st.navigation(registered_pages(), position="hidden")
        st.session_state["page_run"] = run_for(actor)
        try:
            {"team": draw_team_page, "cases": draw_cases_page}[page]()
        except Problem as problem:
            show_problem(problem)

    def opened(page: str, actor: Actor, /, **parameters: str) -> AppTest:
        at = AppTest.from_function(script, default_timeout=60, kwargs={"page": page, "actor": actor})
        at.query_params.update(parameters)
        at.run()
        assert not at.exception
        return at

    return opened
