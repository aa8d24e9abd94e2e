"""The lock of a watched folder: one watcher a folder, and the lock ends with its process, however that ends."""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from data_access.loading.watching.aside import OWN
from data_access.problems import Problem

_FILE: Final = "watcher.txt"
_LOCKED_BYTE: Final = 1 << 20
"""Far behind the text, which others may then read on Windows too."""


@contextmanager
def only_watcher(folder: Path) -> Iterator[None]:
    """Be the folder's one watcher for a while.

    The lock is the system's, so a dead watcher's successor needs no guess whether a process still lives. Raise
    Problem where another watches, or where the folder can't be written.
    """
    with _opened(folder) as file:
        _lock(file, folder)
        file.truncate(0)
        file.write(f"process {os.getpid()} on {socket.gethostname()}")
        file.flush()
        yield


def _opened(folder: Path) -> IO[str]:
    try:
        (folder / OWN).mkdir(exist_ok=True)
        return (folder / OWN / _FILE).open("a+", encoding="utf-8")
    except OSError as error:
        msg = f"The folder {folder} can't be watched: {error.filename} can't be written ({error.strerror})."
        raise Problem(msg) from None


def _lock(file: IO[str], folder: Path) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - there alone

            file.seek(_LOCKED_BYTE)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - there alone

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        file.seek(0)
        msg = f"The folder {folder} is watched already, by {file.read().strip() or 'another process'}."
        raise Problem(msg) from None
    except OSError as error:
        msg = f"The folder {folder} can't be watched: its share knows no locks ({error.strerror})."
        raise Problem(msg) from None
