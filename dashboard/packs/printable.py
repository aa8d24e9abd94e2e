"""Text as every format can hold it."""

import re
from typing import Any, Final

_LEFT_OUT: Final = re.compile(r"[^\t\n -~\xa0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """Return text without control characters and halves of characters, which no file of XML can hold.

    Signs that turn the direction of what follows are left out as well: words would show in another order than typed.
    """
    return _LEFT_OUT.sub("", text)


def printable_data(part: Any) -> Any:  # noqa: ANN401 - as deep as JSON goes
    """Return data as JSON holds them, lists and dictionaries, with every text printable."""
    match part:
        case str():
            return printable(part)
        case dict():
            return {name: printable_data(value) for name, value in part.items()}
        case list() | tuple():
            return [printable_data(value) for value in part]
    return part
