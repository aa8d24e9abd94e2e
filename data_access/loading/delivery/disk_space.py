"""Space for what a load lays down on its way; a disk that is full is no fault of any file."""

import tempfile
from typing import Final

from data_access.problems import DiskSpaceProblem

_SAID: Final = (
    "No space left",
    "(os error 28)",
    "Disk quota exceeded",
    "(os error 122)",
    "File too large",
    "(os error 27)",
    "(os error 112)",
    "No usable temporary directory",
)
"""How systems, and the readers that pass on what these say, tell of a full disk."""


def is_full(error: BaseException | str) -> bool:
    """Return whether an error tells of a full disk."""
    return any(words in str(error) for words in _SAID)


def disk_full() -> DiskSpaceProblem:
    """Return the problem of a full disk."""
    where = tempfile.tempdir or "for temporary files"
    return DiskSpaceProblem(
        f"The disk of the folder {where}, in which loads are prepared, is full. Nothing was changed; free some "
        "space, or name a folder on another disk with TMPDIR, and try again."
    )
