"""Decisions and the audit trail, both append-only"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

REFERENCE = sa.Text().with_variant(sa.Text(collation='C'), 'postgresql')

TABLES = ('decisions', 'audit_events')

POSTGRESQL_FUNCTION = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only';
END
$$
"""

# INSERT OR REPLACE deletes rows in SQLite without a trigger on deletion; so an insertion over a row is refused, too
TAKEN = {
    'decisions': 'kind = NEW.kind AND decision_id = NEW.decision_id AND revision = NEW.revision',
    'audit_events': 'seq = NEW.seq OR previous_hash = NEW.previous_hash',
}


def upgrade() -> None:
    op.create_table('decisions',
    sa.Column('kind', REFERENCE, nullable=False, comment='What was decided: target, event, rebase, …'),
    sa.Column('decision_id', REFERENCE, nullable=False, comment='Its reference; that of a loaded row it replaces'),
    sa.Column('revision', sa.Integer(), autoincrement=False, nullable=False, comment='Counts from 1'),
    sa.Column('content', sa.Text(), nullable=False, comment='Its fields, as JSON'),
    sa.Column('withdrawn', sa.Boolean(), nullable=False, comment='Whether it holds no more from this revision on'),
    sa.Column('reason', sa.Text(), nullable=False, comment='Why it was decided so'),
    sa.Column('decided_at', sa.DateTime(), nullable=False, comment='UTC'),
    sa.Column('decided_by', sa.Text(), nullable=False, comment='Who decided'),
    sa.Column('roles', sa.Text(), nullable=False, comment='The roles that they had then, as JSON'),
    sa.PrimaryKeyConstraint('kind', 'decision_id', 'revision'),
    comment='Append-only: a trigger forbids to change or delete a revision',
    sqlite_with_rowid=False
    )
    op.create_table('audit_events',
    sa.Column('seq', sa.Integer(), autoincrement=False, nullable=False, comment='Counts from 1, without a gap'),
    sa.Column('at', sa.Text(), nullable=False, comment='UTC, written as it is hashed: 2010-03-29T06:00:00.000000'),
    sa.Column('who', sa.Text(), nullable=False),
    sa.Column('action', sa.Text(), nullable=False, comment='What was done'),
    sa.Column('subject', sa.Text(), nullable=False, comment='To what: load 12, target T-01'),
    sa.Column('detail', sa.Text(), nullable=False, comment='The rest, as JSON'),
    sa.Column('previous_hash', sa.Text(), nullable=False, comment='The hash of the event before'),
    sa.Column('hash', sa.Text(), nullable=False, comment='SHA-256 over all other columns'),
    sa.PrimaryKeyConstraint('seq'),
    sa.UniqueConstraint('previous_hash'),
    comment='Append-only: a trigger forbids to change or delete an event'
    )
    op.execute("INSERT INTO facts (name, value) VALUES ('audit_head', '0 " + 64 * '0' + "')")
    if op.get_bind().dialect.name == 'postgresql':
        op.execute(POSTGRESQL_FUNCTION)
        for table in TABLES:
            op.execute(
                f'CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} '
                'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()'
            )
        return
    for table in TABLES:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for change in ('UPDATE', 'DELETE'):
            op.execute(f'CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} {refuse}')
        op.execute(
            f'CREATE TRIGGER {table}_no_replacement BEFORE INSERT ON {table} '
            f'WHEN EXISTS (SELECT 1 FROM {table} WHERE {TAKEN[table]}) {refuse}'
        )
