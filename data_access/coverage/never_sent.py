"""Columns that an extract came without, and for which dates: a figure that hangs on such a column can't be told.

A column never sent is not a blank cell. Blank cells say that nothing happened yet, or that nobody knows; of a column
that isn't there nothing can be said at all.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from data_access.database.schema.figures import NEVER_SENT
from data_access.measures.definition import Definition


@dataclass(frozen=True)
class Gap:
    """Dates (both included) for which an extract came without a column that a measure needs."""

    extract: str
    column: str
    begins: date
    ends: date

    def overlaps(self, first: date, last: date) -> bool:
        """Return whether any of the days from `first` to `last` lie in it."""
        return self.begins <= last and self.ends >= first


Unsent = Mapping[str, Sequence[Gap]]
"""Every gap, by extract."""


def read_unsent(connection: sa.Connection) -> dict[str, list[Gap]]:
    """Return the gaps of every extract, in order of columns and dates."""
    table = NEVER_SENT
    by_extract: dict[str, list[Gap]] = {}
    for row in connection.execute(sa.select(table).order_by(table.c.extract, table.c.column_name, table.c.begins)):
        by_extract.setdefault(row.extract, []).append(Gap(row.extract, row.column_name, row.begins, row.ends))
    return by_extract


def gaps_of(definition: Definition, unsent: Unsent, loaded: Collection[str]) -> tuple[Gap, ...]:
    """Return the gaps in what a measure needs, in the order of its fields; `loaded` are the extracts ever loaded.

    What ties extracts to each other is needed once both are there.
    """
    fields = [*definition.fields, *definition.native_fields]
    if all(name in loaded for name in definition.requires) and any(name in loaded for name in definition.optional):
        fields += definition.links
    return tuple(
        gap
        for extract, _, column in (field.partition(".") for field in fields)
        for gap in unsent.get(extract, ())
        if gap.column == column
    )


def within(gaps: Iterable[Gap], first: date, last: date) -> tuple[Gap, ...]:
    """Return the gaps in which any of the days from `first` to `last` lie."""
    return tuple(gap for gap in gaps if gap.overlaps(first, last))


def in_words(gaps: Sequence[Gap]) -> str:
    """Return the columns of some gaps: "decided_by_role of referrals", "to and part_day of absences"."""
    by_extract: dict[str, list[str]] = {}
    for gap in gaps:
        named = by_extract.setdefault(gap.extract, [])
        if gap.column not in named:
            named.append(gap.column)
    return "; ".join(f"{' and '.join(columns)} of {extract}" for extract, columns in by_extract.items())
