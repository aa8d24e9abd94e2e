"""What was decided as CSV: for kinds that are loaded too, in the form of their extract, so that it loads again."""

from collections.abc import Sequence
from datetime import date

from dashboard.exports.safe_cells import csv_bytes
from data_access.decisions import Standing
from data_access.decisions.kind import DecisionKind
from data_access.extracts import extract_named

_ID = "decision_id"
_AROUND = ("reason", "author")


def columns_of(kind: DecisionKind) -> tuple[str, ...]:
    """Return the headings: those of the kind's extract, or id, fields, reason and author."""
    if kind.extract is not None:
        return tuple(column.name for column in extract_named(kind.extract).columns)
    return (_ID, *(field.column.name for field in kind.fields), *_AROUND)


def decided_csv(kind: DecisionKind, stands: Sequence[Standing]) -> bytes:
    """Return what stands of a kind as CSV, a row each."""
    columns = columns_of(kind)
    key = _ID if kind.extract is None else extract_named(kind.extract).key[0]
    rows = [{name: value for name, value in _row(kind, key, each).items() if name in columns} for each in stands]
    return csv_bytes(columns, rows)


def _row(kind: DecisionKind, key: str, stands: Standing) -> dict[str, object]:
    fields = {field.column.name: _cell(stands.content[field.name]) for field in kind.fields}
    return {key: stands.decision_id, **fields, "reason": stands.reason, "author": stands.author}


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else value
