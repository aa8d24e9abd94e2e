"""Open cases: which referrals are one, from when until when, and with which team it is.

A case is a referral decided as one that leads to an assessment or a strategy discussion, from its decision until it
is closed. One that is passed to an open case belongs to that one, and one not yet decided is none yet. A child has
one case at a time: where two are open at once, the one that opened first counts until it is closed, then the other.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.measures.contract import DATED_AHEAD
from data_access.measures.impossible import Moment, dated_ahead, not_computable, precedes
from data_access.measures.sql import flagged, table, word

FIELDS = ("referrals.received_at", "referrals.decided_at", "referrals.decision", "referrals.closed_on")
"""The fields that say whether a case is open."""

_earlier, _holding = table("referrals", "earlier"), table("allocations", "holding")


def opened_on(referral: sa.FromClause) -> sa.ColumnElement[Any]:
    """Return the day on which a case opened: of its decision, or of its receipt where that day isn't given."""
    return sa.func.coalesce(referral.c.decided_on, referral.c.received_on)


def is_case(referral: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return whether a referral was decided as one that makes a case."""
    return referral.c.decision.in_(flagged("referral_decision", "leads_to_assessment"))


def why_not_told(referral: sa.FromClause) -> sa.ColumnElement[Any]:
    """Return the result of a case whose dates can't be true; null where they can be."""
    received, decided = Moment.of(referral, "received"), Moment.of(referral, "decided")
    return sa.case(
        (dated_ahead("referrals", received.on, decided.on, referral.c.closed_on), word(DATED_AHEAD)),
        (precedes(decided, received), not_computable("decided before it was received")),
        (referral.c.closed_on < opened_on(referral), not_computable("closed before it was opened")),
    )


def _earlier_case(referral: sa.FromClause) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions of the same child's cases that opened before this one; none whose dates can't be true."""
    opened, other = opened_on(_earlier), opened_on(referral)
    return (
        _earlier.c.child_key == referral.c.child_key,
        sa.or_(opened < other, sa.and_(opened == other, _earlier.c.referral_id < referral.c.referral_id)),
        is_case(_earlier),
        why_not_told(_earlier).is_(None),
    )


def never_counts(referral: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return whether an earlier case of the child is still open, so that this one is no other."""
    return sa.exists().where(*_earlier_case(referral), _earlier.c.closed_on.is_(None)).correlate_except(_earlier)


def counts_from(referral: sa.FromClause) -> sa.ColumnElement[Any]:
    """Return the day since which a case is the child's one case: it opened, and every earlier one was closed."""
    closed = (
        sa.select(sa.func.max(_earlier.c.closed_on))
        .where(*_earlier_case(referral))
        .correlate_except(_earlier)
        .scalar_subquery()
    )
    return sa.case((closed > opened_on(referral), closed), else_=opened_on(referral))


def perhaps_open_at(referral: sa.FromClause, day: date) -> sa.ColumnElement[bool]:
    """Return whether a case may stand at the end of a day, by its own row alone; those not told always may."""
    return sa.or_(referral.c.closed_on.is_(None), referral.c.closed_on > day, why_not_told(referral).is_not(None))


def team_of_case(referral: sa.FromClause, day: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    """Return the team that has a case on a day: of the allocation that began last by then, else of the referral."""
    latest = (
        sa.select(_holding.c.team_id)
        .where(
            _holding.c.child_key == referral.c.child_key,
            _holding.c.from_date <= day,
            sa.or_(_holding.c.to_date.is_(None), _holding.c.to_date >= opened_on(referral)),
        )
        .order_by(_holding.c.from_date.desc(), _holding.c.allocation_id.desc())
        .limit(1)
        .correlate_except(_holding)
        .scalar_subquery()
    )
    return sa.func.coalesce(latest, referral.c.team_id)
