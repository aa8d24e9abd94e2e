"""Holding signed weeks to their hashes and to the audit trail: is every one as it was signed off?"""

import json
import zlib
from datetime import datetime

import sqlalchemy as sa

from data_access import audit
from data_access.database.schema.signed_weeks import SIGNED_MEASURES, SIGNED_WEEKS
from data_access.signed_weeks.record import expanded, hash_of


def differences(connection: sa.Connection) -> list[str]:
    """Return, as sentences, the revisions that are not as they were signed off, missing, or unknown to the trail."""
    told = {
        (event.subject, detail.get("revision")): detail.get("hash")
        for event in audit.events(connection)
        if event.action == audit.Action.SIGNED_OFF
        for detail in [_of_json(event.detail)]
    }
    wrong, kept = [], set()
    weeks = sa.select(SIGNED_WEEKS).order_by(SIGNED_WEEKS.c.week, SIGNED_WEEKS.c.revision)
    for row in connection.execute(weeks).mappings().all():
        key = f"week {row['week']}", row["revision"]
        kept.add(key)
        name = f"Revision {key[1]} of the signed {key[0]}"
        if key not in told:
            wrong.append(f"{name} is in no event of the audit trail.")
        elif not row["hash"] == told[key] == _hash_now(connection, row):
            wrong.append(f"{name} is not as it was signed off.")
    missing = [key for key in told if key not in kept]
    return wrong + [f"Revision {revision} of the signed {name} is missing." for name, revision in missing]


def _hash_now(connection: sa.Connection, row: sa.RowMapping) -> str | None:
    """Return the hash of what is kept now; None where it can't be read any more."""
    table = SIGNED_MEASURES
    mine = (table.c.week == row["week"]) & (table.c.revision == row["revision"])
    measures = connection.execute(sa.select(table.c.measure, table.c.reported, table.c.cases).where(mine)).all()
    try:
        read = [(each.measure, each.reported, expanded(each.cases)) for each in measures]
    except (zlib.error, UnicodeDecodeError):
        return None
    return hash_of(dict(row), read) if isinstance(row["signed_at"], datetime) else None


def _of_json(text: str) -> dict[str, object]:
    """Return what the detail of an event holds; nothing where it is no JSON, since it was tampered with."""
    try:
        held = json.loads(text)
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}
