"""What becomes of each row of an extract: new, changed, unchanged, older than what stands, or withdrawn.

A `Merge` is one extract on its way into its case table: a temporary table has its rows, each with its fate.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Final

import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.extracts import Extract
from data_access.loading.delivery.manifest import Terms

NEW: Final = "new"
CHANGED: Final = "changed"
UNCHANGED: Final = "unchanged"
OLDER: Final = "older"
WITHDRAWN: Final = "withdrawn"
MOVED: Final = (NEW, CHANGED, WITHDRAWN)
"""The fates that change what stands."""


@dataclass(frozen=True)
class Merge:
    """One extract on its way into its case table."""

    extract: Extract
    terms: Terms
    staged: sa.Table
    refused: sa.Table
    """The keys of the refused rows, as text."""

    given: tuple[str, ...]
    """The case table's columns that this extract fills, `child_key` included."""

    rows: Counter[str] = field(default_factory=Counter, compare=False)
    """How many rows have each fate, once that of each is decided (see `decided`)."""

    kept: int = 0
    """How many standing rows that it no longer lists were kept, since a refused row may stand for any row at all."""

    @property
    def table(self) -> sa.Table:
        """Return the case table."""
        return CASE_TABLES[self.extract.name]

    @property
    def key(self) -> tuple[str, ...]:
        """Return the key's columns."""
        return self.extract.stored_key

    @property
    def same_row(self) -> sa.ColumnElement[bool]:
        """Return whether a staged row and a standing row are the same row."""
        return sa.and_(*(self.staged.c[name] == self.table.c[name] for name in self.key))

    def of_fate(self, *fates: str) -> sa.ColumnElement[bool]:
        """Return whether a staged row has one of these fates."""
        return self.staged.c.fate.in_(fates)

    def rows_of_fate(self, *fates: str) -> sa.ColumnElement[bool]:
        """Return whether a standing row has one of these fates: found by the key's index in a table of any size."""
        keys = sa.select(*(self.staged.c[name] for name in self.key)).where(self.of_fate(*fates))
        standing = [self.table.c[name] for name in self.key]
        return standing[0].in_(keys) if len(standing) == 1 else sa.tuple_(*standing).in_(keys)

    def decided(self, connection: sa.Connection) -> "Merge":
        """Return the same with its rows counted, now that the fate of each is decided."""
        fate = self.staged.c.fate
        counted = connection.execute(sa.select(fate, sa.func.count().label("number")).group_by(fate))
        return replace(self, rows=Counter({row.fate: row.number for row in counted}))


def key_text(table: sa.FromClause, extract: Extract) -> sa.ColumnElement[str]:
    """Return the key of a standing row as one text, its parts joined by `|`."""
    if len(extract.key) == 1:
        return table.c[extract.stored_key[0]]
    first, *others = (sa.cast(table.c[name], sa.Text) for name in extract.stored_key)
    joined: sa.ColumnElement[str] = first
    for part in others:
        joined = joined + "|" + part
    return joined
