"""Rules of quality about episodes that overlap bear names that say so"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

RENAMED = {
    'referrals_open_beside_another': 'referrals_open_with_another',
    'assessments_open_beside_another': 'assessments_open_with_another',
    'plans_beside_another': 'plans_overlapping_another',
    'allocations_beside_another': 'allocations_overlapping_another',
}


def upgrade() -> None:
    for name in ('quality_standing', 'quality_counts'):
        table = sa.table(name, sa.column('rule'))
        for before, after in RENAMED.items():
            op.execute(sa.update(table).where(table.c.rule == before).values(rule=after))
