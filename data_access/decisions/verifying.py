"""Holding the store of decisions to the audit trail: is every revision as it was when it was written?"""

import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from data_access import audit
from data_access.database.schema.decisions import DECISIONS


def differences(connection: sa.Connection) -> list[str]:
    """Return, as sentences, the revisions that are not as the audit trail tells, missing, or unknown to it."""
    told = {
        (event.subject, detail.get("revision")): (event.who, event.at, detail)
        for event in audit.events(connection)
        if event.action == audit.Action.DECIDED
        for detail in [_of_json(event.detail)]
    }
    wrong, kept, table = [], set(), DECISIONS
    columns = [column for column in table.columns if column.name != "decided_at"]
    rows = sa.select(*columns, sa.type_coerce(table.c.decided_at, sa.Text).label("decided_at"))
    for row in connection.execute(rows.order_by(table.c.kind, table.c.decision_id, table.c.revision)):
        key = f"{row.kind} {row.decision_id}", row.revision
        kept.add(key)
        name = f"Revision {row.revision} of {key[0]}"
        detail = {"revision": row.revision, "withdrawn": row.withdrawn, "reason": row.reason}
        detail |= {"roles": _of_json(row.roles), "content": _of_json(row.content)}
        if key not in told:
            wrong.append(f"{name} is in no event of the audit trail.")
        elif told[key] != (row.decided_by, _iso(row.decided_at), detail):
            wrong.append(f"{name} is not as it was written.")
    missing = [f"Revision {number} of {name} is missing." for name, number in told if (name, number) not in kept]
    return wrong + missing


def _iso(moment: object) -> str:
    """Return a moment as events write it, also where SQLite holds a text that is no moment."""
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="microseconds")
    return str(moment).replace(" ", "T")


def _of_json(text: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return what a text of JSON holds; an empty one where it is none, since it was tampered with."""
    try:
        return json.loads(text)
    except ValueError:
        return {}
