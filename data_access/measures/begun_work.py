"""Work that begins on a referral: an assessment, or an enquiry, which may name the referral or follow it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import sqlalchemy as sa

from data_access.measures.contract import DATED_AHEAD, MET, NOT_MET, NOT_YET_DUE
from data_access.measures.impossible import Moment, dated_ahead, not_computable, precedes
from data_access.measures.joins import follows_referral, has_earlier_open, names_referral
from data_access.measures.sql import AS_AT_ON, flagged, word, working_day_of

WORKING_DAYS: Final = 10
"""The working days from a referral's receipt in which work on it should begin."""


@dataclass(frozen=True)
class BegunWork:
    """The rows of an extract that belong to a referral: those that name it, else those that follow it.

    `called` is what people call such a row. `begun` is the column with the day on which it began, `ended` one that
    can't lie before it; `counts` holds of the rows that count.
    """

    extract: str
    called: str
    row: sa.FromClause
    referral: sa.FromClause
    begun: str
    ended: str
    counts: sa.ColumnElement[bool]

    @property
    def _begun_on(self) -> sa.ColumnElement[Any]:
        return self.row.c[self.begun]

    @cached_property
    def ahead(self) -> sa.ColumnElement[bool]:
        """Return whether a row began after the data were taken."""
        return dated_ahead(self.extract, self._begun_on)

    @cached_property
    def out_of_order(self) -> sa.ColumnElement[bool]:
        """Return whether a row began before the referral came, or ended before it began."""
        return sa.or_(
            self._begun_on < self.referral.c.received_on,
            sa.func.coalesce(self.row.c[self.ended] < self._begun_on, sa.false()),
        )

    @cached_property
    def _belongs(self) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
        return names_referral(self.row, self.referral), follows_referral(self.row, self.referral, self.begun)

    def has(self, *conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
        """Return whether such a row belongs to the referral, whether or not it counts."""
        return sa.or_(
            *(sa.exists().where(belongs, *conditions).correlate_except(self.row) for belongs in self._belongs)
        )

    @cached_property
    def first_on(self) -> sa.ColumnElement[date]:
        """Return the day on which the first row that counts, and can be right, began; null where there is none."""
        named, following = (self._earliest(belongs) for belongs in self._belongs)
        # most referrals have neither: what is asked first decides how often the rest is
        return sa.case((following.is_(None), named), (named <= following, named), else_=following)

    def _earliest(self, belongs: sa.ColumnElement[bool]) -> sa.ScalarSelect[date]:
        return (
            sa.select(sa.func.min(self._begun_on))
            .where(belongs, self.counts, sa.not_(self.out_of_order), sa.not_(self.ahead))
            .correlate_except(self.row)
            .scalar_subquery()
        )

    @cached_property
    def in_time(self) -> sa.ColumnElement[bool]:
        """Return whether the first that counts began within WORKING_DAYS of the referral's receipt."""
        return working_day_of(self.first_on) - working_day_of(self.referral.c.received_on) <= WORKING_DAYS


def led_to(referral: sa.FromClause, works: Sequence[BegunWork]) -> sa.ColumnElement[str]:
    """Return what a referral counts as, for whether any of these kinds of work began on it in time.

    It is known once a decision says that there will be none, or after WORKING_DAYS. Work that can't be right as it
    is recorded counts as none: where no other began in time, the referral can't be told.
    """
    received, decided = Moment.of(referral, "received"), Moment.of(referral, "decided")
    decided_otherwise = sa.and_(
        referral.c.decided_on.is_not(None),
        referral.c.decision.is_not(None),
        referral.c.decision.not_in(flagged("referral_decision", "leads_to_assessment")),
    )
    return sa.case(
        (dated_ahead("referrals", received.on, decided.on), word(DATED_AHEAD)),
        (precedes(decided, received), not_computable("decided before it was received")),
        (
            has_earlier_open(referral, since_receipt=True),
            not_computable("an earlier referral was closed before it came"),
        ),
        *((work.in_time, word(MET)) for work in works),
        *((work.has(work.counts, work.ahead), word(DATED_AHEAD)) for work in works),
        *(
            (work.has(work.counts, work.out_of_order), not_computable(f"its {work.called} is out of order"))
            for work in works
        ),
        (decided_otherwise, word(NOT_MET)),
        (working_day_of(AS_AT_ON) - working_day_of(received.on) > WORKING_DAYS, word(NOT_MET)),
        else_=word(NOT_YET_DUE),
    )
