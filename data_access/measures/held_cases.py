"""Who holds a child's case on a day: allocations to people in post as social workers, and when these are away.

What can't be true holds nobody back and helps nobody: an allocation or a post that ends before it begins is held by
nobody, and an absence that ends before it begins lasts no day.
"""

from typing import Any, Final

import sqlalchemy as sa

from data_access.measures.sql import first_of, later_of, number, table, word, working_day_after, working_day_of

FIELDS: Final = (
    "allocations.staff_id",
    "allocations.from",
    "allocations.to",
    "allocations.kind",
    "staff.from",
    "staff.to",
    "staff.role",
    "absences.staff_id",
    "absences.from",
    "absences.to",
    "absences.part_day",
)
"""The fields that say whether a social worker holds a case."""

WORKING_DAYS_AWAY: Final = 5

_away = table("absences", "away")


def lasts(spell: sa.FromClause, day: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Return whether a spell holds a day."""
    return sa.and_(spell.c.from_date <= day, sa.or_(spell.c.to_date.is_(None), spell.c.to_date >= day))


def is_holding(allocation: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return whether an allocation is one of holding a case, not of joint work."""
    return sa.or_(allocation.c.kind.is_(None), allocation.c.kind != word("joint_worker"))


def by_social_worker(allocation: sa.FromClause, post: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return whether an allocation is to the person of a post as a social worker or senior practitioner."""
    return sa.and_(
        post.c.staff_id == allocation.c.staff_id,
        post.c.role.in_([word("social_worker"), word("senior_practitioner")]),
        is_holding(allocation),
    )


def held_from(allocation: sa.FromClause, post: sa.FromClause) -> sa.ColumnElement[Any]:
    """Return the first day on which a case is held by the person of a post."""
    return later_of(allocation.c.from_date, post.c.from_date)


def held_to(allocation: sa.FromClause, post: sa.FromClause) -> sa.ColumnElement[Any]:
    """Return the last day on which a case is held by the person of a post; null where there is none."""
    return first_of(allocation.c.to_date, post.c.to_date)


def is_whole_days(absence: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return whether an absence is of whole days."""
    return sa.func.coalesce(absence.c.part_day, sa.false()).is_(sa.false())


def away_from(absence: sa.FromClause) -> sa.ColumnElement[Any]:
    """Return the day since which someone counts as away: the fifth working day after the absence began."""
    return working_day_after(absence.c.from_date, number(WORKING_DAYS_AWAY - 1))


def is_away(staff_id: sa.ColumnElement[Any], day: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Return whether someone is absent on a day, and has been since at least five working days before."""
    return (
        sa.exists()
        .where(
            _away.c.staff_id == staff_id,
            is_whole_days(_away),
            lasts(_away, day),
            working_day_of(day) - working_day_of(_away.c.from_date) >= number(WORKING_DAYS_AWAY),
        )
        .correlate_except(_away)
    )
