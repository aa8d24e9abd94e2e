"""What the drills of loading use, here too."""

from tests.loading.conftest import council, open_folder

__all__ = ["council", "open_folder"]
