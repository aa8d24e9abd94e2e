"""What a file of a measure must give: its definition, its cohort, and toy cases whose answers a reader can check."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import sqlalchemy as sa

from data_access.extracts import EXTRACTS, extract_named
from data_access.measures.definition import PERCENT, Definition, Key
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
CHANGED_BY_TIME: Final = (NOT_YET_DUE, DATED_AHEAD)
"""The results that can turn into others as time passes, while no row changes."""

NEEDED: Final = ("case_id", "key", "event_date", "team_id", "result")
AMOUNTS: Final = ("numerator", "denominator")

_LOOKED_UP: Final = {"calendar", *(extract.name for extract in EXTRACTS if extract.reference)}


@dataclass(frozen=True)
class Measure:
    """A measure that can be counted.

    `cases` is its one select: a row a case, with `case_id`, `key` (what the row depends on), `event_date` (local),
    `team_id`, `result` (met, not met, counted, not yet due, or not computable and why), `numerator` and `denominator`
    where its way of adding up asks for amounts, and the details. Its parameters are those of
    `data_access.coverage.as_at.AsAt`.
    `cohort` is the same, but for cases that hang on a cell that nobody can read: headline, series, breakdown, case
    list and rollup all come from it.
    `near` narrows the cohort by index to rows that may be dated between two dates: it may let more through, never
    less. `grows` marks cohorts whose rows come from the calendar, so that time alone adds some.
    """

    definition: Definition
    cases: sa.Select[Any]
    near: Callable[[date, date], sa.ColumnElement[bool]]
    toy: Toy
    grows: bool = False

    @property
    def id(self) -> str:
        """Return the id by which everything else names the measure."""
        return self.definition.id

    @cached_property
    def cohort(self) -> sa.Select[Any]:
        """Return the select of the cases, with those that hang on an unreadable cell told apart."""
        return told_apart(self.cases, (*self.definition.fields, *self.definition.links), NOT_COMPUTABLE)

    @cached_property
    def tables(self) -> frozenset[str]:
        """Return the names of the tables that the cohort reads."""
        return frozenset(
            element.name for element in sa.sql.visitors.iterate(self.cohort) if isinstance(element, sa.Table)
        )

    def column(self, name: str) -> sa.ColumnElement[Any]:
        """Return what the cohort's column of this name stands for, to filter by it."""
        column = self.cohort.selected_columns[name]
        return column.element if isinstance(column, sa.Label) else column

    def broken_rules(self) -> list[str]:
        """Return what the file lacks, in words; nothing where it keeps the contract."""
        it, found = self.definition, []
        columns = set(self.cohort.selected_columns.keys())
        wanted = {*NEEDED, *(detail.name for detail in it.details)}
        if it.adding_up.brings_amounts:
            wanted |= set(AMOUNTS)
        if missing := sorted(wanted - columns):
            found.append(f"the cohort lacks the columns {', '.join(missing)}")
        if unknown := sorted(columns - wanted):
            found.append(f"the cohort has columns that no detail describes: {', '.join(unknown)}")
        stated = {*it.extracts, *_LOOKED_UP}
        if unstated := sorted(self.tables - stated):
            found.append(f"it reads {', '.join(unstated)}, which it neither requires nor names as optional")
        if unread := sorted(set(it.extracts) - self.tables):
            found.append(f"it names {', '.join(unread)}, but never reads them")
        if unknown := sorted(field for field in (*it.fields, *it.links) if not _is_field(field, it.extracts)):
            found.append(f"the fields {', '.join(unknown)} are no columns of the extracts that it reads")
        if unsaid := sorted(set(it.requires) - {field.partition(".")[0] for field in it.fields}):
            found.append(f"no field of {', '.join(unsaid)} is named, though it requires them")
        if unknown := sorted(set(it.dimensions) - {detail.name for detail in it.details}):
            found.append(f"the dimensions {', '.join(unknown)} are no details")
        if naming := sorted({one.name for one in it.details if one.names_staff} & set(it.dimensions)):
            found.append(f"the dimensions {', '.join(naming)} name members of staff")
        if it.blank_while_open is not None and it.blank_while_open not in columns:
            found.append(f"{it.blank_while_open}, blank while a case is open, is no column of the cohort")
        if it.blank_while_open is not None and it.waiting_words is None:
            found.append("it says nothing of the cases that wait")
        if it.period not in NATURAL_PERIODS:
            found.append(f"its period is {it.period}, which is none of {', '.join(NATURAL_PERIODS)}")
        if self.grows and it.key is not Key.STAFF:
            found.append("only a cohort of staff may grow with the calendar")
        if it.adding_up.is_share and it.unit != PERCENT:
            found.append(f"its figures are shares, but its unit is {it.unit}")
        empty = [name for name in ("title", "question", "why", "how", "misleads", "owner") if not getattr(it, name)]
        if empty:
            found.append(f"nothing is said under {', '.join(empty)}")
        return found


def _is_field(field: str, extracts: tuple[str, ...]) -> bool:
    extract, _, column = field.partition(".")
    return extract in extracts and extract_named(extract).has(column)
