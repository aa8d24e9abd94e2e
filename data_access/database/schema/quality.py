"""The counts of the rules of quality, and what keeping them needs."""

from typing import Final

import sqlalchemy as sa

from data_access.database.schema.metadata import METADATA, REFERENCE

QUALITY_COUNTS: Final = sa.Table(
    "quality_counts",
    METADATA,
    sa.Column("load_id", sa.Integer, primary_key=True, comment="The load after which it was counted"),
    sa.Column("rule", sa.Text, primary_key=True, comment="Name of the rule"),
    sa.Column("team_id", REFERENCE, primary_key=True, comment="The team, none recorded, or every team"),
    sa.Column("rows", sa.Integer, nullable=False, comment="Rows that the rule looks at"),
    sa.Column("broken", sa.Integer, nullable=False, comment="Rows that break it"),
    sa.Index("ix_quality_counts_team_id_rule_load_id", "team_id", "rule", "load_id"),
)
"""What each load changed in the counts: they hold until a later load's. No rows: the rule has nothing to look at."""

QUALITY_STANDING: Final = sa.Table(
    "quality_standing",
    METADATA,
    sa.Column("rule", sa.Text, primary_key=True, comment="Name of the rule"),
    sa.Column("team_id", REFERENCE, primary_key=True, comment="The team, none recorded, or every team"),
    sa.Column("rows", sa.Integer, nullable=False, comment="Rows that the rule looks at, were what it asks for given"),
    sa.Column("broken", sa.Integer, nullable=False, comment="Rows of these that break it"),
    sa.Column("given", sa.Integer, nullable=False, comment="Rows that give what the rule asks for"),
)

QUALITY_PENDING: Final = sa.Table(
    "quality_pending",
    METADATA,
    sa.Column("extract", sa.Text, primary_key=True, comment="Name of the extract"),
    sa.Column("key", REFERENCE, primary_key=True, comment="First part of the key of a row that time can put right"),
)

CHILD_REFERENCES: Final = sa.Table(
    "child_references",
    METADATA,
    sa.Column("child_key", REFERENCE, primary_key=True, comment="A child of some row, as it stands or once stood"),
    sa.Column("plain", REFERENCE, nullable=False, comment="The reference without capitals, spaces and leading zeros"),
    sa.Index("ix_child_references_plain", "plain"),
)
