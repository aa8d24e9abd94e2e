"""What ties the rows of one extract to those of another, where several measures need it: said once, so they agree."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures.impossible import dated_ahead
from data_access.measures.sql import calendar, came_before, flagged, table, word

_named, _latest = table("referrals", "named"), table("referrals", "latest")
_earlier = table("referrals", "earlier")
_standard = table("standards", "standard")
_linked = table("contacts", "linked")
_child_plan = table("plans", "child_plan")


def contact_of(referral: sa.FromClause) -> sa.ColumnElement[str]:
    """Return the id of the contact that became a referral: the one that it names, else the earliest that names it.

    Null where neither is known. The receipt of that contact is the first receipt, from which clocks of decisions run.
    """
    named = (
        sa.select(_linked.c.contact_id)
        .where(_linked.c.contact_id == referral.c.contact_id)
        .correlate_except(_linked)
        .scalar_subquery()
    )
    earliest = (
        sa.select(_linked.c.contact_id)
        .where(_linked.c.referral_id == referral.c.referral_id)
        .order_by(_linked.c.received_at, _linked.c.contact_id)
        .limit(1)
        .correlate_except(_linked)
        .scalar_subquery()
    )
    return sa.func.coalesce(named, earliest)


def has_contact_received(referral: sa.FromClause, start: date, end: date) -> sa.ColumnElement[bool]:
    """Return whether any contact that a referral names, or that names it, was received between two days."""
    received = sa.select(_linked.c.contact_id, _linked.c.referral_id).where(_linked.c.received_on.between(start, end))
    return sa.or_(
        referral.c.contact_id.in_(received.with_only_columns(_linked.c.contact_id)),
        referral.c.referral_id.in_(
            received.with_only_columns(_linked.c.referral_id).where(_linked.c.referral_id.is_not(None))
        ),
    )


def clock_start(assessment: sa.FromClause) -> sa.ColumnElement[Any]:
    """Return the day on which an assessment's clock started; null where no referral is known.

    That of new information on an open case, else the receipt of the referral that it names, else that of the child's
    latest referral by the day on which it was begun.
    """
    named_on = (
        sa.select(_named.c.received_on)
        .where(_named.c.referral_id == assessment.c.referral_id)
        .correlate_except(_named)
        .scalar_subquery()
    )
    latest_on = (
        sa.select(sa.func.max(_latest.c.received_on))
        .where(
            assessment.c.referral_id.is_(None),
            _latest.c.child_key == assessment.c.child_key,
            _latest.c.received_on <= assessment.c.started_on,
        )
        .correlate_except(_latest)
        .scalar_subquery()
    )
    return sa.func.coalesce(assessment.c.new_information_on, named_on, latest_on)


def clock_start_is_ahead(assessment: sa.FromClause, start: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Return whether an assessment's clock started after the day on which the extract that says so was taken."""
    return sa.or_(
        dated_ahead("assessments", assessment.c.new_information_on),
        sa.and_(assessment.c.new_information_on.is_(None), dated_ahead("referrals", start)),
    )


def working_days_allowed(standard: str, start: sa.ColumnElement[Any]) -> sa.ScalarSelect[int]:
    """Return the working days that a standard in force on a day allows, by its measure; null where none is."""
    return (
        sa.select(_standard.c.working_days)
        .where(
            _standard.c.measure == word(standard),
            _standard.c.from_date <= start,
            sa.or_(_standard.c.to_date.is_(None), _standard.c.to_date >= start),
        )
        .order_by(_standard.c.from_date.desc(), _standard.c.standard_id.desc())
        .limit(1)
        .correlate_except(_standard)
        .scalar_subquery()
    )


def has_earlier_open(referral: sa.FromClause, *, since_receipt: bool = False) -> sa.ColumnElement[bool]:
    """Return whether the child has an earlier referral that nothing closed by the day of this one.

    `since_receipt` lets only what closed it after it came count as closing it.
    """

    def lies_outside(day: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
        after = day > referral.c.received_on
        return sa.or_(after, day < _earlier.c.received_on) if since_receipt else after

    return sa.exists().where(
        _earlier.c.child_key == referral.c.child_key,
        came_before(_earlier, referral),
        sa.or_(_earlier.c.closed_on.is_(None), lies_outside(_earlier.c.closed_on)),
        sa.or_(
            _earlier.c.decision.is_(None),
            _earlier.c.decided_on.is_(None),
            lies_outside(_earlier.c.decided_on),
            _earlier.c.decision.not_in(flagged("referral_decision", "closes_case")),
        ),
    )


@dataclass(frozen=True)
class Clock:
    """The clock of a row, joined to it once so that what hangs on it need not be worked out again for each use.

    `source` is the row's table with the days of the clock; `start` the day on which it started, `allowed` the working
    days that a standard allows from then on, and `overdue_on` the first working day past them. All three are null
    where no start is known, the last two where no standard is in force.
    """

    source: sa.FromClause
    start: sa.ColumnElement[Any]
    allowed: sa.ColumnElement[Any]
    overdue_on: sa.ColumnElement[Any]

    @classmethod
    def of(cls, row: sa.FromClause, standard: str, start: sa.ColumnElement[Any]) -> "Clock":
        """Return the clock of a row by the standard of a measure, started on a day that hangs on the row."""
        started, overdue = calendar("clock_start"), calendar("overdue_day")
        allowed = working_days_allowed(standard, started.c.day)
        source = row.outerjoin(started, started.c.day == start).outerjoin(
            overdue,
            sa.and_(
                overdue.c.working_day_number == started.c.working_day_number + allowed + 1,
                overdue.c.working.is_(sa.true()),
            ),
        )
        return cls(source, started.c.day, allowed, overdue.c.day)


def names_referral(activity: sa.FromClause, referral: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return whether an assessment, or an enquiry, names a referral."""
    return activity.c.referral_id == referral.c.referral_id


def follows_referral(
    activity: sa.FromClause, referral: sa.FromClause, begun: str = "started_on"
) -> sa.ColumnElement[bool]:
    """Return whether an assessment that names no referral follows this one of the child, and none in between.

    `begun` is the column with the day on which it began: an enquiry begins with its strategy discussion.
    """
    later = table("referrals", "later")
    return sa.and_(
        activity.c.referral_id.is_(None),
        activity.c.child_key == referral.c.child_key,
        activity.c[begun] >= referral.c.received_on,
        ~sa.exists()
        .where(
            later.c.child_key == referral.c.child_key,
            came_before(referral, later),
            later.c.received_on <= activity.c[begun],
        )
        .correlate_except(later),
    )


def plan_of_visit(visit: sa.FromClause) -> sa.ColumnElement[str]:
    """Return the id of the plan that asks for a visit; null where none is known.

    That which it names, else of the child's plans that hold the day on which it was due (or made, where no day is
    given) the one that began last.
    """
    day = sa.func.coalesce(visit.c.due_on, visit.c.made_on)
    held_then = (
        sa.select(_child_plan.c.plan_id)
        .where(
            visit.c.plan_id.is_(None),
            _child_plan.c.child_key == visit.c.child_key,
            _child_plan.c.from_date <= day,
            sa.or_(_child_plan.c.to_date.is_(None), _child_plan.c.to_date >= day),
        )
        .order_by(_child_plan.c.from_date.desc(), _child_plan.c.plan_id.desc())
        .limit(1)
        .correlate_except(_child_plan)
        .scalar_subquery()
    )
    return sa.func.coalesce(visit.c.plan_id, held_then)
