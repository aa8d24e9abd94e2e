"""What people decided, and who did what: both append-only."""

from typing import Final

import sqlalchemy as sa

from data_access.database.schema.metadata import METADATA, REFERENCE

DECISIONS: Final = sa.Table(
    "decisions",
    METADATA,
    sa.Column("kind", REFERENCE, primary_key=True, comment="What was decided: target, event, rebase, …"),
    sa.Column("decision_id", REFERENCE, primary_key=True, comment="Its reference; that of a loaded row it replaces"),
    sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False, comment="Counts from 1"),
    sa.Column("content", sa.Text, nullable=False, comment="Its fields, as JSON"),
    sa.Column("withdrawn", sa.Boolean, nullable=False, comment="Whether it holds no more from this revision on"),
    sa.Column("reason", sa.Text, nullable=False, comment="Why it was decided so"),
    sa.Column("decided_at", sa.DateTime, nullable=False, comment="UTC"),
    sa.Column("decided_by", sa.Text, nullable=False, comment="Who decided"),
    sa.Column("roles", sa.Text, nullable=False, comment="The roles that they had then, as JSON"),
    sqlite_with_rowid=False,
    comment="Append-only: a trigger forbids to change or delete a revision",
)

AUDIT_EVENTS: Final = sa.Table(
    "audit_events",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False, comment="Counts from 1, without a gap"),
    sa.Column("at", sa.Text, nullable=False, comment="UTC, written as it is hashed: 2010-03-29T06:00:00.000000"),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False, comment="What was done"),
    sa.Column("subject", sa.Text, nullable=False, comment="To what: load 12, target T-01"),
    sa.Column("detail", sa.Text, nullable=False, comment="The rest, as JSON"),
    sa.Column("previous_hash", sa.Text, nullable=False, unique=True, comment="The hash of the event before"),
    sa.Column("hash", sa.Text, nullable=False, comment="SHA-256 over all other columns"),
    comment="Append-only: a trigger forbids to change or delete an event",
)
