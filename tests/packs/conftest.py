"""The weekly SMT's pack of the sample council, made once for all processes, in every format."""

import pickle
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from dashboard.packs.content import pack_of
from dashboard.packs.document import Pack
from dashboard.packs.meetings import meeting_named
from dashboard.packs.writers import WRITERS
from dashboard.readings.reading import open_reading
from data_access.database.opening import connect
from tests.council import copy_of
from tests.reader import READER

Make = Callable[[Path], object]


@pytest.fixture(scope="session")
def council(loaded_council: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the address of a database of the sample council, to be read."""
    return copy_of(loaded_council, tmp_path_factory.mktemp("council") / "safe.db")


@pytest.fixture(scope="session")
def smt(made_once: Callable[[str, Make], Path], council: str) -> SimpleNamespace:
    """Give the weekly SMT's pack of the latest week, and the folder of its files (pack.pdf and so on)."""

    def fill(folder: Path) -> None:
        engine = connect(council)
        with open_reading(engine, READER) as reading:
            pack = pack_of(reading, meeting_named("smt", None))
        engine.dispose()
        for ending, write in WRITERS.items():
            (folder / f"pack.{ending}").write_bytes(write(pack))
        (folder / "pack.pickle").write_bytes(pickle.dumps(pack))

    folder = made_once("packs", fill)
    pack: Pack = pickle.loads((folder / "pack.pickle").read_bytes())  # noqa: S301 - written above
    return SimpleNamespace(pack=pack, folder=folder)
