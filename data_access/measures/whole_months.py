"""Months for which members of staff were in post: what measures are counted by that ask something of all of them."""

from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from data_access.extracts import NO_TEAM
from data_access.measures.sql import COVERS_FROM, COVERS_TO, calendar, table, word

SPELL: Final = table("staff", "spell")
"""The spell that holds the last day of the month; of several the one that began last."""
MONTH: Final = calendar("month")
"""The first day of the month."""
NOT_OVER: Final = MONTH.c.month_end > COVERS_TO
"""Whether the month is not over in the data."""

FIELDS: Final = ("staff.from", "staff.to")

_first, _later = table("staff", "first_spell"), table("staff", "later_spell")


def whole_months(*columns: sa.ColumnElement[Any], role: str | None = None) -> sa.Select[Any]:
    """Return a row for each month and member of staff in post on its first and on its last day: the needed columns of
    a cohort but the result, and `columns`. Where a role is given, it was held on both days.

    Only months that begin in the dates covered: of others it isn't known what happened in their first days.
    """

    def holds(spell: sa.FromClause, day: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
        held = sa.and_(spell.c.from_date <= day, sa.or_(spell.c.to_date.is_(None), spell.c.to_date >= day))
        return held if role is None else sa.and_(held, spell.c.role == word(role))

    return (
        sa.select(
            (SPELL.c.staff_id + word("|") + sa.cast(MONTH.c.day, sa.Text)).label("case_id"),
            SPELL.c.staff_id.label("key"),
            MONTH.c.day.label("event_date"),
            sa.func.coalesce(SPELL.c.team_id, word(NO_TEAM)).label("team_id"),
            *columns,
        )
        .select_from(SPELL)
        .join(
            MONTH,
            sa.and_(
                MONTH.c.day == MONTH.c.month,
                MONTH.c.day.between(COVERS_FROM, COVERS_TO),
                holds(SPELL, MONTH.c.month_end),
            ),
        )
        .where(
            sa.exists().where(_first.c.staff_id == SPELL.c.staff_id, holds(_first, MONTH.c.day)),
            ~sa.exists().where(
                _later.c.staff_id == SPELL.c.staff_id,
                holds(_later, MONTH.c.month_end),
                _later.c.from_date > SPELL.c.from_date,
            ),
        )
    )


def near(start: date, end: date) -> sa.ColumnElement[bool]:
    """Return whether the month begins between two days."""
    return MONTH.c.day.between(start, end)
