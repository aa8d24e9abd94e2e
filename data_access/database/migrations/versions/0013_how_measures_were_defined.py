"""How measures were defined over time, in words"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'wordings',
        sa.Column('measure', sa.Text(), nullable=False, comment='Id of the measure'),
        sa.Column(
            'edition', sa.Integer(), nullable=False, comment='1 for the words with which it was first counted here'
        ),
        sa.Column(
            'since', sa.DateTime(), nullable=False, comment='UTC: when this database was first used with these words'
        ),
        sa.Column('title', sa.Text(), nullable=False),
        sa.Column('how', sa.Text(), nullable=False, comment='How it is calculated, in words'),
        sa.Column('misleads', sa.Text(), nullable=False, comment='What can mislead'),
        sa.PrimaryKeyConstraint('measure', 'edition'),
    )
