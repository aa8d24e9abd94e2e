"""Assessments by the day on which they were terminated"""

from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_assessments_terminated_on_team_id', 'assessments', ['terminated_on', 'team_id'])
