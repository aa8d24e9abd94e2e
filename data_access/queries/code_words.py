"""The words for the codes in a measure's details: "No further action" for no_further_action."""

from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa

from data_access.database.schema import CASE_TABLES
from data_access.extracts import EXTRACTS
from data_access.measures import Measure, measure_named
from data_access.scope import Scope

_LISTS: Final = {
    (extract.name, column.stored_as): column.codes
    for extract in EXTRACTS
    for column in extract.columns
    if column.codes is not None
}


def code_words(scope: Scope, connection: sa.Connection, measure: str) -> dict[str, dict[str, str]]:  # noqa: ARG001 - every read takes a scope; code lists are open to all
    """Return the words for the codes of each detail that holds codes: by the detail's name, then by the code."""
    wanted = measure_named(measure)
    lists = {detail.name: _list_of(wanted, detail.name) for detail in wanted.definition.details}
    table = CASE_TABLES["codes"]
    named = {name for name in lists.values() if name is not None}
    words: dict[str, dict[str, str]] = {}
    for row in connection.execute(sa.select(table).where(table.c.list.in_(sorted(named)))):
        words.setdefault(row.list, {})[row.code] = row.label
    return {detail: words.get(name, {}) for detail, name in lists.items() if name is not None}


def _list_of(measure: Measure, detail: str) -> str | None:
    """Return the code list of the extract's column that a detail shows; None where it shows something else."""
    shown = (column for cohort in measure.cohorts for column in _shown_columns(cohort.column(detail)))
    lists = {_LISTS.get(column) for column in shown}
    return lists.pop() if len(lists) == 1 else None


def _shown_columns(element: sa.ColumnElement[object]) -> Iterator[tuple[str, str]]:
    """Yield the table and name of every column whose value an expression may show."""
    if isinstance(element, sa.Label):
        yield from _shown_columns(element.element)
    elif isinstance(element, sa.Case):
        for _, value in element.whens:
            yield from _shown_columns(value)
        if element.else_ is not None:
            yield from _shown_columns(element.else_)
    elif isinstance(element, sa.Column):
        table = element.table
        origin = table.element if isinstance(table, sa.Alias) else table
        if isinstance(origin, sa.Table):
            yield origin.name, element.name
