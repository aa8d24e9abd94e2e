"""The tables of the database.

Case tables are made from the extracts, one each, so that a column is described once. Beside the extract's own
columns each has `child_key` (the child after merges; one of its own where the child can't be told), `unreadable` (the
columns of the extract in whose cells something stood that nobody can read, such as a failed formula: their names,
each between spaces; null where all were read or blank), `extracted_at` (when the extract that last set the row was
taken, UTC) and `load_id` (the load that did). The other tables, below, are the program's own.
"""

from typing import Any, Final

import sqlalchemy as sa

from data_access.extracts import EXTRACTS, Extract, Kind
from data_access.extracts.contract import Column as ExtractColumn

EVERY_TEAM: Final = "(every team)"
"""The team under which the rollup keeps the sums of all teams."""

METADATA: Final = sa.MetaData()

REFERENCE: Final = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""The type of references: compared byte by byte on every engine, whatever the server's language."""

_TYPES: Final[dict[Kind, sa.types.TypeEngine[Any] | type[sa.types.TypeEngine[Any]]]] = {
    Kind.ID: REFERENCE,
    Kind.TEXT: sa.Text,
    Kind.CODE: sa.Text,
    Kind.DATE: sa.Date,
    Kind.TIME: sa.DateTime,
    Kind.WHOLE: sa.Integer,
    Kind.NUMBER: sa.Float,
    Kind.FTE: sa.Integer,
    Kind.YES_NO: sa.Boolean,
    Kind.WEEK: sa.Date,
}


def _columns(column: ExtractColumn, *, in_key: bool) -> list[sa.Column[Any]]:
    needed = in_key or column.required
    if column.kind is Kind.TIME:
        return [
            sa.Column(column.stored_as, sa.DateTime, nullable=not needed),
            sa.Column(column.local_date, sa.Date, nullable=not needed),
            sa.Column(column.has_time, sa.Boolean, nullable=not needed),
        ]
    return [sa.Column(column.stored_as, _TYPES[column.kind], nullable=not needed, primary_key=in_key)]


def _case_table(extract: Extract) -> sa.Table:
    columns = [made for column in extract.columns for made in _columns(column, in_key=column.name in extract.key)]
    if extract.has("child_id") and extract.name != "child_merges":
        required = extract.column("child_id").required
        columns.append(sa.Column("child_key", REFERENCE, nullable=not required))
    columns.append(sa.Column("unreadable", sa.Text))
    columns.append(sa.Column("extracted_at", sa.DateTime, nullable=False))
    columns.append(sa.Column("load_id", sa.Integer, nullable=False))
    table = sa.Table(extract.name, METADATA, *columns)
    for names in _indexes(extract):
        sa.Index(f"ix_{extract.name}_{'_'.join(names)}", *(table.c[name] for name in names))
    return table


def _indexes(extract: Extract) -> list[tuple[str, ...]]:
    """Return the columns of each index: by child, by every reference to another extract's rows, by every date.

    What someone holds for a time is looked up by who and when.
    """
    if extract.reference:
        return []
    found: list[tuple[str, ...]] = []
    if extract.has("child_id"):
        found.append(("child_key",))
    team = ("team_id",) if extract.has("team_id") else ()
    for column in extract.columns:
        leads_key = extract.key[0] == column.name
        if column.refers_to in {"contacts", "referrals", "assessments", "plans", "staff"} and not leads_key:
            spell = ("from_date", "to_date") if column.refers_to == "staff" and extract.has("to") else ()
            found.append((column.stored_as, *spell))
        if column.name in extract.dated_by or column.name in {"decided_at", "completed_on"}:
            found.append((column.local_date, *team))
    return found


CASE_TABLES: Final[dict[str, sa.Table]] = {extract.name: _case_table(extract) for extract in EXTRACTS}

CALENDAR: Final = sa.Table(
    "calendar",
    METADATA,
    sa.Column("day", sa.Date, primary_key=True, comment="The date"),
    sa.Column("day_number", sa.Integer, nullable=False, comment="Counts the days, so that dates can be subtracted"),
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

PUBLICATIONS: Final = sa.Table(
    "publications",
    METADATA,
    sa.Column("publication", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("published_at", sa.DateTime, nullable=False, comment="UTC"),
    sa.Column("published_by", sa.Text, nullable=False, comment="Who exported: an account of the machine"),
    sa.Column("data_version", sa.Integer, nullable=False, comment="The data version of its figures"),
)

PUBLISHED_FIGURES: Final = sa.Table(
    "published_figures",
    METADATA,
    sa.Column("publication", sa.Integer, primary_key=True, comment="The public export that showed it first"),
    sa.Column("measure", sa.Text, primary_key=True, comment="Id of the measure"),
    sa.Column("period", sa.Text, primary_key=True, comment="week, month, quarter, year, ytd or 12m"),
    sa.Column("start", sa.Date, primary_key=True, comment="First day of the period"),
    sa.Column("team_id", REFERENCE, primary_key=True, comment="The team, none recorded, or every team"),
    sa.Column("first", sa.Date, nullable=False, comment="First day that it counts"),
    sa.Column("end", sa.Date, nullable=False, comment="Last day that it counts"),
    sa.Column("numerator", sa.Float, comment="As shown, in the measure's unit; null where hidden"),
    sa.Column("denominator", sa.Float, comment="As shown; null where hidden, and for counts"),
    sa.Column("not_computable", sa.Float, comment="As shown; null where hidden"),
    sa.Column("hidden", sa.Boolean, nullable=False, comment="Whether numerator or denominator was hidden"),
)

PUBLISHED_BLOCKS: Final = sa.Table(
    "published_blocks",
    METADATA,
    sa.Column("publication", sa.Integer, primary_key=True, comment="The public export that added the block"),
    sa.Column("measure", sa.Text, primary_key=True, comment="Id of the measure"),
    sa.Column("block", sa.Integer, primary_key=True, comment="Counts the measure's blocks in the publication"),
    sa.Column("team_id", REFERENCE, primary_key=True, comment="The team, none recorded, or every team"),
    sa.Column("days", sa.Text, nullable=False, comment="Its days: first/last, several stretches apart by spaces"),
    sa.Column("numerator", sa.BigInteger, nullable=False, comment="In whole units, as counted then"),
    sa.Column("remainder", sa.BigInteger, nullable=False, comment="Denominator less numerator; a rate's denominator"),
    sa.Column("not_computable", sa.BigInteger, nullable=False),
    sa.Column("shown", sa.Text, nullable=False, comment="Numbers that may be shown, apart by spaces"),
)

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

FACTS: Final = sa.Table(
    "facts",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
