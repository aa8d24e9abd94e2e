"""Decisions from a CSV file: a row each, all taken or none; a row that can't be is told by file, row and field."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from data_access.actor import Actor
from data_access.database.turns import Turn
from data_access.decisions.deciding import decide_all
from data_access.decisions.decision import Decision, Fault, InvalidDecisionsProblem
from data_access.decisions.kinds import KINDS
from data_access.decisions.revisions import Revision
from data_access.loading.delivery.sheet import ROW
from data_access.loading.formats.native_csv import csv_sheet
from data_access.problems import Problem

KIND: Final = "decision"
REASON: Final = "reason"
COLUMNS: Final = (
    KIND,
    *dict.fromkeys(field.column.name for kind in KINDS.values() for field in kind.fields),
    REASON,
)
"""The columns of such a file: which kind of decision a row is, the fields of every kind, and why it is decided so."""

_ROWS_TOLD: Final = 20


class RowsProblem(Problem):
    """Rows that can't be decided; nothing of the file was."""


@dataclass(frozen=True)
class _Row:
    """A row of the file: its number, the decision, and what is wrong with it before it is looked at as one."""

    number: int
    decision: Decision
    faults: tuple[Fault, ...]


def decide_from_file(actor: Actor, engine: sa.Engine, file: Path, *, turn: Turn | None = None) -> list[Revision]:
    """Take every decision of a CSV file with the columns COLUMNS, in the order of its rows; return their revisions.

    A blank cell is a blank field; columns that no row needs may be missing. All rows are new decisions: what stands
    is changed one by one. Raise RowsProblem with file, row, field, value and what was expected where a row can't be,
    ExtractProblem where the file is no table, NotAllowedProblem where the actor may not take one of them. Nothing is
    changed then.
    """
    rows = _rows(file)
    if faulty := {row.number: row.faults for row in rows if row.faults}:
        raise RowsProblem(_told(file, faulty, len(rows)))
    try:
        return decide_all(actor, engine, [row.decision for row in rows], turn=turn)
    except InvalidDecisionsProblem as problem:
        refused = {rows[place].number: each.faults for place, each in problem.refused.items()}
        raise RowsProblem(_told(file, refused, len(rows))) from problem


def _rows(file: Path) -> list[_Row]:
    sheet = csv_sheet(file)
    unknown = [name for name in sheet.headings if not name.startswith("(") and name not in COLUMNS]
    missing = [name for name in (KIND, REASON) if name not in sheet.headings]
    if missing:
        msg = f"{file.name} has no column {' and no column '.join(missing)}; it may have {', '.join(COLUMNS)}."
        raise RowsProblem(msg)
    if unknown:
        msg = f"{file.name} has the column {unknown[0]}, which no decision has; it may have {', '.join(COLUMNS)}."
        raise RowsProblem(msg)
    given = [
        {name: (cell or "").strip() for name, cell in row.items() if name != ROW} | {ROW: row[ROW]}
        for row in sheet.cells.collect().iter_rows(named=True)
    ]
    rows = [_row(cells) for cells in given if any(value for name, value in cells.items() if name != ROW)]
    if not rows:
        msg = f"{file.name} has headings but no row, so there is nothing to decide."
        raise RowsProblem(msg)
    return rows


def _row(cells: dict[str, object]) -> _Row:
    kind = KINDS.get(str(cells[KIND]))
    fields = {} if kind is None else {field.column.name: field.name for field in kind.fields}
    content = {fields[name]: value for name, value in cells.items() if name in fields}
    decision = Decision(str(cells[KIND]), content, str(cells[REASON]))
    return _Row(int(str(cells[ROW])), decision, tuple(_faults(cells, fields)))


def _faults(cells: dict[str, object], fields: dict[str, str]) -> Iterator[Fault]:
    if not fields:
        yield Fault(KIND, cells[KIND], f"one of {', '.join(KINDS)}")
        return
    for name, value in cells.items():
        if value and name not in fields and name not in (KIND, REASON, ROW):
            yield Fault(name, value, f"a blank, since a decision {cells[KIND]} has no such field")


def _told(file: Path, refused: dict[int, tuple[Fault, ...]], rows: int) -> str:
    lines = [f"row {number}: {fault}" for number, faults in refused.items() for fault in faults]
    left = [f"and {len(lines) - _ROWS_TOLD:,} more"] if len(lines) > _ROWS_TOLD else []
    can_not = "can't be decided, so none was"
    return "\n".join([f"{file.name}: {len(refused):,} of its {rows:,} rows {can_not}.", *lines[:_ROWS_TOLD], *left])
