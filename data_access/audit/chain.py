"""The chain of audit events: each holds the hash of the one before, so that none can be changed without a trace.

An event is written in the transaction of what it tells of; triggers forbid to change or delete it. The fact
`audit_head` keeps number and hash of the last event: whoever appends locks it first, so that the chain never forks,
and a tail that was cut off is missed.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from data_access.database.schema.decisions import AUDIT_EVENTS
from data_access.database.schema.metadata import FACTS
from data_access.problems import DatabaseProblem

GENESIS: Final = 64 * "0"
"""What the first event holds in place of a hash before it."""

_HEAD: Final = "audit_head"


class Action(StrEnum):
    """What was done, in words that follow who did it."""

    LOADED = "loaded files"
    REFUSED = "was refused files"
    REBUILT = "made the tables again"
    UPGRADED = "worked the figures out again"
    TIME_MOVED = "moved the as-at time"
    DECIDED = "decided"
    SIGNED_OFF = "signed off"


@dataclass(frozen=True)
class Event:
    """One event as it is stored; see the columns of the table."""

    seq: int
    at: str
    who: str
    action: str
    subject: str
    detail: str
    previous_hash: str
    hash: str

    def hash_of_content(self) -> str:
        """Return the hash that its content makes: SHA-256 of all columns but the hash itself, as a JSON list."""
        text = json.dumps(astuple(self)[:-1], separators=(",", ":"), default=repr)
        return hashlib.sha256(text.encode("ascii")).hexdigest()


def append(
    connection: sa.Connection,
    who: str,
    action: Action,
    subject: str,
    detail: Mapping[str, Any],
    *,
    at: datetime | None = None,
) -> Event:
    """Write the next event, of now or of another UTC moment; raise DatabaseProblem where the chain lost its head."""
    before = head(connection, lock=True)
    if before is None:
        msg = "The audit trail has lost its head, so nothing can be added to it. Run `safe-dashboard audit verify`."
        raise DatabaseProblem(msg)
    seq, previous = before
    written = (at or datetime.now(UTC).replace(tzinfo=None)).isoformat(timespec="microseconds")
    told = json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str)
    event = Event(seq + 1, written, _storable(who), action, _storable(subject), _storable(told), previous, "")
    event = replace(event, hash=event.hash_of_content())
    connection.execute(sa.insert(AUDIT_EVENTS).values(**vars(event)))
    connection.execute(sa.update(FACTS).where(FACTS.c.name == _HEAD).values(value=f"{event.seq} {event.hash}"))
    return event


def head(connection: sa.Connection, *, lock: bool = False) -> tuple[int, str] | None:
    """Return number and hash of the last event as they were noted, (0, GENESIS) before any; None where nothing is."""
    noted = sa.select(FACTS.c.value).where(FACTS.c.name == _HEAD)
    value = connection.execute(noted.with_for_update() if lock else noted).scalar_one_or_none()
    number, _, known = (value or "").partition(" ")
    return (int(number), known) if number.isdecimal() else None


def events(connection: sa.Connection, *, since: datetime | None = None) -> Iterator[Event]:
    """Yield the events in order, from a UTC moment on."""
    wanted = sa.select(AUDIT_EVENTS).order_by(AUDIT_EVENTS.c.seq).execution_options(yield_per=1000)
    if since is not None:
        wanted = wanted.where(AUDIT_EVENTS.c.at >= since.isoformat(timespec="microseconds"))
    for row in connection.execute(wanted):
        yield Event(*row)


def _storable(text: str) -> str:
    """Return a text that every engine can keep: of file names, say, that are no proper text."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "?")
