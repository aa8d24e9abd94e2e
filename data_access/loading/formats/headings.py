"""Headings as they come, made into the names by which columns are known."""

from data_access.problems import ExtractProblem


def checked_headings(shown: str, headings: list[str]) -> list[str]:
    """Return the headings in lower case, words joined by `_`; raise ExtractProblem for none, or one met twice."""
    if not any(heading.strip() for heading in headings):
        msg = f"{shown} has no headings in its first row. Nothing of it was loaded."
        raise ExtractProblem(msg)
    names = [heading.replace("\xa0", " ").strip().casefold().replace(" ", "_") for heading in headings]
    twice = sorted({name for name in names if names.count(name) > 1 and name})
    if twice:
        msg = f"{shown}: the heading {', '.join(twice)} stands more than once. Keep one."
        raise ExtractProblem(msg)
    return [name or f"(column {number})" for number, name in enumerate(names, start=1)]
