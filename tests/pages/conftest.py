"""Opens pages of the dashboard without a browser, over databases of their own."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.cache.results import forget_everything
from dashboard.navigation import PAGES_FOLDER
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


@pytest.fixture(autouse=True)
def nothing_cached() -> Iterator[None]:
    """Let no test see what another has read."""
    yield
    forget_everything()


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
