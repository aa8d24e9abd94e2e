"""A select that asks other tables nothing twice for a row.

A cohort names the start of a clock, say, in its date, its result and its conditions. To an engine each of these is a
subquery of its own, and one within others. Counting walks through every row, so it asks layer by layer: each layer
hands its columns and the answers to its questions on to the next.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.sql import operators, visitors

Part = sa.ColumnElement[Any]
Element = visitors.ExternallyTraversible

_QUESTIONS: Final = (sa.ScalarSelect, sa.Exists)
_LISTED: Final = (operators.in_op, operators.not_in_op)
_TABLES: Final = (sa.Alias, sa.Subquery, sa.TableClause)


def asked_once(select: sa.Select[Any]) -> sa.Select[Any]:
    """Return a select of columns, tables and conditions alone with the same rows, and no subquery in it twice."""
    columns, tables = list(select.selected_columns), select.get_final_froms()
    wanted = _conditions(select)
    for number in count(1):
        asked = _asked_again([*columns, *wanted])
        if not asked:
            break
        early = [condition for condition in wanted if not {*_questions([condition])} & {*asked}]
        late = [condition for condition in wanted if condition not in early]
        told = [*asked, *_columns_of(tables, [*columns, *late])]
        names = {part: part.label(f"told_{number}_{at}") for at, part in enumerate(told, start=1)}
        # an OFFSET is what no engine looks through
        layer = sa.select(*names.values()).select_from(*tables).where(*early).offset(0).subquery(f"layer_{number}")
        upper = _rewritten([*columns, *late], {part: layer.c[label.name] for part, label in names.items()})
        columns = [part.label(column.key) for part, column in zip(upper, columns, strict=False)]
        wanted, tables = upper[len(columns) :], [layer]
    return sa.select(*columns).select_from(*tables).where(*wanted)


def _conditions(select: sa.Select[Any]) -> list[Part]:
    """Return the conditions that all hold of a row of the select."""
    where = select.whereclause
    if isinstance(where, sa.BooleanClauseList) and where.operator is operators.and_:
        return list(where.clauses)
    return [] if where is None else [where]


def _within(part: Element, *, into_questions: bool = True) -> Iterator[Element]:
    """Yield all that a part of a select says, as often as it stands there; not what the tables in it consist of."""
    yield part
    ends = isinstance(part, _QUESTIONS) and not into_questions
    if not ends and not isinstance(part, (sa.ColumnClause, *_TABLES)):
        for child in part.get_children():
            yield from _within(child, into_questions=into_questions)


def _questions(parts: Iterable[Part], *, into_questions: bool = True) -> list[Part]:
    """Return the subqueries with one answer in some parts of a select, as often as they stand there."""
    inside = [element for part in parts for element in _within(part, into_questions=into_questions)]
    others = {part.element for part in inside if isinstance(part, sa.Exists)}
    others |= {part.right for part in inside if isinstance(part, sa.BinaryExpression) and part.operator in _LISTED}
    return [part for part in inside if isinstance(part, _QUESTIONS) and part not in others]


def _asked_again(parts: Sequence[Part]) -> list[Part]:
    """Return the subqueries that stand more than once, those alone within which no other does.

    Each stands by itself at least once: what only others ask may hang on what they look at.
    """
    times, by_itself = Counter(_questions(parts)), _questions(parts, into_questions=False)
    again = [question for question in dict.fromkeys(by_itself) if times[question] > 1]
    return [question for question in again if not {*again} & {*_questions([question])} - {question}]


def _columns_of(tables: Iterable[sa.FromClause], parts: Iterable[Part]) -> list[Part]:
    """Return the columns of the tables that the parts name."""
    mine = {leaf for table in tables for leaf in _leaves(table)}
    inside = (element for part in parts for element in _within(part))
    return [*dict.fromkeys(part for part in inside if isinstance(part, sa.ColumnClause) and part.table in mine)]


def _leaves(table: sa.FromClause) -> list[sa.FromClause]:
    return [*_leaves(table.left), *_leaves(table.right)] if isinstance(table, sa.Join) else [table]


def _rewritten(parts: Sequence[Part], known: Mapping[Part, Part]) -> list[Part]:
    """Return parts of a select that take from a layer what it knows; what was the same part of several still is."""

    def replace(element: Any, **_: object) -> Any:  # noqa: ANN401 - whatever SQLAlchemy walks upon
        if isinstance(element, _TABLES):
            return element  # a copy would be another table
        return known.get(element) if isinstance(element, sa.ColumnElement) else None

    return list(visitors.replacement_traverse(sa.tuple_(*parts), {}, replace).clauses)
