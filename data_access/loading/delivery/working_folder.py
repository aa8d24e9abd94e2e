"""The folder in which a load lays down what it reads. It goes with the load, or with the next one after a kill."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from data_access.loading.delivery.disk_space import disk_full, is_full

_PREFIX: Final = "safe-load-"
_NAME: Final = re.compile(rf"{_PREFIX}(\d+)-")


@contextmanager
def working_folder() -> Iterator[Path]:
    """Yield an empty folder that no other load uses and no other account reads; take it away afterwards.

    Folders that killed loads left behind are taken away first. Raise DiskSpaceProblem where the disk is full.
    """
    try:
        _sweep(Path(tempfile.gettempdir()))
        with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as name:
            yield Path(name)
    except OSError as error:
        if is_full(error):
            raise disk_full() from None
        raise


def _sweep(place: Path) -> None:
    """Take away the folders of loads whose process runs no more; leave what belongs to other accounts."""
    for folder in place.glob(f"{_PREFIX}*"):
        named = _NAME.match(folder.name)
        if named and not folder.is_symlink() and not _runs(int(named[1])):
            shutil.rmtree(folder, ignore_errors=True)


def _runs(process: int) -> bool:
    """Return whether a process may still run: where that can't be told, it may."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
