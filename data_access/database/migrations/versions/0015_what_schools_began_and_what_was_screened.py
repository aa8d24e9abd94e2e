"""What a school began, by school and when; notifications by the day of their screening"""

from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_cafs_school_id_started_on', 'cafs', ['school_id', 'started_on'])
    op.create_index('ix_notifications_screened_on', 'notifications', ['screened_on'])
