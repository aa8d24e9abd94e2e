"""What the dates of an assessment say: whether it ended, when, and whether that can be true.

Its clock, which may run from a referral, stands in `joins`.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures.impossible import dated_ahead, not_negative
from data_access.measures.sql import AS_AT_ON, earlier_of, word, working_day_of

Day = sa.ColumnElement[Any]

_EXTRACT = "assessments"


def of_kind(assessment: sa.FromClause, kind: str) -> sa.ColumnElement[bool]:
    """Return whether an assessment is of a kind: initial, core or single."""
    return assessment.c.kind == word(kind)


def terminated_too_early(assessment: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return whether an assessment was terminated before it was begun."""
    return assessment.c.terminated_on < assessment.c.started_on


def completed_too_early(assessment: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return whether an assessment was completed before it was begun."""
    return assessment.c.completed_on < assessment.c.started_on


def not_terminated(assessment: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return whether nothing that can be true says that an assessment was terminated.

    One that was, and bears a day of completion too, is a terminated one.
    """
    return sa.or_(
        assessment.c.terminated_on.is_(None),
        terminated_too_early(assessment),
        dated_ahead(_EXTRACT, assessment.c.terminated_on),
    )


def ends_ahead(assessment: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return whether an assessment ended after the day on which its extract was taken."""
    ahead = dated_ahead(_EXTRACT, assessment.c.completed_on, assessment.c.terminated_on)
    return sa.func.coalesce(ahead, sa.false())


def possible(day: Day, not_before: Day) -> Day:
    """Return a day that an assessment tells; null where it lies before another or after the extract was taken."""
    return sa.case((sa.and_(day >= not_before, sa.not_(dated_ahead(_EXTRACT, day))), day))


def ended_on(assessment: sa.FromClause) -> Day:
    """Return the day on which an assessment was completed or terminated, the earlier of those that can be true."""
    ends = (assessment.c.completed_on, assessment.c.terminated_on)
    return earliest_of(*(possible(day, assessment.c.started_on) for day in ends))


def earliest_of(day: Day, other: Day) -> Day:
    """Return the earlier of two days, either of which may be null."""
    return sa.func.coalesce(earlier_of(day, other), other)


def stood_on(last: Day, left_on: Day) -> sa.ColumnElement[bool]:
    """Return whether a spell stood at the end of a day at all."""
    return sa.or_(left_on.is_(None), left_on > last)


def open_near(assessment: sa.FromClause, last: date) -> sa.ColumnElement[bool]:
    """Return whether an assessment may have been open at the end of a day, or when it ended can't be told."""
    ends = (assessment.c.completed_on, assessment.c.terminated_on)
    return sa.and_(
        assessment.c.started_on <= last,
        *(sa.or_(day.is_(None), day > last, day < assessment.c.started_on, ends_ahead(assessment)) for day in ends),
    )


def days_taken(start: Day, end: Day) -> Day:
    """Return the working days from one day to another, or so far where there is no other yet; null below nought."""
    return not_negative(working_day_of(sa.func.coalesce(end, AS_AT_ON)) - working_day_of(start))


def completion(assessment: sa.FromClause) -> Day:
    """Return the day on which an assessment was completed; null where it was terminated."""
    return sa.case((not_terminated(assessment), assessment.c.completed_on))


def late_from(assessment: sa.FromClause, overdue_on: Day) -> Day:
    """Return the first day on which an assessment stood past its standard: `overdue_on`, or its start if later."""
    return sa.case((assessment.c.started_on > overdue_on, assessment.c.started_on), else_=overdue_on)


def settled_on(assessment: sa.FromClause, late: Day) -> Day:
    """Return the day on which an assessment falls due: that of its completion, or from which it is `late`."""
    completed = completion(assessment)
    return sa.func.coalesce(sa.case((completed < late, completed)), late, completed, assessment.c.started_on)


def falls_due(assessment: sa.FromClause, late: Day) -> sa.ColumnElement[bool]:
    """Return whether an assessment falls due at all: one terminated before it was `late` never does."""
    return sa.or_(not_terminated(assessment), assessment.c.terminated_on >= late)


def settled_near(assessment: sa.FromClause, start: date, end: date) -> sa.ColumnElement[bool]:
    """Return whether the day of `settled_on` may lie between two days."""
    completed, terminated = assessment.c.completed_on, assessment.c.terminated_on
    return sa.or_(
        completed.between(start, end),
        sa.and_(
            assessment.c.started_on <= end,
            sa.or_(completed.is_(None), completed >= start, terminated.is_not(None)),
            sa.or_(not_terminated(assessment), terminated >= start),
        ),
    )
