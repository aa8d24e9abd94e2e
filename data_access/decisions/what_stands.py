"""What stands: rows that ship, rows that a council loaded and what people set, as one. What people set goes first."""

import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.decisions.fields import Content
from data_access.decisions.kind import DecisionKind
from data_access.decisions.order_of_ids import in_order
from data_access.decisions.revisions import Revision, latest, may_be_seen
from data_access.decisions.standing import Origin, Standing
from data_access.extracts import extract_named
from data_access.scope import Scope


def standing(scope: Scope, connection: sa.Connection, kind: DecisionKind) -> list[Standing]:
    """Return the decisions of a kind that stand, in the order of their ids; of teams only those that may be seen."""
    decided = latest(connection, kind)
    stands = {row.decision_id: row for row in rows_of_extract(connection, kind) if row.decision_id not in decided}
    stands |= {name: as_set(revision) for name, revision in decided.items() if not revision.withdrawn}
    return [stands[name] for name in sorted(stands, key=in_order) if may_be_seen(scope, stands[name].content)]


def rows_of_extract(connection: sa.Connection, kind: DecisionKind) -> list[Standing]:
    """Return the rows of a kind that ship or were loaded, whatever people decided of them."""
    if kind.extract is None:
        return []
    table, [key] = CASE_TABLES[kind.extract], extract_named(kind.extract).stored_key
    return [
        Standing(
            kind.name,
            row[key],
            Origin.LOADED if row["load_id"] else Origin.SHIPPED,
            0,
            {field.name: row[field.name] for field in kind.fields},
            row.get("reason"),
            row["author"],
            row["extracted_at"],
        )
        for row in connection.execute(sa.select(table)).mappings()
    ]


def as_it_was(
    scope: Scope, connection: sa.Connection, kind: DecisionKind, decision_id: str
) -> tuple[Content, int] | None:
    """Return what a decision says, withdrawn or not, and its revision; None where the reader can see no such one."""
    last = latest(connection, kind).get(decision_id)
    rows = {row.decision_id: row.content for row in rows_of_extract(connection, kind)}
    content = rows.get(decision_id) if last is None else last.content
    if content is None or not may_be_seen(scope, content):
        return None
    return content, 0 if last is None else last.revision


def as_set(revision: Revision) -> Standing:
    """Return a revision as what stands."""
    return Standing(
        revision.kind,
        revision.decision_id,
        Origin.SET,
        revision.revision,
        revision.content,
        revision.reason,
        revision.decided_by,
        revision.decided_at,
    )
