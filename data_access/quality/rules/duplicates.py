"""The same thing under two references: same child, same day, same kind or source. The key itself can't come twice."""

from typing import Any, Final

import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.extracts import Extract, Kind, extract_named
from data_access.quality.rule import Rule, measures_counting
from data_access.quality.rules.placeholders import children_with_several, is_a_word

_SAME: Final = {
    "contacts": ("child_id", "received_at", "source"),
    "referrals": ("child_id", "received_at", "source"),
    "notifications": ("child_id", "received_at", "kind"),
    "cafs": ("child_id", "started_on", "agency"),
    "assessments": ("child_id", "started_on", "kind"),
    "section_47_enquiries": ("child_id", "strategy_discussion_on"),
    "conferences": ("child_id", "held_on", "kind"),
    "plans": ("child_id", "from", "kind"),
    "core_groups": ("plan_id", "due_on"),
    "visits": ("child_id", "made_on", "staff_id"),
    "allocations": ("child_id", "from", "kind", "staff_id"),
    "oversight": ("child_id", "recorded_on", "kind", "staff_id"),
    "supervisions": ("staff_id", "due_on", "kind", "child_id"),
    "absences": ("staff_id", "from", "kind"),
}
"""The fields in which two rows are the same thing: the first two must be filled, dates count without times."""


def _stored(extract: Extract, field: str) -> str:
    column = extract.column(field)
    if field == "child_id":
        return "child_key"
    return column.local_date if column.kind is Kind.TIME else column.stored_as


def _again(extract: Extract, fields: tuple[str, ...]) -> sa.Select[Any]:
    """Return the keys of all such rows but the first, by reference.

    First the children (or staff) who have any such rows are found, so that only their rows are put in order.
    """
    row, other = (CASE_TABLES[extract.name].alias(name) for name in ("one", "other"))
    key, whose = row.c[extract.stored_key[0]], _stored(extract, fields[0])
    same, grouped = ([table.c[_stored(extract, field)] for field in fields] for table in (row, other))
    several = sa.select(other.c[whose]).group_by(*grouped).having(sa.func.count() > 1)
    numbered = sa.select(key.label("key"), sa.func.row_number().over(partition_by=same, order_by=key).label("place"))
    filled: list[sa.ColumnElement[bool]] = [column.is_not(None) for column in same[:2]]
    if fields[0] == "child_id":
        filled.append(~is_a_word(row.c[whose]))
    if extract.name == "referrals":
        several = several.where(other.c[whose].in_(children_with_several(CASE_TABLES["referrals"])))
    ordered = numbered.where(*filled, row.c[whose].in_(several)).subquery("ordered")
    return sa.select(ordered.c.key).where(ordered.c.place > 1)


def _rule(extract: Extract, fields: tuple[str, ...]) -> Rule:
    row = CASE_TABLES[extract.name]
    return Rule(
        name=f"{extract.name}_twice",
        title=f"{extract.title} recorded twice",
        extract=extract.name,
        field=extract.key[0],
        message=(
            f"Another row has the same {', '.join(f'`{field}`' for field in fields)}. If both are the same thing, "
            "delete one; if not, correct what differs."
        ),
        threatens=measures_counting(extract.name),
        looks_at=sa.and_(*(row.c[_stored(extract, field)].is_not(None) for field in fields[:2])),
        broken=row.c[extract.stored_key[0]].in_(_again(extract, fields)),
        compared_by=_stored(extract, fields[0]),
    )


RULES: Final = tuple(_rule(extract_named(name), fields) for name, fields in _SAME.items())
