"""What audits asked for: the day by which it is due, and the day on which it was done

For the dates of audits loaded before, nothing was ever sent of it.
"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

NEW = ('action_due_on', 'action_closed_on')


def upgrade() -> None:
    for name in NEW:
        op.add_column('audits', sa.Column(name, sa.Date(), nullable=True))
        op.execute(
            'INSERT INTO never_sent (extract, column_name, begins, ends) '
            f"SELECT extract, '{name}', MIN(covers_from), MAX(covers_to) FROM loaded_extracts "
            "WHERE extract = 'audits' GROUP BY extract"
        )
