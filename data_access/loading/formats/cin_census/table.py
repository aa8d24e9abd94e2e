"""Rows of one extract as they are found, laid down in parts so that memory holds few of them at a time."""

from pathlib import Path
from typing import Final, NamedTuple

import polars as pl

from data_access.loading.checks.age_bands import age_band
from data_access.loading.formats.cin_census.columns import CELLS
from data_access.problems import ExtractProblem

PLACE, LINE, OWNER, CHILD, ALIKE, CONTENT = "(place)", "(line)", "(owner)", "(child)", "(alike)", "(content)"
"""Numbers kept with the cells: which element of the file a row is, its line, the place of its referral; and what is
the same for rows of one child, for rows whose keys differ in their order alone, for rows that say the same."""

DATED, OF = "(dated)", "(of)"
"""Texts kept with the cells: the date in the row's key, and that in the key of its referral."""

BORN: Final = "(born)"
"""The date of birth, which is made into the age band before rows are laid down."""

UNDATED: Final = "undated"

_ROWS: Final = 20_000
_MOST_ROWS: Final = 3_000_000
_LONGEST_DATE: Final = 10
_NUMBERS_AND_TEXTS: Final = {
    PLACE: pl.UInt32,
    LINE: pl.UInt32,
    OWNER: pl.UInt32,
    CHILD: pl.UInt32,
    ALIKE: pl.Int64,
    CONTENT: pl.Int64,
    DATED: pl.String,
    OF: pl.String,
}
NUMBERS: Final = [PLACE, LINE, OWNER, CHILD, ALIKE, CONTENT]


class Row(NamedTuple):
    """A row: what is kept with its cells (as above), and the cells by column."""

    place: int
    line: int
    owner: int
    child: int
    alike: int
    content: int
    dated: str
    of: str
    cells: tuple[str, ...]


def number_of(child: str) -> int:
    """Return a number that is the same for all rows of a child."""
    return hash(child) & 0xFFFFFFFF


def in_key(dated: str) -> str:
    """Return a date as keys have it."""
    return dated if 0 < len(dated) <= _LONGEST_DATE else UNDATED


class Remark(NamedTuple):
    """A remark on an element's row: its place and line, the check, the element at fault, its text, what to say."""

    place: int
    line: int
    check: str
    field: str
    value: str | None
    message: str


_REMARK: Final = {
    PLACE: pl.UInt32,
    LINE: pl.UInt32,
    "check": pl.String,
    "field": pl.String,
    "value": pl.String,
    "message": pl.String,
}


class Table:
    """The rows of an extract and the remarks on them. `columns` are those of the cells that `Row.cells` gives."""

    def __init__(self, shown: str, extract: str, columns: tuple[str, ...], folder: Path) -> None:
        self.extract = extract
        self._shown = shown
        self._count = 0
        self.remarks: list[pl.DataFrame] = []
        self._columns = columns
        self._folder = folder
        self._rows: list[Row] = []
        self._new_remarks: list[Remark] = []
        self._parts: list[Path] = []

    def add(self, row: Row, remarks: list[Remark] | None = None) -> None:
        """Take a row and the remarks on it."""
        self._rows.append(row)
        self._new_remarks.extend(remarks or ())
        self._count += 1 + len(remarks or ())
        if len(self._rows) + len(self._new_remarks) >= _ROWS:
            self._lay_down()

    def remark(self, remark: Remark) -> None:
        """Take a remark on what is no row."""
        self._new_remarks.append(remark)
        self._count += 1
        if len(self._new_remarks) >= _ROWS:
            self._lay_down()

    def parts(self) -> list[Path]:
        """Return the files in which all rows are laid down, in their order."""
        self._lay_down()
        return self._parts

    def all_remarks(self) -> pl.DataFrame:
        """Return all remarks: PLACE, LINE, check, field, value, message."""
        self._lay_down()
        return pl.concat([pl.DataFrame(schema=_REMARK), *self.remarks])

    def _lay_down(self) -> None:
        if self._count > _MOST_ROWS:
            raise ExtractProblem(
                f"{self._shown} brings more than {_MOST_ROWS:,} rows of {self.extract} and remarks on them; expected "
                "a census of one council and year. Nothing of it was loaded."
            )
        if self._new_remarks:
            self.remarks.append(pl.DataFrame(self._new_remarks, schema=_REMARK, orient="row"))
            self._new_remarks = []
        if self._rows or not self._parts:
            cells = pl.DataFrame(
                [row.cells for row in self._rows], schema=dict.fromkeys(self._columns, pl.String), orient="row"
            )
            numbers_and_texts = pl.DataFrame(
                [row[:-1] for row in self._rows], schema=_NUMBERS_AND_TEXTS, orient="row"
            )
            frame = pl.concat([numbers_and_texts, cells], how="horizontal")
            if BORN in self._columns:
                frame = frame.with_columns(age_band(BORN, "received_at").alias("age_band")).drop(BORN)
            part = self._folder / f"{self.extract}.{len(self._parts)}.parquet"
            frame.write_parquet(part)
            self._parts.append(part)
            self._rows = []


def columns_of(extract: str, *made_later: str, before: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the columns of an extract without those that are made later, after `before`."""
    return (*before, *(column for column in CELLS[extract] if column not in made_later))
