"""Whether the details of a measure hold what they say: held against the types and the extracts' columns."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import sqlalchemy as sa

from data_access.extracts import EXTRACTS, Extract, Kind
from data_access.extracts.contract import Column
from data_access.measures.definition import Detail, Holds

_TEXT: Final = (sa.Text,)
_NUMBER: Final = (sa.Integer, sa.Float)
_TYPES: Final[dict[Holds, tuple[type[sa.types.TypeEngine[Any]], ...]]] = {
    Holds.DATE: (sa.Date,),
    Holds.TIME: (sa.DateTime,),
    Holds.TIME_KNOWN: (sa.Boolean,),
    Holds.YES_NO: (sa.Boolean,),
    Holds.CODE: _TEXT,
    Holds.NUMBER: _NUMBER,
    Holds.WORDS: _TEXT,
    Holds.REFERENCE: _TEXT,
    Holds.STAFF: _TEXT,
    Holds.TEAM: _TEXT,
    Holds.SECONDS_TAKEN: (sa.Integer,),
    Holds.WORKING_DAYS_TAKEN: (sa.Integer,),
    Holds.WORKING_DAYS_ALLOWED: (sa.Integer,),
}
_CLOCK: Final = (Holds.SECONDS_TAKEN, Holds.WORKING_DAYS_TAKEN, Holds.WORKING_DAYS_ALLOWED)

_Held = tuple[Holds, str | None]


def _held_by(extract: Extract, column: Column) -> Iterator[tuple[str, _Held]]:
    """Yield what the stored columns of an extract's column hold, where their type alone doesn't say it."""
    match column.kind:
        case Kind.CODE:
            yield column.stored_as, (Holds.CODE, column.codes)
        case Kind.ID:
            named = extract.name if column.name == extract.key[0] else column.refers_to
            kinds = {"staff": Holds.STAFF, "teams": Holds.TEAM}
            yield column.stored_as, (kinds.get(named or "", Holds.REFERENCE), None)
        case Kind.TEXT:
            yield column.stored_as, (Holds.WORDS, None)
        case Kind.YES_NO:
            yield column.stored_as, (Holds.YES_NO, None)
        case Kind.TIME:
            yield column.has_time, (Holds.TIME_KNOWN, None)


_HELD: Final = {
    (extract.name, name): held
    for extract in EXTRACTS
    for column in extract.columns
    for name, held in _held_by(extract, column)
}
_LISTS: Final = {codes for _, codes in _HELD.values() if codes is not None}


def broken_details(details: Sequence[Detail], selects: Iterable[sa.Select[Any]]) -> list[str]:
    """Return what is wrong with what the details of a measure say that they hold, in words."""
    flags_of_times = {detail.name for detail in details if detail.holds is Holds.TIME_KNOWN}
    teams = [detail.name for detail in details if detail.holds is Holds.TEAM]
    broken = []
    for detail in details:
        if detail.codes not in (_LISTS if detail.holds is Holds.CODE else (None,)):
            broken.append(f"its detail {detail.name} holds {detail.holds}, but its code list is {detail.codes}")
        if detail.time_known not in (flags_of_times if detail.holds is Holds.TIME else (None,)):
            broken.append(
                f"its detail {detail.name} holds {detail.holds}, but its flag of times is {detail.time_known}"
            )
        if detail.of_team not in (None, *teams):
            broken.append(f"its detail {detail.name} is of the team under {detail.of_team}, which holds no team")
    if unused := sorted(flags_of_times - {detail.time_known for detail in details}):
        broken.append(f"its flags of times {', '.join(unused)} are those of no time")
    broken += [
        f"more than one of its details holds {holds}"
        for holds in _CLOCK
        if sum(detail.holds is holds for detail in details) > 1
    ]
    for select in selects:
        columns = select.selected_columns
        given = [detail for detail in details if detail.name in columns]
        broken += [said for detail in given for said in _misfit(detail, columns[detail.name])]
    return broken


def _misfit(detail: Detail, column: sa.ColumnElement[Any]) -> Iterator[str]:
    if not isinstance(column.type, _TYPES[detail.holds]):
        yield f"its detail {detail.name} holds {detail.holds}, but its column is {column.type!r}"
        return
    shown = {_HELD.get(name) for name in _shown_columns(column)} - {None}
    for held in sorted(shown - {(detail.holds, detail.codes)}, key=str):
        if held is not None:
            told = " of ".join(part for part in held if part is not None)
            yield f"its detail {detail.name} holds {detail.holds}, but its column holds {told}"


def _shown_columns(element: sa.ColumnElement[Any]) -> Iterator[tuple[str, str]]:
    """Yield the table and name of every column whose value an expression may show."""
    if isinstance(element, sa.Label):
        yield from _shown_columns(element.element)
    elif isinstance(element, sa.Case):
        for _, value in element.whens:
            yield from _shown_columns(value)
        if element.else_ is not None:
            yield from _shown_columns(element.else_)
    elif isinstance(element, sa.sql.functions.coalesce):
        for value in element.clauses:
            yield from _shown_columns(value)
    elif isinstance(element, sa.Column):
        table = element.table
        origin = table.element if isinstance(table, sa.Alias) else table
        if isinstance(origin, sa.Table):
            yield origin.name, element.name
