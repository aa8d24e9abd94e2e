"""Headings and names of sheets, as people type them, made into the names by which the program knows them."""

import re
import unicodedata
from typing import Final

_BETWEEN_WORDS: Final = re.compile(r"[\s_\-‐‑‒–—]+")
_AROUND: Final = " *:_"


def name_of(typed: str) -> str:
    """Return a heading or the name of a sheet in lower case, its words joined by `_`.

    What varies between people and programs is dropped: line breaks, spaces of any kind, hyphens, invisible
    characters, and the colon or asterisk after a heading.
    """
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", typed) if unicodedata.category(letter) != "Cf")
    return _BETWEEN_WORDS.sub("_", plain.casefold()).strip(_AROUND)
