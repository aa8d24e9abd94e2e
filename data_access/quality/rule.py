"""What a rule is: which rows of an extract it looks at, what breaks it, and what to tell those who put it right."""

import dataclasses
from collections.abc import Iterable
from functools import cached_property
from typing import Any, Final

import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.extracts import NO_TEAM, Column, Extract, Kind, extract_named
from data_access.measures import MEASURES
from data_access.measures.sql import word

COLUMNS: Final = ("key", "child_id", "team_id", "dated", "value")
"""The columns of every rule's select."""

NEVER_LISTED: Final = frozenset({"absences"})
"""Extracts about the health of staff: their rows are counted, never listed."""


@dataclasses.dataclass(frozen=True, eq=False)
class Rule:
    """A rule that the rows of one extract should keep.

    `title` says what is wrong with the rows that break it; `message` what is wrong with such a row and what to do,
    for the team that corrects it. `field` is the column to correct and `threatens` the ids of the measures that a
    broken row can make wrong. `broken` holds of the rows that break the rule, `looks_at` of those that it looks at:
    conditions on the case table itself. `given` holds of rows that give what the rule asks for: where none does, the
    source never gives it (times of day, teams), which is no fault that a team could correct row by row, and the rule
    looks at none. `changed_by_time` holds of rows whose verdict a later `as_at_on` alone can change.

    `compared_by` is the column whose value is the same in all rows that a rule compares with one another (a child's,
    say): in every select of its own, each alias of a case table with that column may then be narrowed to the values
    that a load affects. Such rules are counted one by one, all others together in one walk through the table.
    """

    name: str
    title: str
    extract: str
    field: str
    message: str
    threatens: tuple[str, ...]
    broken: sa.ColumnElement[bool]
    looks_at: sa.ColumnElement[bool] = dataclasses.field(default_factory=sa.true)
    given: sa.ColumnElement[bool] | None = None
    changed_by_time: sa.ColumnElement[bool] | None = None
    compared_by: str | None = None

    @property
    def is_listed(self) -> bool:
        """Return whether the rows that break it may be listed to those who may see the team's cases."""
        return self.extract not in NEVER_LISTED

    @property
    def column(self) -> Column:
        """Return the column to correct."""
        return extract_named(self.extract).column(self.field)

    @cached_property
    def select(self) -> sa.Select[Any]:
        """Return the rows that break the rule: COLUMNS.

        `key` is the row's key as text, its parts joined by `|`; `dated` the day that places it in time; `value`
        what stands in the field, of the field's own type. The parameter `as_at_on` is the London date at which the
        extract was taken.
        """
        table, extract = CASE_TABLES[self.extract], extract_named(self.extract)
        child = table.c.child_id if extract.has("child_id") else sa.null()
        return (
            sa.select(
                key_of(extract).label("key"),
                child.label("child_id"),
                team_of(extract).label("team_id"),
                dated_of(extract).label("dated"),
                table.c[self.column.stored_as].label("value"),
            )
            .select_from(table)
            .where(self.looks_at, self.broken, given_at_all(extract, self.given))
        )


def key_of(extract: Extract) -> sa.ColumnElement[str]:
    """Return the key of a row as one text, its parts joined by `|`."""
    first, *others = (sa.cast(CASE_TABLES[extract.name].c[name], sa.Text) for name in extract.stored_key)
    joined: sa.ColumnElement[str] = first
    for part in others:
        joined = joined + word("|") + part
    return joined


def team_of(extract: Extract) -> sa.ColumnElement[str]:
    """Return the team of a row, NO_TEAM where it names none."""
    table = CASE_TABLES[extract.name]
    return sa.func.coalesce(table.c.team_id, word(NO_TEAM)) if extract.has("team_id") else word(NO_TEAM)


def dated_of(extract: Extract) -> sa.ColumnElement[Any]:
    """Return the local date that places a row in time; for lists that have none, the first date of the row."""
    table = CASE_TABLES[extract.name]
    names = extract.dated_by or tuple(column.name for column in extract.columns if column.kind is Kind.DATE)[:1]
    days = [table.c[extract.column(name).local_date] for name in names]
    if not days:
        return sa.cast(sa.null(), sa.Date)
    return sa.func.coalesce(*days) if len(days) > 1 else days[0]


def filled(extract: Extract, field: str) -> sa.ColumnElement[bool]:
    """Return whether a row has something in the field."""
    return CASE_TABLES[extract.name].c[extract.column(field).stored_as].is_not(None)


def given_at_all(extract: Extract, holds: sa.ColumnElement[bool] | None) -> sa.ColumnElement[bool]:
    """Return whether the condition, if there is one, holds of any row of the extract."""
    if holds is None:
        return sa.true()
    table = CASE_TABLES[extract.name].alias("any_row")
    return sa.exists().where(sa.sql.util.ClauseAdapter(table).traverse(holds)).correlate(None)


def measures_reading(extract: str, *fields: str) -> tuple[str, ...]:
    """Return the ids of the measures whose cohort reads any of these fields of an extract."""
    stored = {name for field in fields for name in extract_named(extract).column(field).stored}
    return measures_reading_stored(extract, *stored, *(["child_key"] if "child_id" in stored else []))


def measures_reading_stored(extract: str, *columns: str) -> tuple[str, ...]:
    """Return the ids of the measures whose cohort reads any of these columns of a case table."""
    return tuple(name for name, read in _READ.items() if any((extract, column) in read for column in columns))


def measures_counting(extract: str) -> tuple[str, ...]:
    """Return the ids of the measures that can't be told without the extract: a row too many makes them wrong."""
    return tuple(name for name, measure in MEASURES.items() if extract in measure.definition.requires)


def any_of(*measures: Iterable[str]) -> tuple[str, ...]:
    """Return the measures that are in any of these, in the order of the registry."""
    wanted = {name for some in measures for name in some}
    return tuple(name for name in MEASURES if name in wanted)


def _columns_read(cohort: sa.Select[Any]) -> frozenset[tuple[str, str]]:
    columns = set()
    for element in sa.sql.visitors.iterate(cohort):
        if isinstance(element, sa.Column):
            origin = element.table.element if isinstance(element.table, sa.Alias) else element.table
            columns.add((str(getattr(origin, "name", "")), str(element.name)))
    return frozenset(columns)


_READ: Final = {name: _columns_read(measure.cohort) for name, measure in MEASURES.items()}
"""Which columns of which tables each measure reads."""
