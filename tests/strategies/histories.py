"""Extracts in any order: complete or changes only, corrections, withdrawals, late ones; and the passing of time."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from hypothesis import strategies as st

from data_access.extracts import extract_named
from tests.strategies.days import BEGINNING, EXTRACTION_TIMES
from tests.strategies.extract_file import ExtractFile
from tests.strategies.rows import ALWAYS_THERE, ROWS

_COVERS_FROM = (
    BEGINNING,
    BEGINNING,
    *(dt.date(*day) for day in ((2008, 1, 1), (2009, 1, 4), (2009, 12, 14), (2010, 1, 1))),
)
_DAYS_SHORT = (0, 1, 3, 8)
_NEVER_COMPLETE = frozenset({"standards"})
_ESSENTIAL = tuple(table for table in ROWS if table not in {"contacts", "child_merges", "standards"})
_MOST_ROWS = 6

Step = TypeVar("Step")


@dataclass(frozen=True)
class Tick:
    """Time passes without an extract: `as_at` is a naive London local time."""

    as_at: dt.datetime


def ticks() -> st.SearchStrategy[Tick]:
    """Return a moment to which the as-at times move."""
    return st.sampled_from(EXTRACTION_TIMES).map(Tick)


@st.composite
def an_extract(draw: st.DrawFn, table: str | None = None) -> ExtractFile:
    """Return one extract of the table, or of any of the tables that the measures read.

    Standards come only as changes: a complete list of them would withdraw those that ship. A complete extract has a
    row in its dates, since one without is refused.
    """
    name = draw(st.sampled_from(tuple(ROWS))) if table is None else table
    extract = extract_named(name)
    taken = draw(st.sampled_from(EXTRACTION_TIMES))
    rows = draw(
        st.lists(
            ROWS[name](taken),
            min_size=1,
            max_size=_MOST_ROWS,
            unique_by=lambda row: tuple(row[heading] for heading in extract.key),
        )
    )
    optional = [
        column.name
        for column in extract.columns
        if column.name in rows[0] and not column.required and column.name not in ALWAYS_THERE.get(name, ())
    ]
    left_out = draw(st.sets(st.sampled_from(optional))) if optional and draw(st.integers(0, 3)) == 3 else set()
    columns = tuple(
        column.name for column in extract.columns if column.name in rows[0] and column.name not in left_out
    )
    # a part of the key may be left out where blank means something; rows that it alone tells apart can't be loaded
    rows = list({tuple(row[name] for name in extract.key if name in columns): row for row in rows}.values())
    covers_to = taken.date() - dt.timedelta(days=draw(st.sampled_from(_DAYS_SHORT)))
    covers_from = draw(st.sampled_from([day for day in _COVERS_FROM if day <= covers_to]))
    # a complete list whose rows are all of other days is refused whole
    may_be_complete = name not in _NEVER_COMPLETE and any(_lies_in(name, row, covers_from, covers_to) for row in rows)
    return ExtractFile(
        table=name,
        columns=columns,
        rows=tuple({heading: row[heading] for heading in columns} for row in rows),
        extracted_at=taken,
        covers_from=covers_from,
        covers_to=covers_to,
        complete=draw(st.booleans()) and may_be_complete,
    )


def _lies_in(table: str, row: Mapping[str, str | None], first: dt.date, last: dt.date) -> bool:
    """Return whether a row is of these days, a spell for as long as it lasts; rows without a date are of all."""
    dated_by = extract_named(table).dated_by
    days = [cell[:10] for name in dated_by if (cell := row.get(name)) is not None]
    if not days:
        return True
    ends = row.get("to") if dated_by == ("from",) else days[0]
    begins = dt.date.fromisoformat(days[0])
    return begins <= last and (ends is None or max(begins, dt.date.fromisoformat(ends[:10])) >= first)


@st.composite
def extracts(draw: st.DrawFn, most_later: int = 6) -> list[ExtractFile]:
    """Return extracts in the order of loading: one of every table that a measure needs, then up to `most_later`.

    No file comes twice: what a second loading does is for the loader's own tests.
    """
    first = [draw(an_extract(table)) for table in draw(st.permutations(_ESSENTIAL))]
    later = draw(st.lists(an_extract(), max_size=most_later))
    return _without_repeats([*first, *later])


@st.composite
def histories(draw: st.DrawFn, most_steps: int = 10) -> list[ExtractFile | Tick]:
    """Return up to `most_steps` extracts and ticks of any kind in any order; some tables may never be loaded."""
    steps = draw(st.lists(st.one_of(an_extract(), an_extract(), an_extract(), ticks()), max_size=most_steps))
    return _without_repeats(steps)


def _without_repeats(steps: list[Step]) -> list[Step]:
    kept: list[Step] = []
    for step in steps:
        if isinstance(step, Tick) or step not in kept:
            kept.append(step)
    return kept
