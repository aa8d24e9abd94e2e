"""Which keys a load affects: those of its rows before and after, and of the rows linked with them.

Keys are children, staff, systems, and the own keys of those extracts whose rows some measure counts by them; no
measure's rule is known here. Links are those that the extracts describe, followed for one step either way; and from
rows about staff to the children whom some measure ties to the same person.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import polars as pl
import sqlalchemy as sa

from data_access.database.bulk import insert_into, rows_into
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.database.schema.figures import CALENDAR
from data_access.database.schema.metadata import REFERENCE
from data_access.dates.working_calendar import FIRST_DAY
from data_access.extracts import EXTRACTS, Extract, Kind
from data_access.loading.merge.fates import CHANGED, MOVED, NEW, WITHDRAWN, Merge
from data_access.measures.definition import Key
from data_access.measures.registry import extracts_of, keyed_extracts, ties_by_staff
from data_access.rollup.reach import AFFECTED_KEYS, NO_KEY

_DATED: Final = (Kind.DATE, Kind.TIME, Kind.WEEK)

_MOVED = sa.Table(
    "moved_children",
    sa.MetaData(),
    sa.Column("child_id", REFERENCE, primary_key=True),
    sa.Column("old_key", REFERENCE),
    sa.Column("new_key", REFERENCE),
    prefixes=["TEMPORARY"],
)
"""The references whose surviving reference changes with the present load."""


def affect(connection: sa.Connection, merge: Merge) -> None:
    """Note the keys that this merge's new, changed and withdrawn rows affect. Nothing must be carried out yet."""
    staged, table = merge.staged, merge.table
    own, ties = keyed_extracts(), ties_by_staff().get(merge.extract.name, ())
    standing = sa.select(table).where(merge.rows_of_fate(CHANGED, WITHDRAWN)).subquery("before")
    incoming = sa.select(staged).where(merge.of_fate(NEW, CHANGED)).subquery("after")
    for side in (standing, incoming):
        if "child_key" in side.c:
            _add(connection, Key.CHILD, sa.select(side.c.child_key))
        for kind, name in _keys_that_grow(merge.extract):
            if name in side.c:
                _add_since(connection, kind, side.c[name], side, merge.extract)
        if merge.extract.name in own:
            _add(connection, merge.extract.name, sa.select(side.c[own[merge.extract.name]]))
        for column in merge.extract.columns:
            if column.refers_to in CASE_TABLES and column.stored_as in side.c:
                _affect_named(connection, str(column.refers_to), side.c[column.stored_as], own)
        for column_here, extract, column_there in sorted(ties):
            if column_here not in side.c:
                continue
            child = CASE_TABLES[extract]
            same_person = child.c[column_there].in_(sa.select(side.c[column_here]))
            _add(connection, Key.CHILD, sa.select(child.c.child_key).where(same_person))
    _affect_naming(connection, merge, own)


def _affect_named(
    connection: sa.Connection, named: str, reference: sa.ColumnElement[str], own: Mapping[str, str]
) -> None:
    """Affect the keys of the rows that the rows of this load name."""
    table = CASE_TABLES[named]
    if "child_key" in table.c:
        key = next(iter(table.primary_key.columns))
        _add(connection, Key.CHILD, sa.select(table.c.child_key).where(key.in_(sa.select(reference))))
    if named in own:
        _add(connection, named, sa.select(reference).where(reference.is_not(None)))


def _affect_naming(connection: sa.Connection, merge: Merge, own: Mapping[str, str]) -> None:
    """Affect the keys of the standing rows that name the rows of this load.

    Lists are passed over: what reads a list is counted whole where the list changes, and no index leads to the rows
    that name its codes.
    """
    if merge.extract.reference:
        return
    moved = sa.select(merge.staged.c[merge.key[0]]).where(merge.of_fate(*MOVED))
    for extract in EXTRACTS:
        table = CASE_TABLES[extract.name]
        for column in extract.columns:
            if column.refers_to != merge.extract.name:
                continue
            naming = table.c[column.stored_as].in_(moved)
            if "child_key" in table.c:
                _add(connection, Key.CHILD, sa.select(table.c.child_key).where(naming))
            if extract.name in own:
                _add(connection, extract.name, sa.select(table.c[own[extract.name]]).where(naming))


def affect_children(connection: sa.Connection, children: Iterable[str]) -> None:
    """Note these children as affected."""
    rows = [{"kind": Key.CHILD, "key": child, "since": FIRST_DAY} for child in sorted(set(children))]
    if rows:
        connection.execute(insert_into(connection, AFFECTED_KEYS).on_conflict_do_nothing(), rows)


def give_children_their_keys(connection: sa.Connection, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Set `child_key` again in every table for the references whose surviving reference has changed."""
    moved = sorted(moved_children(before, after))
    if not moved:
        return
    _MOVED.create(connection)
    rows = [(child, before.get(child, child), after.get(child, child)) for child in moved]
    rows_into(connection, _MOVED, pl.DataFrame(rows, schema=["child_id", "old_key", "new_key"], orient="row"))
    for table in CASE_TABLES.values():
        if "child_key" in table.c:
            is_moved = (
                table.c.child_key.in_(sa.select(_MOVED.c.old_key)),
                table.c.child_id.in_(sa.select(_MOVED.c.child_id)),
            )
            new_key = sa.select(_MOVED.c.new_key).where(_MOVED.c.child_id == table.c.child_id).scalar_subquery()
            connection.execute(sa.update(table).where(*is_moved).values(child_key=new_key))
    _MOVED.drop(connection)


def moved_children(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """Return the references whose surviving reference differs."""
    return {child for child in {*before, *after} if before.get(child, child) != after.get(child, child)}


def _add(connection: sa.Connection, kind: str, keys: sa.Select[Any]) -> None:
    """Affect keys, for all time: a referral can change how a referral of a year later counts."""
    affected = keys.subquery("affected")
    key = sa.func.coalesce(next(iter(affected.c)), NO_KEY)
    # without a WHERE, SQLite would read the ON of ON CONFLICT as that of a join
    _affect(connection, sa.select(sa.literal(str(kind)), key, sa.literal(FIRST_DAY, sa.Date)).where(sa.true()))


def _keys_that_grow(extract: Extract) -> Iterator[tuple[Key, str]]:
    """Yield the keys of the measures that grow with the calendar and read an extract, with the columns of them."""
    for column in extract.columns:
        is_staff = column.refers_to == "staff" or column.name == Key.STAFF
        if is_staff and extract.name in extracts_of(Key.STAFF):
            yield Key.STAFF, column.stored_as
        if column.codes == Key.SYSTEM and extract.name in extracts_of(Key.SYSTEM):
            yield Key.SYSTEM, column.stored_as


def _add_since(
    connection: sa.Connection, kind: Key, key: sa.ColumnElement[str], side: sa.FromClause, extract: Extract
) -> None:
    """Affect keys since the beginning of the week or month, whichever is earlier, of the first date in their row.

    Each date is noted by itself; a row without any affects all time.
    """
    days = [side.c[name] for name in _dates(extract) if name in side.c]
    earlier = sa.case((CALENDAR.c.month < CALENDAR.c.week, CALENDAR.c.month), else_=CALENDAR.c.week)
    for day in (sa.func.coalesce(*days, FIRST_DAY), *days):
        affected = (
            sa.select(sa.literal(str(kind)), key, earlier)
            .join_from(side, CALENDAR, CALENDAR.c.day == day)
            .where(key.is_not(None))
            .distinct()
        )
        _affect(connection, affected)


def _affect(connection: sa.Connection, affected: sa.Select[str, Any, Any]) -> None:
    fresh = insert_into(connection, AFFECTED_KEYS).from_select(["kind", "key", "since"], affected)
    connection.execute(fresh.on_conflict_do_nothing())


def _dates(extract: Extract) -> list[str]:
    """Return the names of the columns that hold the dates of an extract's rows."""
    return [column.local_date for column in extract.columns if column.kind in _DATED]
