"""Sets of statistical neighbours, each from a day on"""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

REFERENCE = sa.Text().with_variant(sa.Text(collation='C'), 'postgresql')


def upgrade() -> None:
    op.create_table('neighbour_sets',
    sa.Column('neighbour_set', REFERENCE, nullable=False),
    sa.Column('council', REFERENCE, nullable=False),
    sa.Column('from_date', sa.Date(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('unreadable', sa.Text(), nullable=True),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('neighbour_set', 'council')
    )
