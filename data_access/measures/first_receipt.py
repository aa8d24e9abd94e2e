"""The first receipt of a referral, from which the clocks of its decision run: that of its contact, else its own."""

from datetime import date
from typing import Final

import sqlalchemy as sa

from data_access.measures.impossible import Moment, dated_ahead, precedes
from data_access.measures.joins import contact_of, has_contact_received
from data_access.measures.sql import table

REFERRAL: Final = table("referrals", "referral")
CONTACT: Final = table("contacts", "contact")
WITH_CONTACT: Final = REFERRAL.outerjoin(CONTACT, CONTACT.c.contact_id == contact_of(REFERRAL))
"""Every referral, with the contact that became it where one is known: what a select is made from."""

FIRST: Final = Moment(
    sa.func.coalesce(CONTACT.c.received_on, REFERRAL.c.received_on),
    sa.func.coalesce(CONTACT.c.received_at, REFERRAL.c.received_at),
    sa.func.coalesce(CONTACT.c.received_timed, REFERRAL.c.received_timed),
)
DECIDED: Final = Moment.of(REFERRAL, "decided")
_RECEIVED: Final = Moment.of(REFERRAL, "received")

IS_DATED_AHEAD: Final = sa.or_(
    dated_ahead("referrals", REFERRAL.c.received_on, REFERRAL.c.decided_on),
    dated_ahead("contacts", CONTACT.c.received_on),
)
DECIDED_TOO_EARLY: Final = sa.or_(precedes(DECIDED, FIRST), precedes(DECIDED, _RECEIVED))
PRECEDES_ITS_CONTACT: Final = precedes(_RECEIVED, Moment.of(CONTACT, "received"))
"""Whether the contact came after the referral: its later receipt would make a decision look quicker than it was."""


def first_received_near(start: date, end: date) -> sa.ColumnElement[bool]:
    """Return a condition that narrows referrals, by index, to those that may be first received between two days."""
    return sa.or_(REFERRAL.c.received_on.between(start, end), has_contact_received(REFERRAL, start, end))
