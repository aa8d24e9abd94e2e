"""What each load leaves: who and when, what was refused or is in doubt, the rows themselves, the figures restated."""

from typing import Final

import sqlalchemy as sa

from data_access.database.schema.metadata import METADATA, REFERENCE

LOADS: Final = sa.Table(
    "loads",
    METADATA,
    sa.Column("load_id", sa.Integer, primary_key=True),
    sa.Column("loaded_at", sa.DateTime, nullable=False, comment="UTC"),
    sa.Column("loaded_by", sa.Text, nullable=False, comment="Who loaded: an account of the machine, or a reader's"),
    sa.Column("data_version", sa.Integer, nullable=False, comment="The data version that it made"),
)

REFUSED_FILES: Final = sa.Table(
    "refused_files",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("refused_at", sa.DateTime, nullable=False, comment="UTC"),
    sa.Column("refused_for", sa.Text, nullable=False, comment="Who wanted to load"),
    sa.Column("files", sa.Text, nullable=False, comment="Names of the files that came together"),
    sa.Column("reason", sa.Text, nullable=False, comment="What is wrong, and what was expected"),
)

LOADED_EXTRACTS: Final = sa.Table(
    "loaded_extracts",
    METADATA,
    sa.Column("load_id", sa.Integer, primary_key=True),
    sa.Column("extract", sa.Text, primary_key=True),
    sa.Column("file", sa.Text, nullable=False, comment="Name of the file, and of the sheet"),
    sa.Column("file_hash", sa.Text, nullable=False, comment="SHA-256 of the file and of its manifest row"),
    sa.Column("raw_hash", sa.Text, nullable=False, comment="SHA-256 of the file as it came"),
    sa.Column("format", sa.Text, nullable=False, comment="native, Annex A or CIN census"),
    sa.Column("extracted_at", sa.DateTime, nullable=False, comment="UTC"),
    sa.Column("covers_from", sa.Date, nullable=False),
    sa.Column("covers_to", sa.Date, nullable=False),
    sa.Column("complete", sa.Boolean, nullable=False),
    sa.Column("source_system", sa.Text),
    sa.Column("rows_read", sa.Integer, nullable=False),
    sa.Column("rows_new", sa.Integer, nullable=False),
    sa.Column("rows_changed", sa.Integer, nullable=False),
    sa.Column("rows_unchanged", sa.Integer, nullable=False),
    sa.Column("rows_older", sa.Integer, nullable=False, comment="Rows older than what stands: left alone"),
    sa.Column("rows_withdrawn", sa.Integer, nullable=False),
    sa.Column("rows_refused", sa.Integer, nullable=False),
    sa.Column("warnings", sa.Integer, nullable=False),
    sa.Column("confirmed", sa.Text, comment="What whoever loaded it confirmed: refused rows, withdrawals"),
)

REJECTED_ROWS: Final = sa.Table(
    "rejected_rows",
    METADATA,
    sa.Column("load_id", sa.Integer, primary_key=True),
    sa.Column("extract", sa.Text, primary_key=True),
    sa.Column("row", sa.Integer, primary_key=True, comment="Row of the file; the headings are row 1"),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("value", sa.Text),
    sa.Column("reason", sa.Text, nullable=False, comment="What is wrong, and what was expected"),
    sa.Column("key", sa.Text, comment="Key of the row as far as it could be read"),
    sa.Column("older_stands", sa.Boolean, nullable=False, comment="An older version of the row stands"),
    sa.Column("content", sa.Text, nullable=False, comment="The row as JSON, known columns only"),
)

LOAD_WARNINGS: Final = sa.Table(
    "load_warnings",
    METADATA,
    sa.Column("load_id", sa.Integer, primary_key=True),
    sa.Column("extract", sa.Text, primary_key=True),
    sa.Column("row", sa.Integer, primary_key=True, comment="Row of the file; the headings are row 1"),
    sa.Column("check", sa.Text, primary_key=True, comment="Name of the check"),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("value", sa.Text),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
)

DOUBTFUL_ROWS: Final = sa.Table(
    "doubtful_rows",
    METADATA,
    sa.Column("load_id", sa.Integer, primary_key=True, comment="The load that last listed the row"),
    sa.Column("extract", sa.Text, primary_key=True),
    sa.Column("row", sa.Integer, primary_key=True, comment="Row of the file; the headings are row 1"),
    sa.Column("check", sa.Text, primary_key=True, comment="Name of the check; refused where the row was refused"),
    sa.Column("field", sa.Text, primary_key=True, comment="Column of the extract at fault"),
    sa.Column("message", sa.Text, nullable=False, comment="What is wrong, and what was expected"),
    sa.Column("key", REFERENCE, nullable=False, comment="Key of the row in doubt; one of ours where none is known"),
    sa.Column("listed_as", REFERENCE, comment="Key under which later extracts list it; null where it can't be read"),
    sa.Column("extracted_at", sa.DateTime, nullable=False, comment="UTC"),
    sa.Column("dated", sa.Date, comment="Local date that places the row; null where it has none or it can't be read"),
    sa.Column("team_id", REFERENCE, nullable=False, comment="The team, none recorded"),
    sa.Column("refused", sa.Boolean, nullable=False, comment="The row was refused"),
    sa.Index("ix_doubtful_rows_extract_listed_as", "extract", "listed_as"),
)

WITHDRAWN_ROWS: Final = sa.Table(
    "withdrawn_rows",
    METADATA,
    sa.Column("extract", sa.Text, primary_key=True),
    sa.Column("key", REFERENCE, primary_key=True, comment="Key of the row; its parts joined by |"),
    sa.Column("extracted_at", sa.DateTime, nullable=False, comment="UTC, of the extract that lists it no more"),
    sa.Column("load_id", sa.Integer, nullable=False, comment="The load that withdrew it"),
    sa.Column("content", sa.Text, nullable=False, comment="The row as it stood, as JSON"),
)

ARCHIVED_ROWS: Final = sa.Table(
    "archived_rows",
    METADATA,
    sa.Column("load_id", sa.Integer, primary_key=True),
    sa.Column("extract", sa.Text, primary_key=True),
    sa.Column("part", sa.Integer, primary_key=True, comment="The rows of a large extract come in several parts"),
    sa.Column("rows", sa.Integer, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False, comment="Good rows, known columns only, as Parquet"),
)

RESTATEMENTS: Final = sa.Table(
    "restatements",
    METADATA,
    sa.Column("load_id", sa.Integer, primary_key=True, comment="The load that changed the figure"),
    sa.Column("measure", sa.Text, primary_key=True, comment="Id of the measure"),
    sa.Column("team_id", REFERENCE, primary_key=True, comment="The team, none recorded, or every team"),
    sa.Column("part", sa.Date, primary_key=True, comment="A week, cut where a month ends: see calendar.part"),
    sa.Column("numerator_before", sa.BigInteger, nullable=False),
    sa.Column("denominator_before", sa.BigInteger, nullable=False),
    sa.Column("numerator_after", sa.BigInteger, nullable=False),
    sa.Column("denominator_after", sa.BigInteger, nullable=False),
)
