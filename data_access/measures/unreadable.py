"""Cases that can't be told because a cell that decides them can't be read: a failed formula, a mangled reference.

Every case table keeps in `unreadable` the names of the columns of a row in whose cells something stood that nobody
can read. Such a cell is null, and would count as if nothing had happened yet; so no case hangs on it.
"""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.measures.sql import word


def told_apart(cohort: sa.Select[Any], fields: Iterable[str], not_computable: str) -> sa.Select[Any]:
    """Return a cohort in which rows with an unreadable cell in one of the fields (`extract.column`) say so.

    Their `result` is `not_computable` with the reason behind it, and their amounts, where there are any, are 0. Only
    the rows that the cohort itself consists of are looked at, not those that it looks up or adds up.
    """
    fields = tuple(fields)
    reasons = [
        (alias.c.unreadable.like(word(f"% {column} %")), word(f"{not_computable}{column} can't be read"))
        for alias in _rows(cohort)
        for extract, _, column in (field.partition(".") for field in fields)
        if alias.element is CASE_TABLES[extract]
    ]
    if not reasons:
        return cohort
    unread = sa.or_(*(condition for condition, _ in reasons))

    def column(selected: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        value = selected.element if isinstance(selected, sa.Label) else selected
        if selected.key == "result":
            return sa.case(*reasons, else_=value).label("result")
        if selected.key in ("numerator", "denominator"):
            return sa.case((unread, 0), else_=value).label(selected.key)
        return selected

    columns = [column(selected) for selected in cohort.selected_columns]
    return cohort.with_only_columns(*columns)


def extracts_of_rows(cohort: sa.Select[Any]) -> set[str]:
    """Return the names of the extracts from which a cohort takes its rows."""
    return {str(alias.element.name) for alias in _rows(cohort) if isinstance(alias.element, sa.Table)}


def _rows(cohort: sa.Select[Any]) -> list[sa.Alias]:
    """Return the case tables, under their aliases, from which a cohort takes its rows."""
    tables = set(CASE_TABLES.values())
    return [each for each in cohort.columns_clause_froms if isinstance(each, sa.Alias) and each.element in tables]
