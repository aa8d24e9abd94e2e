"""Rows that may count wrongly, or could not be read, are kept as they stand, so that figures can say so"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

REFERENCE = sa.Text().with_variant(sa.Text(collation='C'), 'postgresql')


def upgrade() -> None:
    op.create_table('doubtful_rows',
        sa.Column('load_id', sa.Integer(), nullable=False, comment='The load that last listed the row'),
        sa.Column('extract', sa.Text(), nullable=False),
        sa.Column('row', sa.Integer(), nullable=False, comment='Row of the file; the headings are row 1'),
        sa.Column('check', sa.Text(), nullable=False, comment='Name of the check; refused where the row was refused'),
        sa.Column('field', sa.Text(), nullable=False, comment='Column of the extract at fault'),
        sa.Column('message', sa.Text(), nullable=False, comment='What is wrong, and what was expected'),
        sa.Column('key', REFERENCE, nullable=False, comment='Key of the row in doubt; one of ours where none is known'),
        sa.Column('listed_as', REFERENCE, nullable=True, comment="Key under which later extracts list it; null where it can't be read"),
        sa.Column('extracted_at', sa.DateTime(), nullable=False, comment='UTC'),
        sa.Column('dated', sa.Date(), nullable=True, comment="Local date that places the row; null where it has none or it can't be read"),
        sa.Column('team_id', REFERENCE, nullable=False, comment='The team, none recorded'),
        sa.Column('refused', sa.Boolean(), nullable=False, comment='The row was refused'),
        sa.PrimaryKeyConstraint('load_id', 'extract', 'row', 'check', 'field'),
    )
    op.create_index('ix_doubtful_rows_extract_listed_as', 'doubtful_rows', ['extract', 'listed_as'])
