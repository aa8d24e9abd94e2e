"""A database for commands that read or publish the sample council."""

import pytest

from tests.council import copy_of


@pytest.fixture(scope="module")
def council(loaded_council: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the address of a database of the sample council, which the tests of a module share."""
    return copy_of(loaded_council, tmp_path_factory.mktemp("council") / "safe.db")
