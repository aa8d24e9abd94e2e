"""What a file of a measure must give: its definition, its cohort, and toy cases whose answers a reader can check."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.extracts import EXTRACTS, extract_named
from data_access.measures.adding_up import OverTime
from data_access.measures.definition import PERCENT, Definition, Key
from data_access.measures.details import broken_details
from data_access.measures.toy import Toy
from data_access.measures.unreadable import told_apart
from data_access.vocabulary import NATURAL_PERIODS

MET: Final = "met"
NOT_MET: Final = "not met"
COUNTED: Final = "counted"
NOT_YET_DUE: Final = "not yet due"
NOT_COMPUTABLE: Final = "not computable: "
"""Begins the result of a row that lacks what the rule needs; the reason follows."""
DATED_AHEAD: Final = f"{NOT_COMPUTABLE}dated after the data were taken"
"""The result of a row that says what can't be known yet."""
WAITS: Final = "still waits"
STILL_WAITS: Final = f"{NOT_COMPUTABLE}{WAITS}"
"""The result of a row that no clock drives and whose outcome nobody knows before someone acts."""
CHANGED_BY_TIME: Final = (NOT_YET_DUE, DATED_AHEAD)
"""The results that can turn into others as time passes, while no row changes."""

NEEDED: Final = ("case_id", "key", "event_date", "team_id", "result")
AMOUNTS: Final = ("numerator", "denominator")
LEFT_ON: Final = "left_on"
"""The column of a spell with the first day on which it stands no more; null while it stands."""

_LOOKED_UP: Final = {"calendar", *(extract.name for extract in EXTRACTS if extract.reference)}


Near = Callable[[date, date], sa.ColumnElement[bool]]
"""Narrows rows by index to those that may be dated between two dates: it may let more through, never less."""


@dataclass(frozen=True)
class Cohort:
    """One select of a measure's rows, with those that hang on an unreadable cell told apart."""

    select: sa.Select[Any]
    near: Near

    def column(self, name: str) -> sa.ColumnElement[Any]:
        """Return what the column of this name stands for, to filter by it."""
        column = self.select.selected_columns[name]
        return column.element if isinstance(column, sa.Label) else column

    @cached_property
    def key_may_be_null(self) -> bool:
        """Return whether rows can be without their key, as a notification without a child is."""
        key = self.column("key")
        return isinstance(key, sa.Column) and bool(key.nullable)

    @cached_property
    def own_extract(self) -> str | None:
        """Return the extract whose rows are the cases, by their key; None where there is none."""
        case = self.column("case_id")
        if not isinstance(case, sa.Column) or not isinstance(case.table, sa.Alias):
            return None
        name = str(getattr(case.table.element, "name", ""))
        return name if name in CASE_TABLES and extract_named(name).stored_key == (case.name,) else None


@dataclass(frozen=True, eq=False)
class Measure:
    """A measure that can be counted.

    `cases` is its select: a row a case, with `case_id`, `key` (what the row depends on), `event_date` (local),
    `team_id`, `result` (met, not met, counted, not yet due, or not computable and why), `numerator` and `denominator`
    where its way of adding up asks for amounts, and the details. Its parameters are those of
    `data_access.coverage.as_at.AsAt`.
    `also` are further selects of the same columns, each with what is near to its dates, where the rows come from
    several tables: of a ratio of two counts one gives the numerator and one the denominator.
    `cohort` is all of these rows, but that those that hang on a cell that nobody can read say so: headline, series,
    breakdown, case list and rollup all come from it.
    `grows` marks cohorts whose rows come from the calendar, so that time alone adds some. What their rows count as
    may hang on the dates covered, never on the hour, and `settles_in` is how many days after the end of its week or
    month a row may still turn from not yet due into something else.
    """

    definition: Definition
    cases: sa.Select[Any]
    near: Near
    toy: Toy
    grows: bool = False
    settles_in: int = 0
    also: tuple[tuple[sa.Select[Any], Near], ...] = ()
    may_wait: sa.ColumnElement[bool] | None = None
    """What holds of the row behind every late case that still waits, where that is cheaply told: of few rows more."""

    @property
    def id(self) -> str:
        """Return the id by which everything else names the measure."""
        return self.definition.id

    @cached_property
    def cohorts(self) -> tuple[Cohort, ...]:
        """Return the selects of which the cohort consists."""
        fields, given = self.definition.deciding, ((self.cases, self.near), *self.also)
        return tuple(Cohort(told_apart(cases, fields, NOT_COMPUTABLE), near) for cases, near in given)

    @cached_property
    def cohort(self) -> sa.Select[Any]:
        """Return the select of all rows."""
        return self.rows(lambda _: None)

    def between(self, first: date, last: date) -> sa.Select[Any]:
        """Return the rows that make the figure of some days, found by index."""
        return self.rows(lambda cohort: sa.and_(cohort.near(first, last), self._makes(cohort, first, last)))

    def _makes(self, cohort: Cohort, first: date, last: date) -> sa.ColumnElement[bool]:
        """Return whether a row is one of those that make the figure of some days."""
        dated = cohort.column("event_date")
        match self.definition.adding_up.over_time:
            case OverTime.SUM:
                return dated.between(first, last)
            case OverTime.CLOSING:
                return dated == last
            case OverTime.STANDING:
                left = cohort.column(LEFT_ON)
                return sa.and_(dated <= last, sa.or_(left.is_(None), left > last))

    def rows(self, only: Callable[[Cohort], sa.ColumnElement[bool] | None]) -> sa.Select[Any]:
        """Return the select of the rows that meet a condition, which each select can answer by its own indexes."""
        selects = [
            cohort.select if (condition := only(cohort)) is None else cohort.select.where(condition)
            for cohort in self.cohorts
        ]
        if len(selects) == 1:
            return selects[0]
        together = sa.union_all(*selects).subquery("cases")
        return sa.select(*together.c)

    @cached_property
    def tables(self) -> frozenset[str]:
        """Return the names of the tables that the cohort reads."""
        return frozenset(
            element.name for element in sa.sql.visitors.iterate(self.cohort) if isinstance(element, sa.Table)
        )

    def broken_rules(self) -> list[str]:
        """Return what the file lacks, in words; nothing where it keeps the contract."""
        it, broken = self.definition, []
        columns = set(self.cohort.selected_columns.keys())
        wanted = {*NEEDED, *(detail.name for detail in it.details)}
        if it.adding_up.brings_amounts:
            wanted |= set(AMOUNTS)
        if it.adding_up.stands:
            wanted.add(LEFT_ON)
        if any(set(cohort.select.selected_columns.keys()) != columns for cohort in self.cohorts):
            broken.append("its selects have different columns")
        if missing := sorted(wanted - columns):
            broken.append(f"the cohort lacks the columns {', '.join(missing)}")
        if unknown := sorted(columns - wanted):
            broken.append(f"the cohort has columns that no detail describes: {', '.join(unknown)}")
        broken += broken_details(it.details, (cohort.select for cohort in self.cohorts))
        stated = {*it.extracts, *_LOOKED_UP}
        if unstated := sorted(self.tables - stated):
            broken.append(f"it reads {', '.join(unstated)}, which it neither requires nor names as optional")
        if unread := sorted(set(it.extracts) - self.tables):
            broken.append(f"it names {', '.join(unread)}, but never reads them")
        if unknown := sorted(field for field in it.deciding if not _is_field(field, it.extracts)):
            broken.append(f"the fields {', '.join(unknown)} are no columns of the extracts that it reads")
        if unsaid := sorted(set(it.requires) - {field.partition(".")[0] for field in it.fields}):
            broken.append(f"no field of {', '.join(unsaid)} is named, though it requires them")
        if unknown := sorted(set(it.dimensions) - {detail.name for detail in it.details}):
            broken.append(f"the dimensions {', '.join(unknown)} are no details")
        if naming := sorted({detail.name for detail in it.details if detail.names_staff} & set(it.dimensions)):
            broken.append(f"the dimensions {', '.join(naming)} name members of staff")
        if it.blank_while_open is not None and it.blank_while_open not in columns:
            broken.append(f"{it.blank_while_open}, blank while a case is open, is no column of the cohort")
        if it.blank_while_open is not None and it.waiting_words is None:
            broken.append("it says nothing of the cases that wait")
        if it.period not in NATURAL_PERIODS:
            broken.append(f"its period is {it.period}, which is none of {', '.join(NATURAL_PERIODS)}")
        if it.key not in (*Key, *it.extracts):
            broken.append(f"its key {it.key} is neither child_key, staff_id nor an extract that it reads")
        # of what grows time reaches new days alone: a child's row of long ago that falls due would be missed
        if self.grows and it.key == Key.CHILD:
            broken.append("a cohort of children may not grow with the calendar")
        if it.adding_up.is_share and it.unit != PERCENT:
            broken.append(f"its figures are shares, but its unit is {it.unit}")
        empty = [name for name in ("title", "question", "why", "how", "misleads", "owner") if not getattr(it, name)]
        if empty:
            broken.append(f"nothing is said under {', '.join(empty)}")
        return broken


def _is_field(field: str, extracts: tuple[str, ...]) -> bool:
    extract, _, column = field.partition(".")
    return extract in extracts and extract_named(extract).has(column)
