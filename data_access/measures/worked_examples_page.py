"""Makes `worked_examples.md`, the page on which people read what each measure makes of its toy cases.

Renew it with `python -m data_access.measures.worked_examples_page`.
"""

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from data_access.extracts import NO_TEAM, extract_named
from data_access.extracts.contract import Column, Extract, Kind
from data_access.measures import MEASURES, Measure
from data_access.measures.definition import Definition
from data_access.measures.toy import Toy, parsed
from data_access.quality.words import spoken
from data_access.vocabulary import Polarity

PAGE: Final = Path(__file__).with_name("worked_examples.md")
_CODES: Final = Path(__file__).parent.parent / "extracts" / "codes.csv"
_MOST_ALIKE: Final = 4
"""So many rows more of the case's own table are told; where there are others, only how many."""

_INTRODUCTION: Final = """\
# Worked examples

How each measure counts, shown on invented cases. Every table below is also a test: the rows are loaded as a council's
extracts would be, and the measure must give the answer in the third column.

- *What happened* tells the rows of the extracts that bear on the case, those of the same child or member of staff
  together. What isn't said was left blank.
- *Counts as*: **met** and **not met** are in the denominator, met alone in the numerator. **Counted** adds one to a
  number. *x of n* adds these amounts to numerator and denominator. **Not yet due** waits for its time to run out;
  **not computable** lacks or contradicts what the rule needs: both are shown next to the figure and are no part of
  it. **Left out** is no case of this measure.

## The measures

{contents}
"""


def page() -> str:
    """Return the whole page in Markdown: a section for each measure, strand by strand."""
    definitions = [measure.definition for measure in MEASURES.values()]
    contents = "\n".join(f"- {it.strand}: [{it.title}](#{_anchor(it.title)})" for it in definitions)
    parts = [_INTRODUCTION.format(contents=contents), *(_section(measure) for measure in MEASURES.values())]
    return "\n".join(parts)


def _section(measure: Measure) -> str:
    it, toy = measure.definition, measure.toy
    lines = [
        f"## {it.title}",
        "",
        f"{it.question} {_direction(it)}",
        "",
        f"**How it is counted.** {it.how}",
        "",
        f"**What can mislead.** {it.misleads}",
        "",
        f"The extracts were taken on {_day(toy.as_at)} and cover {_day(toy.covers_from)} to {_day(toy.covers_to)}.",
        "",
        "| case | what happened | counts as | because |",
        "| --- | --- | --- | --- |",
    ]
    for row in parsed(toy.expected):
        cells = (f"`{row['case']}`", what_happened(toy, row["case"]), row["result"], row.get("because", ""))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def _direction(it: Definition) -> str:
    return {Polarity.HIGHER: "Higher is better.", Polarity.LOWER: "Lower is better."}.get(it.polarity, "")


def what_happened(toy: Toy, case: str) -> str:
    """Return the rows that bear on a case, in words.

    A case begins with the key of a row (`W1~2010-03-15` with `W1`); of several such rows of one table, that whose
    key holds most of the rest comes first. The others are those of the same member of staff, or of the same system on
    the day; of a case about something else, those that share a child or another reference with it, directly or
    through one another.
    """
    start, *rest = case.split("~")
    rows = [(extract_named(name), row) for name in toy.tables for row in toy.rows(name)]
    same = {n for n, (_, row) in enumerate(rows) if row.get("staff_id") == start or _is_of_system(row, start, rest)}
    told = same or _tied(rows, start)
    own = sorted((n for n in told if _key_of(*rows[n]) == start), key=lambda n: _place(*rows[n], toy, rest))
    alike = [n for n in sorted(told) if n not in own and rows[n][0] == rows[own[0]][0]] if own else []
    others = [n for n in sorted(told) if n not in (*own, *(alike if len(alike) > _MOST_ALIKE else ()))]
    has_single_team = len({row["team_id"] for _, row in rows if row.get("team_id")}) < 2
    left_out = {"team_id"} if has_single_team else set[str]()
    lines = [_told(*rows[n], left_out) for n in (*own, *others)]
    if len(alike) > _MOST_ALIKE:
        lines.append(f"**{rows[own[0]][0].title}**: {len(alike)} more of the same child, told as cases of their own")
    return "<br>".join(lines)


def _is_of_system(row: dict[str, str], system: str, rest: list[str]) -> bool:
    """Return whether an incident of the system that a case is about began, ended or went on on its day."""
    if row.get("system") != system or not rest:
        return False
    began, ended = row["started_at"][:10], row.get("ended_at", "")[:10]
    return rest[0] in {began, ended} or began < rest[0] < (ended or "9")


def _key_of(extract: Extract, row: dict[str, str]) -> str:
    return row[extract.key[0]]


def _place(extract: Extract, row: dict[str, str], toy: Toy, rest: list[str]) -> tuple[int, int]:
    """Return what sorts the rows of a case: by table, then by how much of the case's id their key holds."""
    held = set(rest) & {row.get(name) or NO_TEAM for name in extract.key}
    return list(toy.tables).index(extract.name), -len(held)


def _tied(rows: list[tuple[Extract, dict[str, str]]], start: str) -> set[int]:
    """Return the places of the rows that references tie to the row with this key; teams and staff tie none."""
    reached, tied = {start}, set[int]()
    while more := {n for n, (extract, row) in enumerate(rows) if _references(extract, row) & reached} - tied:
        tied |= more
        reached.update(*(_references(*rows[n]) for n in more))
    return tied


def _references(extract: Extract, row: dict[str, str]) -> set[str]:
    columns = (extract.column(name) for name in row)
    names = {column.name for column in columns if column.is_reference and column.refers_to not in {"teams", "staff"}}
    return {row[name] for name in names | {extract.key[0]}} - {""}


def _told(extract: Extract, row: dict[str, str], left_out: set[str]) -> str:
    """Return a row in words: the name of its table, its key, then each other filled cell."""
    said = [
        f"{_heading(extract.column(name))} {_value(extract.column(name), cell)}"
        for name, cell in row.items()
        if cell and name not in {extract.key[0], *left_out}
    ]
    return f"**{extract.title} `{_key_of(extract, row)}`**: {', '.join(said)}"


def _heading(column: Column) -> str:
    return str(column.kind) if column.kind is Kind.FTE else spoken(column.name)


def _value(column: Column, cell: str) -> str:
    if column.kind in {Kind.DATE, Kind.TIME, Kind.WEEK}:
        return _day(cell)
    if column.codes is not None:
        return f"“{_labels().get((column.codes, cell), cell)}”"
    return f"`{cell}`" if column.kind is Kind.ID else cell


def _day(cell: str) -> str:
    """Return a date, with its time where it has one, as people write it: Mon 29 March 2010, 07:00."""
    day, _, time = cell.partition(" ")
    written = date.fromisoformat(day)
    return f"{written:%a} {written.day} {written:%B %Y}" + (f", {time}" if time else "")


@cache
def _labels() -> dict[tuple[str, str], str]:
    with _CODES.open(encoding="utf-8", newline="") as file:
        return {(row["list"], row["code"]): row["label"] for row in csv.DictReader(file)}


def _anchor(heading: str) -> str:
    kept = (letter for letter in heading.lower() if letter.isalnum() or letter in " _-")
    return "".join(kept).replace(" ", "-")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
