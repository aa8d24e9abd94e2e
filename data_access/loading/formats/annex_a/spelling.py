"""Words of Annex A into codes: with a letter before them or not, as a code, a phrase, or both."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

_TYPED: Final = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})
_PREFIX: Final = re.compile(r"^\(?[a-z]{1,2}\d?\s?[).]\s*(?=\S)")
_PARTED: Final = re.compile(r"\s*:\s*|\s+-\s*|\s*-\s+")
_NUMBER: Final = re.compile(r"^(\d+)\.0+$")


def code_of(words: str, known: Mapping[str, str]) -> str | None:
    """Return the code that the words stand for; None where no code, label or spelling fits.

    `known` are the codes of the list by code, label and spelling, in lower case. "q) 6: Police" is looked up whole,
    then without its letter, then by what stands before the colon or dash, then by what stands after it.
    """
    for form in _forms(words):
        if form in known:
            return known[form]
    return None


def yes_or_no(words: str) -> bool | None:
    """Return whether the words say yes or no; None where they say neither."""
    for form in _forms(words):
        if form in {"yes", "y", "true", "1", "nfa"}:
            return True
        if form in {"no", "n", "false", "0"}:
            return False
    return None


def _forms(words: str) -> Iterator[str]:
    whole = words.lower().translate(_TYPED).strip()
    yield words.lower()
    yield whole
    bare = _NUMBER.sub(r"\1", _PREFIX.sub("", whole)).strip(" .;:,")
    yield bare
    alike = re.sub(r"\s*/\s*", "/", bare.replace("&", " and "))
    alike = " ".join(alike.split())
    yield alike
    first, *rest = _PARTED.split(alike, maxsplit=1)
    yield first.strip()
    yield from (part.strip() for part in rest)
