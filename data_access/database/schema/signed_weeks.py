"""Weeks signed off: what was reported then, kept as it was; both tables are append-only."""

from typing import Final

import sqlalchemy as sa

from data_access.database.schema.metadata import METADATA

SIGNED_WEEKS: Final = sa.Table(
    "signed_weeks",
    METADATA,
    sa.Column("week", sa.Date, primary_key=True, comment="Its Monday"),
    sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False, comment="Counts from 1"),
    sa.Column("closing", sa.Text, nullable=False, comment="Attendance, items not reached, effects tested, as JSON"),
    sa.Column("reason", sa.Text, nullable=False, comment="Why it was signed off again; empty the first time"),
    sa.Column("signed_at", sa.DateTime, nullable=False, comment="UTC"),
    sa.Column("signed_by", sa.Text, nullable=False, comment="Who signed it off"),
    sa.Column("roles", sa.Text, nullable=False, comment="The roles that they had then, as JSON"),
    sa.Column("hash", sa.Text, nullable=False, comment="SHA-256 over all of it, its measures and cases included"),
    comment="Append-only: a trigger forbids to change or delete a revision",
)

SIGNED_MEASURES: Final = sa.Table(
    "signed_measures",
    METADATA,
    sa.Column("week", sa.Date, primary_key=True, comment="Monday of the week"),
    sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False, comment="That of the week signed off"),
    sa.Column("measure", sa.Text, primary_key=True, comment="Id of the measure"),
    sa.Column("reported", sa.Text, nullable=False, comment="Figure, sentence, limits and target, as JSON"),
    sa.Column("cases", sa.LargeBinary, nullable=False, comment="Case ids by team and outcome, as compressed JSON"),
    comment="Append-only: a trigger forbids to change or delete a row",
)
