"""What a case system remembers: a row, when it was first recorded, and what was only known or put right later."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Value = str | int | date | datetime | None
"""A cell: text, a whole number, a date, a date with its time, or blank."""

Values = dict[str, Value]
"""The cells of a row by the headings of its extract."""


@dataclass(slots=True)
class Record:
    """One row of an extract with its history.

    `values` are the cells as they are known in the end. `known_from` is the moment at which the row was recorded.
    `changes` lists, in order of time, the moments at which cells were filled in or put right, each with what those
    cells said before. From `gone_from` on the row is no longer listed.
    """

    values: Values
    known_from: datetime
    changes: list[tuple[datetime, Values]] = field(default_factory=list)
    gone_from: datetime | None = None

    def filled_later(self, moment: datetime, *headings: str) -> None:
        """Note that these cells were blank until `moment`."""
        self.changes.append((moment, dict.fromkeys(headings)))
        self.changes.sort(key=_moment)

    def corrected(self, moment: datetime, before: Values) -> None:
        """Note that until `moment` these cells said something else."""
        self.changes.append((moment, before))
        self.changes.sort(key=_moment)

    def as_known(self, at: datetime) -> Values | None:
        """Return the cells as they stood at this moment; None where the row was not listed then."""
        if at < self.known_from or (self.gone_from is not None and at >= self.gone_from):
            return None
        shown = self.values
        for moment, before in reversed(self.changes):
            if moment <= at:
                break
            shown = {**shown, **before}
        return shown


Tables = dict[str, list[Record]]
"""The rows of a council by the names of their extracts."""


def _moment(change: tuple[datetime, Values]) -> datetime:
    return change[0]


def evening(day: date) -> datetime:
    """Return the moment at which what happened on this day is in the system: six in the evening."""
    return datetime.combine(day, time(18))


def morning(day: date) -> datetime:
    """Return the first moment of this day's work: six in the morning."""
    return datetime.combine(day, time(6))


def on_the_clock(moment: datetime) -> datetime:
    """Return the local time that the clocks showed: an hour later where they had been put forward past it."""
    spring = date(moment.year, 3, 31)
    spring -= timedelta(days=(spring.weekday() + 1) % 7)
    return moment + timedelta(hours=1) if moment.date() == spring and moment.hour == 1 else moment
