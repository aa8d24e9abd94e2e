"""What people decided about a measure: targets, events, rebases and periods left out, each with its history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dashboard.readings.reading import Reading
from data_access import queries
from data_access.decisions import Origin, history
from data_access.decisions.kind import DecisionKind
from data_access.decisions.kinds import OF_MEASURES
from data_access.decisions.revisions import may_be_seen
from data_access.decisions.what_stands import rows_of_extract
from data_access.measures import measure_named


@dataclass(frozen=True)
class State:
    """A decision as it was at one time: a revision, or the row that was loaded or ships (revision 0).

    `author` decided it at `at` (UTC) for the `reason` given, or was who a loaded row names; `withdrawn` says that it
    held no more from then on.
    """

    content: Mapping[str, Any]
    reason: str | None
    author: str
    at: datetime
    origin: Origin
    revision: int
    withdrawn: bool = False


@dataclass(frozen=True)
class Decided:
    """A decision: its kind, its id, and every state of it, the newest first."""

    kind: str
    decision_id: str
    states: tuple[State, ...]

    @property
    def latest(self) -> State:
        """Return its state now."""
        return self.states[0]

    @property
    def day(self) -> date:
        """Return the day from which it holds, or on which it happened."""
        content = self.latest.content
        names = ("due_on", "from_date", "happened_on", "starts")
        day: date = next(content[name] for name in names if content.get(name))
        return day


def decided(reading: Reading, measure: str) -> tuple[Decided, ...]:
    """Return what was decided about a measure, or about every one, as far as the reader may see it.

    Kind by kind, those that hold before those withdrawn, and by day.
    """
    concerned = (None, measure_named(measure).id)
    every = [each for kind in OF_MEASURES for each in decided_of_kind(reading, kind)]
    about = [each for each in every if each.latest.content["measure"] in concerned]
    order = [kind.name for kind in OF_MEASURES]
    return tuple(
        sorted(about, key=lambda each: (order.index(each.kind), each.latest.withdrawn, each.day, each.decision_id))
    )


def services(reading: Reading) -> tuple[str, ...]:
    """Return the services that teams belong to which the reader may see."""
    return tuple(sorted(set(queries.teams(reading.scope, reading.connection).get_column("service").drop_nulls())))


def decided_of_kind(reading: Reading, kind: DecisionKind) -> list[Decided]:
    """Return every decision of a kind with all its states, as far as the reader may see it."""
    states: dict[str, list[State]] = {}
    for row in rows_of_extract(reading.connection, kind):
        if may_be_seen(reading.scope, row.content):
            states[row.decision_id] = [State(row.content, row.reason, row.author, row.at, row.origin, 0)]
    for revision in history(reading.scope, reading.connection, [kind]):
        states.setdefault(revision.decision_id, []).insert(
            0,
            State(
                revision.content,
                revision.reason,
                revision.decided_by,
                revision.decided_at,
                Origin.SET,
                revision.revision,
                revision.withdrawn,
            ),
        )
    return [Decided(kind.name, name, tuple(held)) for name, held in states.items()]
