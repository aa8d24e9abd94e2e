"""London local time and UTC: extracts give the first, the database keeps the second beside the local date."""

from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")


def to_utc(local: datetime) -> datetime:
    """Return the UTC moment (without a zone) of a London local time; an ambiguous hour is read as the first."""
    return local.replace(tzinfo=LONDON, fold=0).astimezone(UTC).replace(tzinfo=None)


def to_local(moment: datetime) -> datetime:
    """Return the London local time (without a zone) of a UTC moment."""
    return moment.replace(tzinfo=UTC).astimezone(LONDON).replace(tzinfo=None)


def local_date(moment: datetime) -> date:
    """Return the London date of a UTC moment."""
    return to_local(moment).date()
