"""The sample council, for tests that read it and change nothing."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from data_access.database.opening import connect
from tests.council import copy_of


@pytest.fixture(scope="module")
def sample_council(loaded_council: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Connection]:
    """Give a connection to the sample council."""
    engine = connect(copy_of(loaded_council, tmp_path_factory.mktemp("council") / "safe.db"))
    with engine.connect() as connection:
        yield connection
    engine.dispose()
