"""What someone holds for a time, by who and when"""

from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ('absences', 'allocations'):
        op.drop_index(f'ix_{table}_staff_id', table_name=table)
        op.create_index(f'ix_{table}_staff_id_from_date_to_date', table, ['staff_id', 'from_date', 'to_date'])
