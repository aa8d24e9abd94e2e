"""What the extracts know of one child: its rows, as far as they may be seen, with the team and role behind each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa

from data_access.coverage.never_sent import Unsent, read_unsent
from data_access.database.schema.case_tables import CASE_TABLES, NO_CHILD_KEY
from data_access.database.schema.figures import CALENDAR
from data_access.dates.london_time import to_local
from data_access.extracts import EXTRACTS, Extract, extract_named
from data_access.measures.sql import flagged
from data_access.scope import Scope

ANSWERS: Final = "answers"
"""Under this name the row of an audit has the answer to each of its questions."""
_ROWS: Final = tuple(each for each in EXTRACTS if "child_key" in CASE_TABLES[each.name].c)
_REFERRALS: Final = CASE_TABLES["referrals"]


@dataclass(frozen=True, eq=False)
class ChildRow:
    """A row about a child: its extract and reference, the team whose row it is, and its values as stored.

    Times are London local. `has_person` tells whether it names a member of staff, `role` is that person's on the day
    of the row, `staff` the reference, for who manages the team alone. `unknown` are the columns of which nothing can
    be said: never sent for that day, or with a cell that nobody can read. `is_seen` tells whether the reader may see
    the row.
    """

    extract: str
    reference: str
    on: date | None
    team: str | None
    is_seen: bool
    values: Mapping[str, Any]
    unknown: frozenset[str]
    has_person: bool = False
    role: str | None = None
    staff: str | None = None


def child_of(connection: sa.Connection, reference: str) -> str | None:
    """Return the key under which a child's rows stand: after merges; None where no row names the child."""
    for column in ("child_key", "child_id"):
        for extract in _ROWS:
            table = CASE_TABLES[extract.name]
            key: str | None = connection.execute(
                sa.select(table.c.child_key).where(table.c[column] == reference).limit(1)
            ).scalar()
            if key is not None:
                return key
    return None


def rows_of_child(scope: Scope, connection: sa.Connection, child: str) -> tuple[ChildRow, ...]:
    """Return every row about a child, by its key; none of a child of whom the reader may see no row.

    A row whose extract names no team goes with the row before it that names one, and a core group with its plan. Rows
    that may not be seen are among them, since what is out of order may hang on them: see `ChildRow.is_seen`.
    """
    unsent = read_unsent(connection)
    rows = [row for extract in _ROWS for row in _read(connection, extract, CASE_TABLES[extract.name], child, unsent)]
    plans = {row.reference: row for row in rows if row.extract == "plans"}
    groups = CASE_TABLES["core_groups"]
    rows += [
        _row(extract_named("core_groups"), row, plans[row.plan_id].team, unsent)
        for row in connection.execute(sa.select(groups).where(groups.c.plan_id.in_(plans)))
    ]
    placed = [_seen(scope, row) for row in _with_teams(_audits_together(rows))]
    if not any(row.is_seen for row in placed):
        return ()
    return tuple(_with_roles(scope, connection, placed))


def labels(connection: sa.Connection) -> dict[str, dict[str, str]]:
    """Return the words for every code, by list: code lists are open to all."""
    table = CASE_TABLES["codes"]
    words: dict[str, dict[str, str]] = {}
    for row in connection.execute(sa.select(table.c.list, table.c.code, table.c.label)):
        words.setdefault(row.list, {})[row.code] = row.label
    return words


def working_day_numbers(connection: sa.Connection, days: Iterable[date]) -> dict[date, int]:
    """Return how many working days there are up to each of some days, so that two of them can be set apart."""
    wanted = sa.select(CALENDAR.c.day, CALENDAR.c.working_day_number).where(CALENDAR.c.day.in_(sorted(set(days))))
    return {row.day: row.working_day_number for row in connection.execute(wanted)}


def children_taken_on(scope: Scope, connection: sa.Connection, first: date, last: date) -> dict[str, str]:
    """Return the children referred between two days whose case no decision closed, each with a team that received it.

    Only children whose referral the reader may see; of several teams the first by id.
    """
    closed = _REFERRALS.c.decision.in_(flagged("referral_decision", "closes_case"))
    wanted = sa.select(_REFERRALS.c.child_key, sa.func.min(_REFERRALS.c.team_id).label("team")).where(
        _REFERRALS.c.received_on.between(first, last),
        ~_REFERRALS.c.child_key.startswith(NO_CHILD_KEY),
        sa.or_(_REFERRALS.c.decision.is_(None), ~closed),
    )
    if scope.case_teams is not None:
        wanted = wanted.where(_REFERRALS.c.team_id.in_(sorted(scope.case_teams)))
    return {row.child_key: row.team for row in connection.execute(wanted.group_by(_REFERRALS.c.child_key))}


def _read(
    connection: sa.Connection, extract: Extract, table: sa.Table, child: str, unsent: Unsent
) -> Iterator[ChildRow]:
    for row in connection.execute(sa.select(table).where(table.c.child_key == child)):
        yield _row(extract, row, row.team_id if extract.has("team_id") else None, unsent)


def _row(extract: Extract, row: sa.Row[Any], team: str | None, unsent: Unsent) -> ChildRow:
    values: dict[str, Any] = {
        name: to_local(value) if isinstance(value, datetime) else value for name, value in row._mapping.items()
    }
    days = [values[extract.column(name).local_date] for name in extract.dated_by]
    on = next((day for day in days if day is not None), None)
    never = {gap.column for gap in unsent.get(extract.name, ()) if on is not None and gap.begins <= on <= gap.ends}
    marked = (values["unreadable"] or "").split()
    return ChildRow(
        extract=extract.name,
        reference=str(values[extract.stored_key[0]]),
        on=on,
        team=team,
        is_seen=False,
        values=values,
        unknown=frozenset({*never, *marked}),
    )


def _audits_together(rows: Sequence[ChildRow]) -> Iterator[ChildRow]:
    """Yield the rows, those of one audit as one with all its answers."""
    audits: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row.extract != "audits":
            yield row
        else:
            audits.setdefault(row.reference, {})[row.values["question"]] = row.values["answer"]
    told = {row.reference: row for row in rows if row.extract == "audits"}
    for reference, answers in audits.items():
        row = told[reference]
        yield replace(row, values={**row.values, ANSWERS: answers})


def _with_teams(rows: Iterable[ChildRow]) -> Iterator[ChildRow]:
    """Yield the rows in order of time, each with a team where any is known by then."""
    team: str | None = None
    for row in sorted(rows, key=lambda row: (row.on or date.min, row.team is None, row.extract, row.reference)):
        if row.team is None and not extract_named(row.extract).has("team_id"):
            yield replace(row, team=team)
        else:
            team = row.team if row.extract != "core_groups" else team
            yield row


def _seen(scope: Scope, row: ChildRow) -> ChildRow:
    return replace(row, is_seen=scope.case_teams is None or row.team in scope.case_teams)


def _with_roles(scope: Scope, connection: sa.Connection, rows: Sequence[ChildRow]) -> Iterator[ChildRow]:
    """Yield the rows with the role of the person whom each names; and that person, for who manages the team."""
    people = {row: person for row in rows if (person := _person(row)) is not None}
    staff = CASE_TABLES["staff"]
    spells = connection.execute(sa.select(staff).where(staff.c.staff_id.in_(sorted(set(people.values()))))).all()
    for row in rows:
        person = people.get(row)
        roles = [spell.role for spell in spells if spell.staff_id == person and _holds(spell, row.on)]
        manages = row.team in (scope.case_teams or ())
        values = {name: value for name, value in row.values.items() if name != _staff_column(row)}
        yield replace(
            row,
            values=values,
            has_person=person is not None,
            role=roles[0] if roles else None,
            staff=person if manages else None,
        )


def _holds(spell: sa.Row[Any], day: date | None) -> bool:
    return day is not None and spell.from_date <= day and (spell.to_date is None or spell.to_date >= day)


def _person(row: ChildRow) -> str | None:
    column = _staff_column(row)
    return None if column is None else row.values[column]


def _staff_column(row: ChildRow) -> str | None:
    columns = extract_named(row.extract).columns
    return next((column.stored_as for column in columns if column.refers_to == "staff"), None)
