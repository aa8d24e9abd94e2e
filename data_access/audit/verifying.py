"""Walking the audit trail from end to end: is every event as it was written, and none missing?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from data_access.actor import Action as Right
from data_access.actor import Actor
from data_access.audit.chain import GENESIS, Event, events, head


@dataclass(frozen=True)
class Verified:
    """What a walk along the chain told: how many events there are, the hash of the last, and what is wrong.

    `wrong` names the first broken event, and what is missing at the end, as sentences; empty where all is sound.
    """

    events: int
    head: str
    wrong: tuple[str, ...]


def verify(actor: Actor, connection: sa.Connection, *, expect: str | None = None) -> Verified:
    """Walk the chain. `expect` is the hash of an event noted before, which must be in it still.

    Whoever rewrites all events from some point on, and the head, leaves a chain that is sound in itself; only a hash
    that was noted elsewhere tells of it. Raise NotAllowedProblem where the actor may not verify.
    """
    actor.check(Right.VERIFY_AUDIT)
    count, last, broken, expected = 0, (0, GENESIS), "", expect in (None, GENESIS)
    for event in events(connection):
        count += 1
        broken = broken or _fault(event, last)
        last = (event.seq, event.hash)
        expected = expected or event.hash == expect
    wrong = [broken] if broken else []
    noted = head(connection)
    if noted is None:
        wrong.append("The note of the last event is missing: events may have been cut off at the end.")
    elif noted != last:
        missing = noted[0] - last[0]
        what = f"{missing:,} are missing at the end" if missing > 0 else "it was noted otherwise"
        wrong.append(f"The last event is {last[0]} with hash {last[1]}, but event {noted[0]} was noted: {what}.")
    if not expected:
        wrong.append(f"No event has the hash {expect}: events from that one on were cut off or written again.")
    return Verified(count, last[1], tuple(wrong))


def listed(actor: Actor, connection: sa.Connection, *, since: datetime | None = None) -> Iterator[Event]:
    """Yield the events in order, from a UTC moment on; raise NotAllowedProblem where the actor may not see them."""
    actor.check(Right.VERIFY_AUDIT)
    yield from events(connection, since=since)


def _fault(event: Event, last: tuple[int, str]) -> str:
    """Return what is wrong with an event that follows the last one; empty where nothing is."""
    name = f"Event {event.seq} ({event.at}, {event.who} {event.action}: {event.subject}) is broken"
    if event.seq != last[0] + 1:
        return f"{name}: event {last[0] + 1} was expected here, so events are missing or numbered otherwise."
    if event.previous_hash != last[1]:
        return f"{name}: it does not follow event {last[0]}."
    if event.hash != event.hash_of_content():
        return f"{name}: it is not as it was written."
    return ""
