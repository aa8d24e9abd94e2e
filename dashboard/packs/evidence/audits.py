"""What audits say, as tables for the evidence: the child first, the programme, grades, what was asked for."""

from collections.abc import Callable
from typing import Final

from dashboard.packs.document import Line, Table
from dashboard.readings.audits import GRADED, PROGRAMME, VIEWS, AuditMonth, Audits
from dashboard.words.audits import (
    ACTION_COLUMNS,
    ACTION_STATES,
    CHILD_COLUMNS,
    GRADE_COLUMNS,
    NOT_RECORDED,
    PROGRAMME_COLUMNS,
    action_words,
    agreement_words,
    child_words,
    month_name,
)
from dashboard.words.phrases import NOTHING
from data_access.queries.audit_answers import GRADES

Cells = Callable[[AuditMonth], tuple[int | str | None, ...]]
"""What gives the cells of a month; nought and nothing show as a dash."""

_TABLES: Final = {VIEWS: "The child", PROGRAMME: "Programme", GRADED: "Grades"}
"""Which table a measure that comes from audits is told by."""


def audit_lines(told: Audits) -> tuple[Line, ...]:
    """Return what audits come to: the child's views, what was asked for, how far graders agree."""
    if not told.months:
        return ()
    return (
        Line("The child first. ", child_words(told.months[0])),
        Line("What audits asked for. ", action_words(told)),
        Line("Do graders agree? ", agreement_words(told.agreement)),
    )


def audit_tables(told: Audits) -> dict[str, Table]:
    """Return a row a month of each thing that audits tell, by a short name; nothing where no month is settled."""
    if not told.months:
        return {}
    tables = {"The child": _table("The child’s views in files read", CHILD_COLUMNS, told, _child)}
    if any(month.planned is not None for month in told.months):
        tables["Programme"] = _table(
            "Cases that senior managers were to read, and read", PROGRAMME_COLUMNS, told, _programme
        )
    tables["Grades"] = _table("Assessments by grade and month", GRADE_COLUMNS, told, _grades)
    tables["Audit actions"] = _table(
        "Actions that audits asked for, by month of the audit", ACTION_COLUMNS, told, _actions
    )
    return tables


def tables_of_measure(told: Audits, measure: str) -> tuple[Table, ...]:
    """Return the tables of audits that show what is behind a measure."""
    name = _TABLES.get(measure)
    return tuple(table for key, table in audit_tables(told).items() if key == name)


def _table(caption: str, columns: tuple[str, ...], told: Audits, cells: Cells) -> Table:
    rows = ((month_name(month), *(_cell(cell) for cell in cells(month))) for month in told.months)
    return Table(caption, columns, tuple(rows))


def _cell(cell: int | str | None) -> str:
    return NOTHING if not cell else str(cell)


def _child(month: AuditMonth) -> tuple[int, ...]:
    return month.child_recorded, month.child_not_recorded, month.child_excused


def _programme(month: AuditMonth) -> tuple[int | None, ...]:
    not_read = None if month.planned is None or month.done is None else month.planned - month.done
    return month.planned, month.done, not_read


def _grades(month: AuditMonth) -> tuple[int, ...]:
    return *(month.grades[grade] for grade in GRADES), month.not_graded


def _actions(month: AuditMonth) -> tuple[int | str | None, ...]:
    if month.actions is None:
        return NOT_RECORDED, *[None] * len(ACTION_STATES)
    return sum(month.actions.values()), *(month.actions[state] for state in ACTION_STATES)
