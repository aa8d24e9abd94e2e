"""When days begin in London; the calendar is filled again afterwards"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute('DELETE FROM calendar')
    with op.batch_alter_table('calendar', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('begins_at', sa.DateTime(), nullable=False, comment='First moment of it in London, UTC')
        )


def downgrade() -> None:
    with op.batch_alter_table('calendar', schema=None) as batch_op:
        batch_op.drop_column('begins_at')
