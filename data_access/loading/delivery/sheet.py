"""A table as it came in a file, in the native shape: what every reader makes, whatever the format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final

import polars as pl

from data_access.extracts.formats import NATIVE
from data_access.loading.delivery.names import name_of
from data_access.loading.delivery.unreadable_files import saying_what_is_unreadable

ROW: Final = "(row)"
"""The column that holds each row's number in its file, as people see it there."""

MANIFEST: Final = "manifest"

REMARKS: Final = {ROW: pl.Int64, "check": pl.String, "field": pl.String, "value": pl.String, "message": pl.String}
"""What a reader remarks on rows: the name of the check, the heading, what stands there, the message."""


def names_manifest(name: str) -> bool:
    """Return whether a sheet, or a file without its suffix, is named as the manifest is."""
    return name_of(name) == MANIFEST


@dataclass(frozen=True)
class Stated:
    """What a file itself says: when it was taken (UTC), and the first and last day that it covers."""

    extracted_at: datetime | None = None
    covers_from: date | None = None
    covers_to: date | None = None


@dataclass(frozen=True)
class Sheet:
    """One table of a file. `cells` is text by native column name (or heading, where those are native), and ROW.

    `extract` is the extract that it holds, where its format knows, and `complete` whether it lists every row of its
    dates: where None, the terms of the load say so. `called` are the file's own headings by native
    column, so that messages name what people find in the file; `typed` are all headings as they stand there.
    `remarks` (REMARKS) and `notices` are what the reader met.
    """

    file: Path
    name: str
    headings: tuple[str, ...]
    cells: pl.LazyFrame
    digest: str
    from_workbook: bool = False
    extract: str | None = None
    format: str = NATIVE
    complete: bool | None = None
    called: Mapping[str, str] = field(default_factory=dict)
    typed: tuple[str, ...] = ()
    stated: Stated | None = None
    remarks: pl.DataFrame | None = None
    notices: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """Return how messages name the sheet."""
        return f"{self.file.name}, sheet {self.name}" if self.from_workbook else self.file.name

    @property
    def is_manifest(self) -> bool:
        """Return whether this is the manifest rather than an extract."""
        return self.extract is None and names_manifest(self.name)

    def is_empty(self) -> bool:
        """Return whether no row of the sheet has anything in it."""
        looked_at = [name for name in self.headings if not name.startswith("(")]
        filled = pl.any_horizontal(pl.col(looked_at).str.strip_chars() != "")
        with saying_what_is_unreadable(self.shown):
            return self.cells.select(looked_at).filter(filled).head(1).collect().is_empty()
