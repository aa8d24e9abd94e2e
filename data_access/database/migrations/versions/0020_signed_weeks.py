"""Weeks signed off, append-only"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

# INSERT OR REPLACE deletes rows in SQLite without a trigger on deletion; so an insertion over a row is refused, too
TAKEN = {
    'signed_weeks': 'week = NEW.week AND revision = NEW.revision',
    'signed_measures': 'week = NEW.week AND revision = NEW.revision AND measure = NEW.measure',
}


def upgrade() -> None:
    op.create_table('signed_weeks',
    sa.Column('week', sa.Date(), nullable=False, comment='Its Monday'),
    sa.Column('revision', sa.Integer(), autoincrement=False, nullable=False, comment='Counts from 1'),
    sa.Column('closing', sa.Text(), nullable=False, comment='Attendance, items not reached, effects tested, as JSON'),
    sa.Column('reason', sa.Text(), nullable=False, comment='Why it was signed off again; empty the first time'),
    sa.Column('signed_at', sa.DateTime(), nullable=False, comment='UTC'),
    sa.Column('signed_by', sa.Text(), nullable=False, comment='Who signed it off'),
    sa.Column('roles', sa.Text(), nullable=False, comment='The roles that they had then, as JSON'),
    sa.Column('hash', sa.Text(), nullable=False, comment='SHA-256 over all of it, its measures and cases included'),
    sa.PrimaryKeyConstraint('week', 'revision'),
    comment='Append-only: a trigger forbids to change or delete a revision'
    )
    op.create_table('signed_measures',
    sa.Column('week', sa.Date(), nullable=False, comment='Monday of the week'),
    sa.Column('revision', sa.Integer(), autoincrement=False, nullable=False, comment='That of the week signed off'),
    sa.Column('measure', sa.Text(), nullable=False, comment='Id of the measure'),
    sa.Column('reported', sa.Text(), nullable=False, comment='Figure, sentence, limits and target, as JSON'),
    sa.Column('cases', sa.LargeBinary(), nullable=False, comment='Case ids by team and outcome, as compressed JSON'),
    sa.PrimaryKeyConstraint('week', 'revision', 'measure'),
    comment='Append-only: a trigger forbids to change or delete a row'
    )
    if op.get_bind().dialect.name == 'postgresql':
        for table in TAKEN:
            op.execute(
                f'CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} '
                'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()'
            )
        return
    for table, taken in TAKEN.items():
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for change in ('UPDATE', 'DELETE'):
            op.execute(f'CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} {refuse}')
        op.execute(
            f'CREATE TRIGGER {table}_no_replacement BEFORE INSERT ON {table} '
            f'WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken}) {refuse}'
        )
