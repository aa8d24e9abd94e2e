"""One reference for two children, and two for one child, as far as the rows that stand can show it.

A row that names another child's row: one of the two has the wrong child, or one child has two references. References
that differ only in capitals, spaces or leading zeros are one child's more often than not.
"""

from typing import Any, Final

import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.extracts import EXTRACTS, Column, Extract, extract_named
from data_access.measures.sql import word
from data_access.quality.rule import Rule, measures_reading
from data_access.quality.words import spoken

_SPACES: Final = (" ", "\t", "\u00a0", "\u200b", "\ufeff")
"""Spaces, seen and unseen, that get into references."""

UNDER_TWO_REFERENCES: Final = ("contacts", "referrals", "assessments", "section_47_enquiries", "plans", "cafs")
"""The extracts whose children are looked for under two references."""


def _of_another_child(extract: Extract, column: Column, to: Extract) -> Rule:
    row, target = CASE_TABLES[extract.name], CASE_TABLES[to.name].alias("target")
    names = row.c[column.stored_as]
    return Rule(
        name=f"{extract.name}_{column.name}_of_another_child",
        title=f"{extract.title} whose {spoken(column.name)} is another child's",
        extract=extract.name,
        field=column.name,
        message=(
            f"The row of `{to.name}` that it names is another child's. Correct the reference or the child; if both "
            "are one child, list them in `child_merges`."
        ),
        threatens=measures_reading(extract.name, column.name, "child_id"),
        looks_at=sa.and_(names.is_not(None), row.c.child_key.is_not(None)),
        broken=sa.exists()
        .where(target.c[to.stored_key[0]] == names, target.c.child_key != row.c.child_key)
        .correlate(row),
    )


def plain(reference: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    """Return a reference without what people write now one way, now another: case, spaces, leading zeros."""
    bare: sa.ColumnElement[str] = sa.func.lower(reference)
    for space in _SPACES:
        bare = sa.func.replace(bare, word(space), word(""))
    return sa.func.ltrim(bare, word("0"))


def _under_two_references(name: str) -> Rule:
    row = CASE_TABLES[name]
    rows = [CASE_TABLES[extract].alias(f"of_{extract}") for extract in sorted({name, "referrals"})]
    children = sa.union(*(sa.select(row.c.child_key).distinct() for row in rows))
    known = children.subquery("known")
    # an OFFSET is what no engine looks through: else the plain writing is made again wherever it is named
    written = sa.select(known.c.child_key, plain(known.c.child_key).label("plain")).offset(0).subquery("written")
    alike = (
        sa.select(written.c.child_key, sa.func.count().over(partition_by=written.c.plain).label("references"))
        .where(written.c.plain != word(""))
        .subquery("alike")
    )
    return Rule(
        name=f"{name}_child_under_two_references",
        title=f"{extract_named(name).title} of a child under two references",
        extract=name,
        field="child_id",
        message=(
            "Another reference differs from this one only in capitals, spaces or leading zeros. If both are one "
            "child, write them alike or list them in `child_merges`: until then its history is cut in two."
        ),
        threatens=measures_reading(name, "child_id"),
        looks_at=row.c.child_key.is_not(None),
        broken=row.c.child_key.in_(sa.select(alike.c.child_key).where(alike.c.references > 1)),
        compared_by="child_key",
    )


RULES: Final = (
    *(
        _of_another_child(extract, column, extract_named(column.refers_to))
        for extract in EXTRACTS
        if extract.has("child_id")
        for column in extract.columns
        if column.refers_to is not None and extract_named(column.refers_to).has("child_id")
    ),
    *(_under_two_references(name) for name in UNDER_TWO_REFERENCES),
)
