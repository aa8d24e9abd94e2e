"""What all Office files share: the time in them is that of the pack, so that the same pack is the same file."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import Final, Protocol

from dashboard.packs.printable import printable

_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)


class Properties(Protocol):
    """The core properties of a Word or PowerPoint file."""

    title: str
    author: str
    last_modified_by: str
    language: str
    created: datetime
    modified: datetime


def describe(properties: Properties, *, title: str, author: str, as_at: datetime) -> None:
    """Say in a file what it is, in place of what its template says."""
    moment = as_at.astimezone(UTC).replace(tzinfo=None)
    properties.title, properties.author = printable(title), printable(author)
    properties.last_modified_by = properties.author
    properties.language = "en-GB"
    properties.created, properties.modified = moment, moment


def without_clock(file: bytes) -> bytes:
    """Return an Office file whose parts bear no time of writing."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(file)) as parts, zipfile.ZipFile(written, "w") as fixed:
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(entry, parts.read(part))
    return written.getvalue()
