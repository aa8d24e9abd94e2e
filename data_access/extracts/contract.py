"""The words in which an extract is described: kinds of column, columns, extracts."""

from dataclasses import dataclass
from enum import StrEnum

NO_TEAM = "(no team)"
"""The team of a row that names none, so that teams always add up to the whole."""


class Kind(StrEnum):
    """What a column holds, and so how it is read, checked and kept."""

    ID = "reference"
    TEXT = "text"
    CODE = "code"
    DATE = "date"
    TIME = "date and time"
    WHOLE = "whole number"
    NUMBER = "number"
    FTE = "full-time equivalent"
    YES_NO = "yes or no"
    WEEK = "week (its Monday)"


@dataclass(frozen=True)
class Column:
    """One column of an extract.

    `name` is the heading in the extract and `stored_as` the name in the database where the heading is a reserved
    word. `required` columns must be present and filled in every row. `codes` names the closed list of a code
    column; `refers_to` the extract whose first key column it repeats. `minimum` and `maximum` bound whole numbers
    and numbers. `blank_means` is what an empty cell stands for.

    A date-and-time column is kept as three: the moment (UTC; local midnight where the extract gives a date alone),
    the local date, and whether a time was given: see `moment`, `local_date` and `has_time`.
    """

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    codes: str | None = None
    refers_to: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    blank_means: str | None = None
    renamed: str | None = None

    @property
    def stored_as(self) -> str:
        """Return the name of the column in the database (the moment, for a date-and-time column)."""
        return self.renamed or self.name

    @property
    def is_reference(self) -> bool:
        """Return whether it names a thing by a reference (a child, a team, a case), rather than by a word of ours."""
        return self.kind is Kind.ID and (self.name.endswith("_id") or self.name == "merged_into")

    @property
    def local_date(self) -> str:
        """Return the stored name of the local date: of a date column itself, of a time column its `…_on`."""
        return f"{self.stored_as.removesuffix('_at')}_on" if self.kind is Kind.TIME else self.stored_as

    @property
    def has_time(self) -> str:
        """Return the stored name of the flag that says whether a date-and-time column came with a time."""
        return f"{self.stored_as.removesuffix('_at')}_timed"

    @property
    def stored(self) -> tuple[str, ...]:
        """Return every database column that this column fills."""
        if self.kind is Kind.TIME:
            return (self.stored_as, self.local_date, self.has_time)
        return (self.stored_as,)


@dataclass(frozen=True)
class Extract:
    """One extract: a file, or a sheet of a workbook; one row a thing.

    `key` names the columns that tell rows apart. `dated_by` names the columns whose first filled date places a row
    in time: a *complete* extract lists every row so dated within the dates that it covers, and rows that it no
    longer lists are withdrawn. Where `dated_by` is empty, a complete extract lists the whole table.
    `reference` marks tables that the measures look things up in; they date no measure but those that require them.
    """

    name: str
    title: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    dated_by: tuple[str, ...] = ()
    reference: bool = False

    def column(self, name: str) -> Column:
        """Return the column with this heading; raise KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def has(self, name: str) -> bool:
        """Return whether the extract has a column with this heading."""
        return any(column.name == name for column in self.columns)

    @property
    def stored_key(self) -> tuple[str, ...]:
        """Return the key as the database names it."""
        return tuple(self.column(name).stored_as for name in self.key)

    @property
    def required(self) -> tuple[str, ...]:
        """Return the headings that must be there."""
        return tuple(column.name for column in self.columns if column.required)


def reference(name: str, meaning: str, *, required: bool = False, to: str | None = None) -> Column:
    """Describe a pseudonymous reference of the case system, to an extract of its own where `to` names one."""
    return Column(name, Kind.ID, meaning, required, refers_to=to)


def child(*, required: bool = True, meaning: str = "The child's pseudonymous reference") -> Column:
    """Describe the column that names the child."""
    return Column("child_id", Kind.ID, meaning, required)


def team(*, required: bool = False, meaning: str = "The team that held it at that time") -> Column:
    """Describe the column that names the team."""
    return Column("team_id", Kind.ID, meaning, required, refers_to="teams")


def worker(name: str, meaning: str, *, required: bool = False) -> Column:
    """Describe a column that names a member of staff."""
    return Column(name, Kind.ID, meaning, required, refers_to="staff")


def text(name: str, meaning: str, *, required: bool = False) -> Column:
    """Describe a column of free text."""
    return Column(name, Kind.TEXT, meaning, required)


def code(name: str, codes: str, meaning: str, *, required: bool = False) -> Column:
    """Describe a column whose values come from a closed list."""
    return Column(name, Kind.CODE, meaning, required, codes=codes)


def date(name: str, meaning: str, *, required: bool = False) -> Column:
    """Describe a column of local dates."""
    return Column(name, Kind.DATE, meaning, required)


def time(name: str, meaning: str, *, required: bool = False) -> Column:
    """Describe a column of London local times; a date alone is allowed."""
    return Column(name, Kind.TIME, meaning, required)


def yes_no(name: str, meaning: str, *, required: bool = False) -> Column:
    """Describe a column that says yes or no."""
    return Column(name, Kind.YES_NO, meaning, required)


def whole(
    name: str, meaning: str, *, required: bool = False, minimum: float = 0, maximum: float | None = None
) -> Column:
    """Describe a column of whole numbers, none below `minimum` or above `maximum`."""
    return Column(name, Kind.WHOLE, meaning, required, minimum=minimum, maximum=maximum)


def begins(meaning: str) -> Column:
    """Describe the required `from` date of a spell."""
    return Column("from", Kind.DATE, meaning, required=True, renamed="from_date")


def ends(meaning: str) -> Column:
    """Describe the `to` date of a spell: its last day, blank while it lasts."""
    return Column("to", Kind.DATE, meaning, renamed="to_date")


def fte(meaning: str) -> Column:
    """Describe a required share of a full-time post, kept in hundredths."""
    return Column("fte", Kind.FTE, meaning, required=True, minimum=0.01, maximum=1.5, renamed="fte_hundredths")
