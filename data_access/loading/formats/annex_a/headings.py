"""The headings of Annex A as they are written, and the fields that they name."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

NOT_USED: Final = "-"
"""The field of a heading that is known and left out."""

_HINTS: Final = re.compile(r"^\s*\d+[.)]\s|\(\s*y\s*/\s*n\s*\)|\(?\s*dd\s*/\s*mm\s*/\s*y{2,4}\s*\)?")
_NO_LETTER: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Heading:
    """A heading as Ofsted or a case system words it, its field, and its rank among the field's other headings."""

    field: str
    words: str
    rank: int


def bare(heading: str) -> str:
    """Return a heading without what varies: case, spaces, marks, numbering, hints such as (Y/N) or dd/mm/yyyy."""
    return _NO_LETTER.sub("", _HINTS.sub(" ", heading.casefold()))


@cache
def known(number: int) -> Mapping[str, Heading]:
    """Return the headings of a list (1 to 11) by their bare form."""
    by_bare_form: dict[str, Heading] = {}
    with (Path(__file__).parent / "headings.csv").open(encoding="utf-8", newline="") as file:
        for rank, row in enumerate(csv.DictReader(file)):
            first, _, last = row["lists"].partition("-")
            if int(first) <= number <= int(last or first):
                by_bare_form.setdefault(bare(row["heading"]), Heading(row["field"], row["heading"], rank))
    return by_bare_form


def wordings(number: int, field: str) -> list[str]:
    """Return how a field's heading is worded in a list, the usual wording first."""
    return [heading.words for heading in known(number).values() if heading.field == field]
