"""Keeping the rollup in step: what a change can have reached, measured before it and after it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

import polars as pl
import sqlalchemy as sa

from data_access.coverage.as_at import AsAt, Coverage, as_at_of
from data_access.database.schema.figures import MEASURE_PERIOD
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.dates.periods import week_of
from data_access.extracts import EXTRACTS
from data_access.measures import MEASURES, Measure
from data_access.rollup import counting
from data_access.rollup.reach import AFFECTED_KEYS, Reach

WHOLE_FROM: Final = 0.25
"""From this share of affected keys to counted cases on, counting everything again is less work."""

_LOOKED_UP: Final = {extract.name for extract in EXTRACTS if extract.reference and extract.name != "child_merges"}


@dataclass
class Upkeep:
    """One change of the data, seen by the rollup from both sides.

    `reach` tells how far it can have reached into each measure; those that are not in it can't have changed.
    """

    connection: sa.Connection
    before: dict[str, pl.DataFrame] = field(default_factory=dict)
    reach: dict[str, Reach] = field(default_factory=dict)
    changes: dict[str, pl.DataFrame] = field(default_factory=dict)

    def look(self, coverage_before: Coverage, coverage_after: Coverage, moved: set[str]) -> None:
        """Take the sums of what the change may reach, before it is made.

        `moved` names the tables with new, changed or withdrawn rows; their keys must be affected already.
        """
        as_ats = {
            measure.id: (as_at_of(measure.definition, coverage_before), as_at_of(measure.definition, coverage_after))
            for measure in MEASURES.values()
        }
        counting.affect_pending(
            self.connection,
            [measure for measure in MEASURES.values() if not measure.grows and _time_moves(*as_ats[measure.id])],
        )
        affected = self._affected()
        counted = self._counted()
        for measure in MEASURES.values():
            was, becomes = as_ats[measure.id]
            keys = affected.get(measure.definition.key, 0)
            if _stays(measure, was, becomes, moved):
                continue
            reach = _reach(measure, was, becomes, moved)
            if reach == Reach() and not keys:
                continue
            if keys > WHOLE_FROM * counted[measure.definition.key]:
                reach = Reach(everything=True)
            self.reach[measure.id] = reach
            self.before[measure.id] = (
                counting.kept_cells(self.connection, measure)
                if reach.everything
                else counting.cells(self.connection, measure, was, reach)
            )

    def settle(self, coverage: Coverage) -> None:
        """Take the sums again, after the change, and move the rollup by the difference."""
        for measure in (MEASURES[name] for name in self.reach):
            as_at, reach = as_at_of(measure.definition, coverage), self.reach[measure.id]
            counted = counting.counted(self.connection, measure, as_at, reach)
            after = counted.cells
            self.changes[measure.id] = counting.difference(after, self.before[measure.id])
            if reach.everything:
                counting.replace(self.connection, measure, after)
            else:
                counting.move(self.connection, measure, self.changes[measure.id])
            if not measure.grows:
                counting.note_pending(self.connection, measure, counted.pending, reach)

    def _affected(self) -> dict[str, int]:
        count = sa.select(AFFECTED_KEYS.c.kind, sa.func.count(AFFECTED_KEYS.c.key.distinct())).group_by(
            AFFECTED_KEYS.c.kind
        )
        return {kind: number for kind, number in self.connection.execute(count)}  # noqa: C416 - rows are not pairs to dict

    def _counted(self) -> Counter[str]:
        """Return for each key the rows of the measure that counts most by it.

        Not of each measure by itself: of what stands the rollup holds how much more came than went, not the rows.
        """
        table = MEASURE_PERIOD
        count = (
            sa.select(table.c.measure, sa.func.sum(table.c.cases + table.c.not_yet_due + table.c.not_computable))
            .where(table.c.measure.in_(MEASURES), table.c.team_id == EVERY_TEAM)
            .group_by(table.c.measure)
        )
        most: Counter[str] = Counter()
        for measure, number in self.connection.execute(count):
            key = MEASURES[measure].definition.key
            most[key] = max(most[key], int(number))
        return most


@contextmanager
def upkeep(connection: sa.Connection) -> Iterator[Upkeep]:
    """Yield the upkeep of one change, with an empty table of affected keys for the time of it."""
    AFFECTED_KEYS.create(connection)
    yield Upkeep(connection)
    AFFECTED_KEYS.drop(connection)


def rebuild(connection: sa.Connection, coverage: Coverage) -> None:
    """Make the whole rollup again from the case tables, with the measures as they are defined now."""
    everything = Reach(everything=True)
    connection.execute(sa.delete(MEASURE_PERIOD))
    for measure in MEASURES.values():
        as_at = as_at_of(measure.definition, coverage)
        counted = counting.counted(connection, measure, as_at, everything)
        counting.replace(connection, measure, counted.cells)
        if not measure.grows:
            counting.note_pending(connection, measure, counted.pending, everything)
    counting.mark_current(connection, MEASURES.values())


def _time_moves(was: AsAt | None, becomes: AsAt | None) -> bool:
    if was is None or becomes is None:
        return False
    return was.moment != becomes.moment or was.taken_on != becomes.taken_on


def _stays(measure: Measure, was: AsAt | None, becomes: AsAt | None, moved: set[str]) -> bool:
    """Return whether no row of the measure's cohort can change: nothing that it reads moves, nor the time.

    Where children are merged, rows get another key in tables that have no row in the load.
    """
    if was is None and becomes is None:
        return True
    return was == becomes and "child_merges" not in moved and not measure.tables & moved


def _reach(measure: Measure, was: AsAt | None, becomes: AsAt | None, moved: set[str]) -> Reach:
    """Return how far the change can have reached into the measure's cohort, apart from the rows of affected keys."""
    if was is None or becomes is None or was.begins != becomes.begins or measure.tables & moved & _LOOKED_UP:
        return Reach(everything=True)
    if becomes.moment < was.moment or any(
        becomes.taken_on.get(name, becomes.on) < day for name, day in was.taken_on.items()
    ):
        # An extract that was never loaded before may be older than the others: then what was due is due no more.
        return Reach(everything=True)
    if measure.grows and was.ends != becomes.ends:
        first = min(was.ends, becomes.ends) - timedelta(days=measure.settles_in)
        return Reach(since=min(week_of(first), first.replace(day=1)))
    return Reach()
