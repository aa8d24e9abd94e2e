"""How long the case lasts that a referral opens: the rules about open cases share it with the measures.

A case is open until it is closed, or until the day of a decision that closes it (`closes_case` in the list of
decisions), whichever comes first.
"""

from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from data_access.measures.sql import earlier_of, flagged

FOR_GOOD: Final = sa.literal(date(9999, 12, 31), sa.Date)
"""Stands for the end of what has none yet."""


def closes(referral: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return whether the referral's decision closes the case: no further action, a CAF, advice."""
    return referral.c.decision.in_(flagged("referral_decision", "closes_case"))


def open_until(referral: sa.FromClause) -> sa.ColumnElement[Any]:
    """Return the day from which the case that a referral opened is no longer open."""
    by_decision = sa.case((closes(referral), referral.c.decided_on))
    return earlier_of(sa.func.coalesce(referral.c.closed_on, FOR_GOOD), by_decision)
