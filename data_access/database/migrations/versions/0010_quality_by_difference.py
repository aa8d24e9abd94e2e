"""Counts of the rules of quality kept by difference, and their history as what each load changed"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

REFERENCE = sa.Text().with_variant(sa.Text(collation='C'), 'postgresql')
COUNTS = sa.table('quality_counts', *(sa.column(name) for name in ('load_id', 'rule', 'team_id', 'rows', 'broken')))

STANDING = sa.table('quality_standing', *(sa.column(name) for name in ('rule', 'team_id', 'rows', 'broken', 'given')))


def upgrade() -> None:
    op.create_table('quality_standing',
    sa.Column('rule', sa.Text(), nullable=False, comment='Name of the rule'),
    sa.Column('team_id', REFERENCE, nullable=False, comment='The team, none recorded, or every team'),
    sa.Column('rows', sa.Integer(), nullable=False, comment='Rows that the rule looks at, were what it asks for given'),
    sa.Column('broken', sa.Integer(), nullable=False, comment='Rows of these that break it'),
    sa.Column('given', sa.Integer(), nullable=False, comment='Rows that give what the rule asks for'),
    sa.PrimaryKeyConstraint('rule', 'team_id')
    )
    op.create_table('quality_pending',
    sa.Column('extract', sa.Text(), nullable=False, comment='Name of the extract'),
    sa.Column('key', REFERENCE, nullable=False, comment='First part of the key of a row that time can put right'),
    sa.PrimaryKeyConstraint('extract', 'key')
    )
    op.create_table('child_references',
    sa.Column('child_key', REFERENCE, nullable=False, comment='A child of some row, as it stands or once stood'),
    sa.Column('plain', REFERENCE, nullable=False, comment='The reference without capitals, spaces and leading zeros'),
    sa.PrimaryKeyConstraint('child_key')
    )
    op.create_index('ix_child_references_plain', 'child_references', ['plain'], unique=False)
    op.create_index('ix_quality_counts_team_id_rule_load_id', 'quality_counts', ['team_id', 'rule', 'load_id'], unique=False)
    _keep_changes_only()


def _keep_changes_only() -> None:
    """Make what each load changed of counts that were whole at each load, and let the last be what stands."""
    connection = op.get_bind()
    loads = connection.execute(sa.select(COUNTS.c.load_id).distinct().order_by(COUNTS.c.load_id)).scalars().all()
    stands: dict[tuple[str, str], tuple[int, int]] = {}
    for load_id in loads:
        mine = COUNTS.c.load_id == load_id
        counted = {
            (row.rule, row.team_id): (row.rows, row.broken)
            for row in connection.execute(sa.select(COUNTS).where(mine))
        }
        changed = {cell: numbers for cell, numbers in counted.items() if stands.get(cell) != numbers}
        changed |= {cell: (0, 0) for cell, numbers in stands.items() if cell not in counted and numbers != (0, 0)}
        connection.execute(sa.delete(COUNTS).where(mine))
        if changed:
            connection.execute(
                sa.insert(COUNTS),
                [
                    {'load_id': load_id, 'rule': rule, 'team_id': team, 'rows': rows, 'broken': broken}
                    for (rule, team), (rows, broken) in changed.items()
                ],
            )
        stands |= changed
    if stands:
        connection.execute(
            sa.insert(STANDING),
            [
                {'rule': rule, 'team_id': team, 'rows': rows, 'broken': broken, 'given': rows}
                for (rule, team), (rows, broken) in stands.items()
                if rows
            ],
        )
