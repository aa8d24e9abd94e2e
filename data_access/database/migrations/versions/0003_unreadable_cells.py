"""Cells that nobody can read are told from blank ones"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

CASE_TABLES = (
    'absences', 'allocations', 'assessments', 'audits', 'cafs', 'child_merges', 'codes', 'comparators', 'conferences',
    'contacts', 'core_groups', 'events', 'feedback', 'notifications', 'oversight', 'plans', 'posts', 'rebases',
    'referrals', 'schools', 'section_47_enquiries', 'spellings', 'staff', 'standards', 'supervisions', 'surveys',
    'system_incidents', 'system_use', 'targets', 'teams', 'visits',
)


def upgrade() -> None:
    for name in CASE_TABLES:
        op.add_column(name, sa.Column('unreadable', sa.Text(), nullable=True))
