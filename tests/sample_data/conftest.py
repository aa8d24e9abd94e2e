from pathlib import Path

import pytest

from sample_data.generate import write_extracts
from tests.sample_data.reckoning import Council

SHIPPED = Path(__file__).parents[2] / "sample_data" / "council"


@pytest.fixture(scope="session")
def shipped() -> Path:
    return SHIPPED


@pytest.fixture(scope="session")
def council(shipped) -> Council:
    return Council(shipped)


@pytest.fixture(scope="session")
def larger(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("larger")
    write_extracts(folder, referrals=20_000)
    return folder
