"""A register of what has been published"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

REFERENCE = sa.Text().with_variant(sa.Text(collation='C'), 'postgresql')


def upgrade() -> None:
    op.create_table('publications',
    sa.Column('publication', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=False, comment='UTC'),
    sa.Column('published_by', sa.Text(), nullable=False, comment='Who exported: an account of the machine'),
    sa.Column('data_version', sa.Integer(), nullable=False, comment='The data version of its figures'),
    sa.PrimaryKeyConstraint('publication')
    )
    op.create_table('published_figures',
    sa.Column('publication', sa.Integer(), nullable=False, comment='The public export that showed it first'),
    sa.Column('measure', sa.Text(), nullable=False, comment='Id of the measure'),
    sa.Column('period', sa.Text(), nullable=False, comment='week, month, quarter, year, ytd or 12m'),
    sa.Column('start', sa.Date(), nullable=False, comment='First day of the period'),
    sa.Column('team_id', REFERENCE, nullable=False, comment='The team, none recorded, or every team'),
    sa.Column('first', sa.Date(), nullable=False, comment='First day that it counts'),
    sa.Column('end', sa.Date(), nullable=False, comment='Last day that it counts'),
    sa.Column('numerator', sa.Float(), nullable=True, comment="As shown, in the measure's unit; null where hidden"),
    sa.Column('denominator', sa.Float(), nullable=True, comment='As shown; null where hidden, and for counts'),
    sa.Column('not_computable', sa.Float(), nullable=True, comment='As shown; null where hidden'),
    sa.Column('hidden', sa.Boolean(), nullable=False, comment='Whether numerator or denominator was hidden'),
    sa.PrimaryKeyConstraint('publication', 'measure', 'period', 'start', 'team_id')
    )
    op.create_table('published_blocks',
    sa.Column('publication', sa.Integer(), nullable=False, comment='The public export that added the block'),
    sa.Column('measure', sa.Text(), nullable=False, comment='Id of the measure'),
    sa.Column('block', sa.Integer(), nullable=False, comment="Counts the measure's blocks in the publication"),
    sa.Column('team_id', REFERENCE, nullable=False, comment='The team, none recorded, or every team'),
    sa.Column('days', sa.Text(), nullable=False, comment='Its days: first/last, several stretches apart by spaces'),
    sa.Column('numerator', sa.BigInteger(), nullable=False, comment='In whole units, as counted then'),
    sa.Column('remainder', sa.BigInteger(), nullable=False, comment="Denominator less numerator; a rate's denominator"),
    sa.Column('not_computable', sa.BigInteger(), nullable=False),
    sa.Column('shown', sa.Text(), nullable=False, comment='Numbers that may be shown, apart by spaces'),
    sa.PrimaryKeyConstraint('publication', 'measure', 'block', 'team_id')
    )
