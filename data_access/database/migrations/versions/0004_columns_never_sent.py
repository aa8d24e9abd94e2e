"""Columns that an extract came without, and for which dates"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('never_sent',
    sa.Column('extract', sa.Text(), nullable=False),
    sa.Column('column_name', sa.Text(), nullable=False, comment='A column that the extract came without'),
    sa.Column('begins', sa.Date(), nullable=False, comment='First of the days for which it did'),
    sa.Column('ends', sa.Date(), nullable=False, comment='Last of them'),
    sa.PrimaryKeyConstraint('extract', 'column_name', 'begins')
    )
