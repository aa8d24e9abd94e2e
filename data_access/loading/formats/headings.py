"""Headings as they come, made into the names by which columns are known."""

from collections import Counter
from typing import Final

from data_access.problems import ExtractProblem

_MOST: Final = 1_000
"""More columns than any extract has; each unknown one would be told by itself."""


def checked_headings(shown: str, headings: list[str]) -> list[str]:
    """Return the headings in lower case, words joined by `_`; raise ExtractProblem for none, or one met twice."""
    if not any(heading.strip() for heading in headings):
        msg = f"{shown} has no headings in its first row. Nothing of it was loaded."
        raise ExtractProblem(msg)
    if (named := sum(bool(heading.strip()) for heading in headings)) > _MOST:
        msg = f"{shown} has {named:,} columns, more than any extract. Nothing of it was loaded."
        raise ExtractProblem(msg)
    names = [heading.replace("\xa0", " ").strip().casefold().replace(" ", "_") for heading in headings]
    twice = sorted(name for name, number in Counter(names).items() if number > 1 and name)
    if twice:
        msg = f"{shown}: the heading {', '.join(twice)} stands more than once. Keep one."
        raise ExtractProblem(msg)
    return [name or f"(column {number})" for number, name in enumerate(names, start=1)]
