"""The cells of a clean extract as Python values."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from data_access.extracts import Column, Kind
from tests.oracle.clocks import utc_from_london


@dataclass(frozen=True)
class Moment:
    """A date-and-time cell: the UTC moment, the local date, and whether a time was given.

    Without a time the moment is the day's local midnight, for putting rows in order only.
    """

    utc: dt.datetime
    on: dt.date
    timed: bool


def precedes(one: Moment, other: Moment) -> bool:
    """Return whether one moment lies before another: by the clock where both have a time, else by the day."""
    if one.timed and other.timed:
        return one.utc < other.utc
    return one.on < other.on


def moment(text: str) -> Moment:
    """Return the moment of an ISO date or an ISO date and time, both London local; midnight is no time."""
    local = dt.datetime.fromisoformat(text)
    timed = local.time() != dt.time()
    return Moment(utc_from_london(local), local.date(), timed)


def value(column: Column, cell: str | None) -> Any:
    """Return a clean cell as date, Moment, bool, whole number, hundredths of an FTE, float or text; blank is None."""
    if cell is None or cell == "":
        return None
    if column.kind in (Kind.DATE, Kind.WEEK):
        return dt.date.fromisoformat(cell)
    if column.kind is Kind.TIME:
        return moment(cell)
    if column.kind is Kind.YES_NO:
        return {"yes": True, "no": False}[cell]
    if column.kind is Kind.WHOLE:
        return int(cell)
    if column.kind is Kind.FTE:
        return int(Decimal(cell) * 100)
    if column.kind is Kind.NUMBER:
        return float(cell)
    return cell
