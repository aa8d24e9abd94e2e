"""Whether a file is XML, told by how it begins."""

import re
from typing import Final

_BEGINS: Final = re.compile(r"\s*<[?!A-Za-z_]")
_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)


def is_xml(first_bytes: bytes) -> bool:
    """Return whether a file that begins with these bytes (some hundred of them) is XML, in any encoding it may have.

    The census is the only XML that is read, so that `read` takes every XML file and says what is wrong with others.
    """
    encoding = next((name for mark, name in _MARKS if first_bytes.startswith(mark)), "latin-1")
    return _BEGINS.match(first_bytes.decode(encoding, "ignore").removeprefix("\ufeff")) is not None
