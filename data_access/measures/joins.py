"""What ties the rows of one extract to those of another, where several measures need it: said once, so they agree."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures.impossible import dated_ahead
from data_access.measures.sql import came_before, table, word

_named, _latest = table("referrals", "named"), table("referrals", "latest")
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


def names_referral(assessment: sa.FromClause, referral: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return whether an assessment names a referral."""
    return assessment.c.referral_id == referral.c.referral_id


def follows_referral(assessment: sa.FromClause, referral: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return whether an assessment that names no referral follows this one of the child, and none in between."""
    later = table("referrals", "later")
    return sa.and_(
        assessment.c.referral_id.is_(None),
        assessment.c.child_key == referral.c.child_key,
        assessment.c.started_on >= referral.c.received_on,
        ~sa.exists()
        .where(
            later.c.child_key == referral.c.child_key,
            came_before(referral, later),
            later.c.received_on <= assessment.c.started_on,
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
