"""Keeping the counts of the rules in step with the case tables: what a load can have changed, before and after it.

Like the rollup, the counts move by the difference that the affected rows make. An extract is counted whole where that
is less work, and where what a rule leans on has changed for all its rows at once: the rules themselves, the lists of
codes, the first day that another extract covers, an earlier as-at day.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Final

import polars as pl
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from data_access.coverage.as_at import Coverage, read_coverage
from data_access.database.facts import read_fact, write_fact
from data_access.extracts import EXTRACTS, Extract, extract_named
from data_access.quality import kept_counts
from data_access.quality.affected import AFFECTED_GROUPS, affected_rows
from data_access.quality.counting import TALLY, days_of, difference, tally
from data_access.quality.history import note_changes
from data_access.quality.registry import RULES
from data_access.shipped import SHIPPED, SHIPPED_HASH

WHOLE_FROM: Final = 0.25
"""From this share of affected rows to all rows on, counting everything again is less work."""

_FACT: Final = "quality_counted"


@dataclass(frozen=True)
class Basis:
    """What kept counts hang on apart from the rows: a hash of the rules and of what ships, the day as at which each
    extract was counted, and the first day that each covers.
    """

    made_by: str = ""
    taken_on: Mapping[str, date] = field(default_factory=dict)
    begins: Mapping[str, date] = field(default_factory=dict)


@dataclass
class QualityUpkeep:
    """One change of the case tables, seen by the rules from both sides.

    `by_difference` are the extracts whose affected rows have to be noted before `look` (see
    `data_access.loading.merge.affected_rows`); all others are counted whole.
    """

    connection: sa.Connection
    before: Basis
    after: Basis
    by_difference: list[Extract]
    tallied: dict[str, pl.DataFrame] = field(default_factory=dict)
    unaffected: set[str] = field(default_factory=set)

    @property
    def begins_again(self) -> bool:
        """Return whether nothing is kept that could be moved by a difference."""
        return self.before.made_by != self.after.made_by

    @property
    def taken_later(self) -> list[Extract]:
        """Return the extracts that were taken on a later day than they were counted as at."""
        before, after = self.before.taken_on, self.after.taken_on
        return [extract for extract in self.by_difference if before[extract.name] != after[extract.name]]

    def look(self) -> None:
        """Count the affected rows as they stand, before the change is made."""
        sizes = kept_counts.sizes(self.connection)
        for extract in self.by_difference:
            name, rows = extract.name, sa.select(sa.func.count()).select_from(affected_rows(extract))
            number = self.connection.execute(rows).scalar_one()
            if not number:
                self.unaffected.add(name)
            elif number <= WHOLE_FROM * sizes[name]:
                self.tallied[name] = tally(self.connection, name, self.before.taken_on[name], affected=True)

    def settle(self, load_id: int) -> None:
        """Count again after the change, move the kept counts by the difference, and note what the load changed."""
        changes = [pl.DataFrame(schema=TALLY)]
        for name, taken_on in self.after.taken_on.items():
            if name in self.unaffected:
                continue
            affected = name in self.tallied
            before = self.tallied[name] if affected else kept_counts.of_extract(self.connection, name)
            after = tally(self.connection, name, taken_on, affected=affected)
            changes.append(difference(after, before))
            kept_counts.note_pending(self.connection, extract_named(name), taken_on, affected=affected)
        if self.begins_again:
            kept_counts.note_children(self.connection)
        note_changes(self.connection, load_id, kept_counts.move(self.connection, pl.concat(changes)))
        _write(self.connection, self.after)
        for extract in self.by_difference:
            affected_rows(extract).drop(self.connection)
        AFFECTED_GROUPS.drop(self.connection)


def recount(connection: sa.Connection, load_id: int) -> None:
    """Count every rule whole, and note for a load what that changes."""
    forget(connection)
    begin(connection, read_coverage(connection), {}).settle(load_id)


def counted_as_at(connection: sa.Connection) -> Mapping[str, date]:
    """Return for each extract the London date as at which its rules were counted last."""
    return _read(connection).taken_on


def forget(connection: sa.Connection) -> None:
    """Let the next load count every rule whole."""
    _write(connection, Basis())


def begin(connection: sa.Connection, coverage: Coverage, moved: Mapping[str, int]) -> QualityUpkeep:
    """Return the upkeep of a change that moves so many rows of each extract, with empty tables of affected rows.

    `coverage` is what will be known after it.
    """
    before, after = _read(connection), _basis(connection, coverage)
    sizes = kept_counts.sizes(connection)
    by_difference = [
        extract
        for extract in EXTRACTS
        if extract.name in sizes
        and not _is_whole(extract.name, before, after, moved)
        and moved.get(extract.name, 0) <= WHOLE_FROM * sizes[extract.name]
    ]
    AFFECTED_GROUPS.create(connection)
    for extract in by_difference:
        affected_rows(extract).create(connection)
    return QualityUpkeep(connection, before, after, by_difference)


def _is_whole(name: str, before: Basis, after: Basis, moved: Collection[str]) -> bool:
    """Return whether a rule of the extract leans on something that has changed for all its rows."""
    if before.made_by != after.made_by or "codes" in moved or (name in SHIPPED and name in moved):
        return True
    if name not in before.taken_on or after.taken_on[name] < before.taken_on[name]:
        return True
    return any(_begins(before, other) != _begins(after, other) for other in _referred_to(name))


def _begins(basis: Basis, extract: str) -> object:
    """Return what rules about references lean on: an extract's first day; of lists, whether there is one."""
    return extract in basis.begins if extract_named(extract).reference else basis.begins.get(extract)


@cache
def _referred_to(name: str) -> frozenset[str]:
    return frozenset(column.refers_to for column in extract_named(name).columns if column.refers_to is not None)


def _basis(connection: sa.Connection, coverage: Coverage) -> Basis:
    begins: dict[str, date] = {}
    for (extract, _), covered in coverage.items():
        begins[extract] = min(covered.begins, begins.get(extract, date.max))
    return Basis(f"{rules_hash()} {read_fact(connection, SHIPPED_HASH)}", days_of(coverage), begins)


def _read(connection: sa.Connection) -> Basis:
    written = read_fact(connection, _FACT)
    if written is None:
        return Basis()
    made_by, *days = json.loads(written)
    return Basis(made_by, *({name: date.fromisoformat(day) for name, day in some.items()} for some in days))


def _write(connection: sa.Connection, basis: Basis) -> None:
    days = [{name: str(day) for name, day in some.items()} for some in (basis.taken_on, basis.begins)]
    write_fact(connection, _FACT, json.dumps([basis.made_by, *days]))


@cache
def rules_hash() -> str:
    """Return a hash of all that the verdicts of the rules hang on apart from the rows, their words left out."""
    told = [
        (rule.name, rule.extract, rule.compared_by, *(_written(part) for part in (rule.select, rule.changed_by_time)))
        for rule in RULES.values()
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _written(part: sa.ClauseElement | None) -> object:
    if part is None:
        return None
    compiled = part.compile(dialect=sqlite.dialect())
    return str(compiled), sorted(compiled.params.items(), key=str)
