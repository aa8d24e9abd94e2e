"""The store of decisions: revisions, each written once. Triggers forbid to change or delete one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from data_access.database.schema.decisions import DECISIONS
from data_access.decisions.fields import Content, from_json, to_json
from data_access.decisions.kind import DecisionKind
from data_access.decisions.order_of_ids import in_order
from data_access.scope import Scope


@dataclass(frozen=True)
class Revision:
    """One revision of a decision: what was decided, or withdrawn, by whom in which roles, when (UTC) and why."""

    kind: str
    decision_id: str
    revision: int
    content: Content
    withdrawn: bool
    reason: str
    decided_at: datetime
    decided_by: str
    roles: tuple[str, ...]

    def told(self) -> dict[str, Any]:
        """Return what the audit trail tells of it, beside who and when."""
        content = json.loads(to_json(self.content))
        told = {"revision": self.revision, "withdrawn": self.withdrawn, "reason": self.reason}
        return told | {"roles": list(self.roles), "content": content}


def append(connection: sa.Connection, revision: Revision) -> None:
    """Write a revision."""
    written = vars(revision) | {"content": to_json(revision.content), "roles": json.dumps(revision.roles)}
    connection.execute(sa.insert(DECISIONS).values(**written))


def latest(connection: sa.Connection, kind: DecisionKind) -> dict[str, Revision]:
    """Return the latest revision of every decision of a kind, by its id."""
    table = DECISIONS
    newest = (
        sa.select(table.c.decision_id, sa.func.max(table.c.revision).label("revision"))
        .where(table.c.kind == kind.name)
        .group_by(table.c.decision_id)
        .subquery()
    )
    is_newest = sa.and_(
        table.c.kind == kind.name,
        table.c.decision_id == newest.c.decision_id,
        table.c.revision == newest.c.revision,
    )
    rows = connection.execute(sa.select(table).join(newest, is_newest).order_by(table.c.decision_id))
    return {row.decision_id: _revision(kind, row) for row in rows}


def history(
    scope: Scope, connection: sa.Connection, kinds: Sequence[DecisionKind], *, decision_id: str | None = None
) -> list[Revision]:
    """Return every revision of some kinds, or of one decision, in order; of teams only those that may be seen."""
    revisions = []
    for kind in kinds:
        wanted = sa.select(DECISIONS).where(DECISIONS.c.kind == kind.name)
        if decision_id is not None:
            wanted = wanted.where(DECISIONS.c.decision_id == decision_id)
        rows = connection.execute(wanted.order_by(DECISIONS.c.revision))
        revisions += sorted((_revision(kind, row) for row in rows), key=lambda each: in_order(each.decision_id))
    return [revision for revision in revisions if may_be_seen(scope, revision.content)]


def may_be_seen(scope: Scope, content: Content) -> bool:
    """Return whether a reader may see a decision: those for the whole, and those for teams of their own."""
    team = content.get("team_id")
    return team is None or scope.teams is None or team in scope.teams


def _revision(kind: DecisionKind, row: sa.Row[Any]) -> Revision:
    values = dict(row._mapping)
    content, roles = from_json(kind.fields, values["content"]), tuple(json.loads(values["roles"]))
    return Revision(**values | {"content": content, "roles": roles})
