"""The case tables, made from the extracts, one each, so that a column is described once.

Besides the extract's own columns each has `child_key` (the child after merges; one of its own where the child can't
be told), `unreadable` (the columns of the extract in whose cells something stood that nobody can read, such as a
failed formula: their names, each between spaces; null where all were read or blank), `extracted_at` (when the extract
that last set the row was taken, UTC) and `load_id` (the load that did).
"""

from typing import Any, Final

import sqlalchemy as sa

from data_access.database.schema.metadata import METADATA, REFERENCE
from data_access.extracts import EXTRACTS, Extract, Kind
from data_access.extracts.contract import Column as ExtractColumn

_TYPES: Final[dict[Kind, sa.types.TypeEngine[Any] | type[sa.types.TypeEngine[Any]]]] = {
    Kind.ID: REFERENCE,
    Kind.TEXT: sa.Text,
    Kind.CODE: sa.Text,
    Kind.DATE: sa.Date,
    Kind.TIME: sa.DateTime,
    Kind.WHOLE: sa.Integer,
    Kind.NUMBER: sa.Float,
    Kind.FTE: sa.Integer,
    Kind.YES_NO: sa.Boolean,
    Kind.WEEK: sa.Date,
}

NO_CHILD_KEY: Final = "(no child)"
"""Begins the `child_key` of rows whose child can't be told."""

_ENDS: Final = ("decided_at", "completed_on", "terminated_on", "screened_at")
"""What happens to a row later, by which measures look for rows too."""


def _columns(column: ExtractColumn, *, in_key: bool) -> list[sa.Column[Any]]:
    needed = in_key or column.required
    if column.kind is Kind.TIME:
        return [
            sa.Column(column.stored_as, sa.DateTime, nullable=not needed),
            sa.Column(column.local_date, sa.Date, nullable=not needed),
            sa.Column(column.has_time, sa.Boolean, nullable=not needed),
        ]
    return [sa.Column(column.stored_as, _TYPES[column.kind], nullable=not needed, primary_key=in_key)]


def _case_table(extract: Extract) -> sa.Table:
    columns = [made for column in extract.columns for made in _columns(column, in_key=column.name in extract.key)]
    if extract.has("child_id") and extract.name != "child_merges":
        required = extract.column("child_id").required
        columns.append(sa.Column("child_key", REFERENCE, nullable=not required))
    columns.append(sa.Column("unreadable", sa.Text))
    columns.append(sa.Column("extracted_at", sa.DateTime, nullable=False))
    columns.append(sa.Column("load_id", sa.Integer, nullable=False))
    table = sa.Table(extract.name, METADATA, *columns)
    for names in _indexes(extract):
        sa.Index(f"ix_{extract.name}_{'_'.join(names)}", *(table.c[name] for name in names))
    return table


def _indexes(extract: Extract) -> list[tuple[str, ...]]:
    """Return the columns of each index: by child, by every reference to another extract's rows, by every date.

    What someone holds for a time is looked up by who and when, what a school began by school and when.
    """
    if extract.reference:
        return []
    indexes: list[tuple[str, ...]] = []
    if extract.has("child_id"):
        indexes.append(("child_key",))
    team = ("team_id",) if extract.has("team_id") else ()
    for column in extract.columns:
        leads_key = extract.key[0] == column.name
        if column.refers_to in {"contacts", "referrals", "assessments", "plans", "staff"} and not leads_key:
            spell = ("from_date", "to_date") if column.refers_to == "staff" and extract.has("to") else ()
            indexes.append((column.stored_as, *spell))
        if column.refers_to == "schools":
            indexes.append((column.stored_as, extract.column(extract.dated_by[0]).local_date))
        if column.name in extract.dated_by or column.name in _ENDS:
            indexes.append((column.local_date, *team))
    return indexes


CASE_TABLES: Final[dict[str, sa.Table]] = {extract.name: _case_table(extract) for extract in EXTRACTS}
