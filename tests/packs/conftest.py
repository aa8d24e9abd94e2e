"""Packs of the sample council, made once for all processes, in every format: the weekly SMT's, and the evidence."""

import pickle
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from dashboard.packs.content import pack_of
from dashboard.packs.document import Pack
from dashboard.packs.evidence.content import evidence_pack
from dashboard.packs.evidence.document import EvidencePack
from dashboard.packs.evidence.writers import EVIDENCE_WRITERS
from dashboard.packs.meetings import meeting_named
from dashboard.packs.writers import WRITERS
from dashboard.readings.reading import open_reading
from data_access.database.opening import connect
from tests.council import copy_of, with_findings
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


FINDINGS = ("OF-03", "OF-05", "OF-08", "OF-14", "OF-16", "AU-31")
"""Two that disagree and name the same measure; about audits; out of scope; with words of what is still not good."""


@pytest.fixture(scope="session")
def evidence(made_once: Callable[[str, Make], Path], loaded_council: str) -> SimpleNamespace:
    """Give the evidence of some findings, the folder of its files, and the address of the database that it is of."""

    def fill(folder: Path) -> None:
        engine = connect(with_findings(copy_of(loaded_council, folder / "safe.db"), *FINDINGS))
        with open_reading(engine, READER) as reading:
            pack = evidence_pack(reading)
        engine.dispose()
        for ending, write in EVIDENCE_WRITERS.items():
            (folder / f"evidence.{ending}").write_bytes(write(pack))
        (folder / "evidence.pickle").write_bytes(pickle.dumps(pack))

    folder = made_once("evidence", fill)
    pack: EvidencePack = pickle.loads((folder / "evidence.pickle").read_bytes())  # noqa: S301 - written above
    return SimpleNamespace(pack=pack, folder=folder, database=f"sqlite:///{folder / 'safe.db'}")
