"""Which rows a load affects, as the rules see it: temporary tables of a load, and conditions on them."""

from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.database.schema.metadata import REFERENCE
from data_access.extracts import Extract
from data_access.measures.sql import word

AFFECTED_GROUPS: Final = sa.Table(
    "affected_groups",
    sa.MetaData(),
    sa.Column("compared_by", sa.Text, primary_key=True),
    sa.Column("key", REFERENCE, primary_key=True),
    prefixes=["TEMPORARY"],
    sqlite_with_rowid=False,
)
"""The values of the columns by which rules compare rows (see `group_of`) whose rows the present load affects."""

CHILDREN: Final = "child_key"
"""The groups of children, which are the same in every table."""


def group_of(extract: Extract, by: str) -> str:
    """Return under which name the groups stand of an extract's rows that share a value of the column `by`."""
    return CHILDREN if by == CHILDREN else f"{extract.name}.{by}"


@cache
def affected_rows(extract: Extract) -> sa.Table:
    """Return the table of the keys of an extract's rows whose verdicts the present load can change."""
    table = CASE_TABLES[extract.name]
    return sa.Table(
        f"affected_{extract.name}",
        sa.MetaData(),
        *(sa.Column(name, table.c[name].type, primary_key=True) for name in extract.stored_key),
        prefixes=["TEMPORARY"],
    )


def is_affected(extract: Extract) -> sa.ColumnElement[bool]:
    """Return whether a row of the case table is affected: found by the key's index in a table of any size."""
    table, rows = CASE_TABLES[extract.name], affected_rows(extract)
    keys = sa.select(*rows.c)
    standing = [table.c[name] for name in extract.stored_key]
    return standing[0].in_(keys) if len(standing) == 1 else sa.tuple_(*standing).in_(keys)


def in_affected_group(column: sa.ColumnElement[Any], group: str) -> sa.ColumnElement[bool]:
    """Return whether a column holds a value whose rows are affected."""
    groups = AFFECTED_GROUPS
    return column.in_(sa.select(groups.c.key).where(groups.c.compared_by == word(group)))


def narrowed(condition: sa.ColumnElement[bool], extract: Extract, by: str) -> sa.ColumnElement[bool]:
    """Return the condition of a rule with every alias of a case table narrowed to the affected values of `by`."""
    narrow: dict[sa.FromClause, sa.Subquery] = {}

    def replace(element: Any, **_: object) -> Any:  # noqa: ANN401 - whatever SQLAlchemy walks upon
        alias = element.table if isinstance(element, sa.Column) else element
        if not isinstance(alias, sa.Alias) or alias.element not in CASE_TABLES.values() or by not in alias.c:
            return None
        if alias not in narrow:
            narrow[alias] = (
                sa.select(alias.element)
                .where(in_affected_group(alias.element.c[by], group_of(extract, by)))
                .subquery(alias.name)
            )
        return narrow[alias].c[element.key] if isinstance(element, sa.Column) else narrow[alias]

    return sa.sql.visitors.replacement_traverse(condition, {}, replace)
