"""What whoever loaded an extract confirmed is kept with it"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

_CONFIRMED = 'What whoever loaded it confirmed: refused rows, withdrawals'


def upgrade() -> None:
    op.add_column('loaded_extracts', sa.Column('confirmed', sa.Text(), nullable=True, comment=_CONFIRMED))
