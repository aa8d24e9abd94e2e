"""What the drills of loading use, here too."""

from tests.loading.conftest import council, open_folder
from tests.loading.test_at_once import engine, second_state, url, weeks

__all__ = ["council", "engine", "open_folder", "second_state", "url", "weeks"]
