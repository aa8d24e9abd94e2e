"""The calendar, the rollup of figures, for which dates they are known, and by which words they were defined."""

from typing import Final

import sqlalchemy as sa

from data_access.database.schema.metadata import METADATA, REFERENCE

CALENDAR: Final = sa.Table(
    "calendar",
    METADATA,
    sa.Column("day", sa.Date, primary_key=True, comment="The date"),
    sa.Column("day_number", sa.Integer, nullable=False, comment="Counts the days, so that dates can be subtracted"),
    sa.Column("begins_at", sa.DateTime, nullable=False, comment="First moment of it in London, UTC"),
    sa.Column("week", sa.Date, nullable=False, comment="Monday of its week"),
    sa.Column("week_end", sa.Date, nullable=False, comment="Sunday of its week"),
    sa.Column("month_end", sa.Date, nullable=False, comment="Last day of its month"),
    sa.Column("part", sa.Date, nullable=False, comment="Later of its Monday and its month's first day"),
    sa.Column("month", sa.Date, nullable=False, comment="First day of its month"),
    sa.Column("quarter", sa.Date, nullable=False, comment="First day of its quarter"),
    sa.Column("year", sa.Date, nullable=False, comment="1 April of its financial year"),
    sa.Column("working", sa.Boolean, nullable=False, comment="Monday to Friday and no bank holiday of England"),
    sa.Column("working_day_number", sa.Integer, nullable=False, comment="Working days up to and including it"),
    sa.Column("year_before", sa.Date, nullable=False, comment="Same date a year before; 28 for 29 February"),
    sa.Index("ix_calendar_working_day_number", "working_day_number"),
)

MEASURE_PERIOD: Final = sa.Table(
    "measure_period",
    METADATA,
    sa.Column("measure", sa.Text, primary_key=True, comment="Id of the measure"),
    sa.Column("team_id", REFERENCE, primary_key=True, comment="The team, none recorded, or every team"),
    sa.Column("part", sa.Date, primary_key=True, comment="A week, cut where a month ends: see calendar.part"),
    sa.Column("numerator", sa.BigInteger, nullable=False),
    sa.Column("denominator", sa.BigInteger, nullable=False),
    sa.Column("cases", sa.BigInteger, nullable=False, comment="Rows of the cohort that were counted"),
    sa.Column("not_yet_due", sa.BigInteger, nullable=False, comment="Rows still inside their clock"),
    sa.Column("not_computable", sa.BigInteger, nullable=False, comment="Rows that lack what the rule needs"),
    sa.Index("ix_measure_period_measure_part", "measure", "part"),
)

PENDING_KEYS: Final = sa.Table(
    "pending_keys",
    METADATA,
    sa.Column("measure", sa.Text, primary_key=True, comment="Id of the measure"),
    sa.Column("key", REFERENCE, primary_key=True, comment="Key of a cohort row that is not yet due"),
)

COVERAGE: Final = sa.Table(
    "coverage",
    METADATA,
    sa.Column("extract", sa.Text, primary_key=True, comment="Name of the extract"),
    sa.Column("format", sa.Text, primary_key=True, comment="The format that it came in: native, Annex A, CIN census"),
    sa.Column("as_at", sa.DateTime, nullable=False, comment="When its data were taken, UTC; ticks move it"),
    sa.Column("begins", sa.Date, nullable=False, comment="First day of the latest unbroken stretch covered"),
    sa.Column("ends", sa.Date, nullable=False, comment="Last day covered"),
)

NEVER_SENT: Final = sa.Table(
    "never_sent",
    METADATA,
    sa.Column("extract", sa.Text, primary_key=True),
    sa.Column("column_name", sa.Text, primary_key=True, comment="A column that the extract came without"),
    sa.Column("begins", sa.Date, primary_key=True, comment="First of the days for which it did"),
    sa.Column("ends", sa.Date, nullable=False, comment="Last of them"),
)

WORDINGS: Final = sa.Table(
    "wordings",
    METADATA,
    sa.Column("measure", sa.Text, primary_key=True, comment="Id of the measure"),
    sa.Column(
        "edition", sa.Integer, primary_key=True, comment="1 for the words with which it was first counted here"
    ),
    sa.Column(
        "since", sa.DateTime, nullable=False, comment="UTC: when this database was first used with these words"
    ),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("how", sa.Text, nullable=False, comment="How it is calculated, in words"),
    sa.Column("misleads", sa.Text, nullable=False, comment="What can mislead"),
)
