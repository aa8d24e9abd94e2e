"""What can't be true of a row: dates in the wrong order, and dates after the day on which its extract was taken.

Such a row never improves a figure: a measure whose rule needs the dates leaves it out and counts it separately.
"""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from data_access.measures.contract import NOT_COMPUTABLE
from data_access.measures.sql import taken_on, word

Day = sa.ColumnElement[Any]


@dataclass(frozen=True)
class Moment:
    """A date in a row, with the time of day where the row gives one."""

    on: Day
    at: sa.ColumnElement[Any]
    timed: sa.ColumnElement[Any]

    @classmethod
    def of(cls, row: sa.FromClause, name: str) -> "Moment":
        """Return the moment that a row keeps under a name: `received`, `decided`."""
        return cls(row.c[f"{name}_on"], row.c[f"{name}_at"], row.c[f"{name}_timed"])


def precedes(moment: Moment, other: Moment) -> sa.ColumnElement[bool]:
    """Return whether one moment lies before another: by the time of day where both have one, else by the date."""
    return sa.case((sa.and_(moment.timed, other.timed), moment.at < other.at), else_=moment.on < other.on)


def dated_ahead(extract: str, *days: Day) -> sa.ColumnElement[bool]:
    """Return whether any of these dates lies after the day on which the extract was taken."""
    return sa.or_(*(day > taken_on(extract) for day in days))


def not_computable(why: str) -> sa.ColumnElement[str]:
    """Return the result of a row that can't be worked out, and why."""
    return word(f"{NOT_COMPUTABLE}{why}")


def not_negative(taken: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Return a duration as the case list shows it: blank below nought."""
    return sa.case((taken >= 0, taken))
