"""The clock of 24 hours, where either end may be a date without a time of day."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from data_access.measures.contract import NOT_MET
from data_access.measures.impossible import Moment, not_computable
from data_access.measures.sql import AS_AT, AS_AT_ON, DAY_IN_SECONDS, SecondsBetween, day_number_of, word

When = tuple[sa.ColumnElement[bool], sa.ColumnElement[str]]
"""A condition, and the result of the rows of which it holds."""


@dataclass(frozen=True)
class ClockOf24Hours:
    """Runs from one moment until another, which is null while the clock still runs: then until the data were taken.

    Hours are real hours, told where both ends have a time of day. Else the dates decide: the same one is in time, two
    or more apart are late, and neighbouring ones can't be told.
    """

    start: Moment
    end: Moment

    @cached_property
    def stopped(self) -> sa.ColumnElement[bool]:
        """Return whether the clock has stopped."""
        return self.end.at.is_not(None)

    @cached_property
    def stopped_or_now(self) -> sa.ColumnElement[Any]:
        """Return the day on which it stopped, or on which the data were taken."""
        return sa.func.coalesce(self.end.on, AS_AT_ON)

    @cached_property
    def seconds(self) -> SecondsBetween:
        """Return the seconds taken, or run so far."""
        return SecondsBetween(self.start.at, sa.func.coalesce(self.end.at, AS_AT))

    @cached_property
    def _days_apart(self) -> sa.ColumnElement[Any]:
        return day_number_of(self.stopped_or_now) - day_number_of(self.start.on)

    def stopped_late(self) -> tuple[When, ...]:
        """Return what becomes of rows whose clock stopped too late, or can't be told; all others stopped in time."""
        both_timed = sa.and_(self.start.timed, self.end.timed)
        return (
            (sa.and_(self.stopped, both_timed, self.seconds > DAY_IN_SECONDS), word(NOT_MET)),
            (sa.and_(self.stopped, sa.not_(both_timed), self._days_apart >= 2), word(NOT_MET)),
            (
                sa.and_(self.stopped, sa.not_(both_timed), self._days_apart == 1),
                not_computable("the time of day is missing"),
            ),
        )

    def run_out(self) -> tuple[When, ...]:
        """Return what becomes of rows whose clock has run out while it still runs; all others are not yet due."""
        return (
            (sa.and_(self.start.timed, self.seconds >= DAY_IN_SECONDS), word(NOT_MET)),
            (sa.and_(sa.not_(self.start.timed), self._days_apart >= 2), word(NOT_MET)),
        )
