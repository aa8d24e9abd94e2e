"""Findings of inspectors and auditors"""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

REFERENCE = sa.Text().with_variant(sa.Text(collation='C'), 'postgresql')


def upgrade() -> None:
    op.create_table('findings',
    sa.Column('finding_id', REFERENCE, nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('reported_on', sa.Date(), nullable=False),
    sa.Column('part', sa.Text(), nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('finding', sa.Text(), nullable=False),
    sa.Column('measures', sa.Text(), nullable=True),
    sa.Column('out_of_scope', sa.Text(), nullable=True),
    sa.Column('still_not_good', sa.Text(), nullable=True),
    sa.Column('disagrees_with', REFERENCE, nullable=True),
    sa.Column('unreadable', sa.Text(), nullable=True),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('finding_id')
    )
