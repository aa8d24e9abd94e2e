"""A council with an empty database, and places where a user may do less than root."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from data_access.database.opening import connect
from data_access.loading.formats import opened_apart, workbook
from tests.loading.handing_over import Council

_NOBODY = 65534


@pytest.fixture
def council(database: sa.Engine, tmp_path: Path) -> Council:
    """Give a council whose database, of each engine in turn, holds only what ships."""
    return Council(database, tmp_path)


@pytest.fixture
def sqlite_council(new_sqlite: Callable[[], AbstractContextManager[str]], tmp_path: Path) -> Iterator[Council]:
    """Give such a council on SQLite alone, for what does not hang on the engine, as what cells mean."""
    with new_sqlite() as url:
        engine = connect(url)
        yield Council(engine, tmp_path)
        engine.dispose()


@pytest.fixture(scope="module")
def workbooks_opened_here() -> Iterator[None]:
    """Open workbooks in this process, by the same code, which saves starting one for each.

    That a process of its own keeps trouble away is proved by the tests of broken and strange files.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbook, "_opened", opened_apart.answer)
        yield


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give a folder that every user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="safe-open-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@contextmanager
def without_the_rights_of_root() -> Iterator[None]:
    """Be an ordinary user for a while where the tests run as root, who may open and write any file."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(was)
