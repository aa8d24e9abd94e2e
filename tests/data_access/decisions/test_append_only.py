"""Revisions and audit events can be written once: the database itself refuses to change or delete one."""

import pytest
import sqlalchemy as sa

from data_access.decisions import decide
from tests.data_access.decisions.people import ANNA, decision, stored

TABLES = ("decisions", "audit_events")
FORBIDDEN = {
    "decisions": [
        "UPDATE decisions SET reason = 'another'",
        "UPDATE decisions SET reason = reason WHERE 1 = 0 OR revision = 1",
        "DELETE FROM decisions",
        "DELETE FROM decisions WHERE revision = 1",
    ],
    "audit_events": [
        "UPDATE audit_events SET who = 'another'",
        "UPDATE audit_events SET seq = seq + 100",
        "DELETE FROM audit_events",
        "DELETE FROM audit_events WHERE seq = 1",
    ],
}
REPLACING = {
    "decisions": "SELECT kind, decision_id, revision, '{}', withdrawn, reason, decided_at, decided_by, roles",
    "audit_events": "SELECT seq, at, 'another', action, subject, detail, previous_hash, hash",
}


@pytest.mark.parametrize("statement", [one for table in TABLES for one in FORBIDDEN[table]])
def test_nothing_is_changed_or_deleted(database: sa.Engine, statement: str) -> None:
    decide(ANNA, database, decision("event"))
    before = stored(database)
    with pytest.raises(sa.exc.DBAPIError, match="is append-only"), database.begin() as connection:
        connection.execute(sa.text(statement))
    assert stored(database) == before


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_replaced(database: sa.Engine, table: str) -> None:
    """SQLite's own way to overwrite fires no trigger on deletion; PostgreSQL's is an update, and it can truncate."""
    decide(ANNA, database, decision("event"))
    before = stored(database)
    if database.dialect.name == "sqlite":
        statements = [f"INSERT OR REPLACE INTO {table} {REPLACING[table]} FROM {table}"]
        if table == "audit_events":
            statements.append(
                "INSERT OR REPLACE INTO audit_events "
                "SELECT 99, at, who, action, subject, detail, previous_hash, hash FROM audit_events WHERE seq = 1"
            )
    else:
        key = "kind, decision_id, revision" if table == "decisions" else "seq"
        column = "reason" if table == "decisions" else "who"
        statements = [
            f"TRUNCATE {table}",
            f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ({key}) DO UPDATE SET {column} = 'another'",
        ]
    for statement in statements:
        with pytest.raises(sa.exc.DBAPIError, match="is append-only"), database.begin() as connection:
            connection.execute(sa.text(statement))
    assert stored(database) == before
