"""Child references that stand for no child: `UNKNOWN`, 1.23457E+11, or one under which more referrals lie than one
child has.

Every look-back by child (re-referrals, open cases) is meaningless for such rows; the rules that compare a child's
rows leave them out.
"""

from typing import Any, Final

import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.extracts import extract_named
from data_access.extracts.placeholders import NO_CHILD
from data_access.measures.sql import word
from data_access.quality.rule import Rule, measures_reading

MOST_ROWS: Final = 50
"""More referrals (assessments, plans …) than this under one reference are not those of one child."""

_NO_CHILD: Final = tuple(word(written) for written in NO_CHILD)


def placeholders() -> sa.Select[Any]:
    """Return the references of the referrals that stand for no child: `child_key`, each once."""
    row = CASE_TABLES["referrals"].alias("of_a_child")
    return (
        sa.select(row.c.child_key)
        .group_by(row.c.child_key)
        .having(sa.or_(is_a_word(row.c.child_key), sa.func.count() > MOST_ROWS))
    )


def is_a_word(reference: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Return whether a reference is one that people write where they have none."""
    return sa.func.lower(reference).in_(_NO_CHILD)


def tells_no_child(rows: sa.Table) -> sa.ColumnElement[bool]:
    """Return whether a row's child can't be told: the reference is a word in its place, or mangled."""
    return sa.or_(is_a_word(rows.c.child_id), rows.c.unreadable.contains(" child_id ", autoescape=True))


def children_with_several(rows: sa.Table) -> sa.Select[Any]:
    """Return the children (`child_key`) with two rows or more of a table, those told by a placeholder left out."""
    row = rows.alias("of_a_child")
    return (
        sa.select(row.c.child_key)
        .group_by(row.c.child_key)
        .having(sa.func.count().between(2, MOST_ROWS), ~is_a_word(row.c.child_key))
    )


def _told_by_its_word(extract: str) -> Rule:
    table = CASE_TABLES[extract]
    return Rule(
        name=f"{extract}_child_is_a_placeholder",
        title=f"{extract_named(extract).title} under a reference that stands for no child",
        extract=extract,
        field="child_id",
        message=(
            "This reference stands for no child, or was shortened by a spreadsheet. Give the row the child's own "
            "reference."
        ),
        threatens=measures_reading(extract, "child_id"),
        looks_at=table.c.child_id.is_not(None),
        broken=tells_no_child(table),
    )


_REFERRALS: Final = Rule(
    name="referrals_child_is_a_placeholder",
    title="Referrals under a reference that stands for no child",
    extract="referrals",
    field="child_id",
    message=(
        f"This reference stands for no child, was shortened by a spreadsheet, or more than {MOST_ROWS} referrals lie "
        "under it. Give the row the child's own reference: until then nobody can tell whether it is a re-referral."
    ),
    threatens=measures_reading("referrals", "child_id"),
    broken=sa.or_(CASE_TABLES["referrals"].c.child_key.in_(placeholders()), tells_no_child(CASE_TABLES["referrals"])),
    compared_by="child_key",
)

RULES: Final = (
    _REFERRALS,
    *(_told_by_its_word(name) for name in ("contacts", "assessments", "section_47_enquiries", "plans", "cafs")),
)
