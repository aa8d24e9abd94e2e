"""Formats, the record and restatements"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('archived_rows',
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.Column('extract', sa.Text(), nullable=False),
    sa.Column('part', sa.Integer(), nullable=False, comment='The rows of a large extract come in several parts'),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False, comment='Good rows, known columns only, as Parquet'),
    sa.PrimaryKeyConstraint('load_id', 'extract', 'part')
    )
    op.create_table('quality_counts',
    sa.Column('load_id', sa.Integer(), nullable=False, comment='The load after which it was counted'),
    sa.Column('rule', sa.Text(), nullable=False, comment='Name of the rule'),
    sa.Column('team_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False, comment='The team, none recorded, or every team'),
    sa.Column('rows', sa.Integer(), nullable=False, comment='Rows that the rule looks at'),
    sa.Column('broken', sa.Integer(), nullable=False, comment='Rows that break it'),
    sa.PrimaryKeyConstraint('load_id', 'rule', 'team_id')
    )
    op.create_table('refused_files',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('refused_at', sa.DateTime(), nullable=False, comment='UTC'),
    sa.Column('refused_for', sa.Text(), nullable=False, comment='Who wanted to load'),
    sa.Column('files', sa.Text(), nullable=False, comment='Names of the files that came together'),
    sa.Column('reason', sa.Text(), nullable=False, comment='What is wrong, and what was expected'),
    sa.PrimaryKeyConstraint('number')
    )
    op.create_table('restatements',
    sa.Column('load_id', sa.Integer(), nullable=False, comment='The load that changed the figure'),
    sa.Column('measure', sa.Text(), nullable=False, comment='Id of the measure'),
    sa.Column('team_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False, comment='The team, none recorded, or every team'),
    sa.Column('part', sa.Date(), nullable=False, comment='A week, cut where a month ends: see calendar.part'),
    sa.Column('numerator_before', sa.BigInteger(), nullable=False),
    sa.Column('denominator_before', sa.BigInteger(), nullable=False),
    sa.Column('numerator_after', sa.BigInteger(), nullable=False),
    sa.Column('denominator_after', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('load_id', 'measure', 'team_id', 'part')
    )
    op.create_table('spellings',
    sa.Column('list', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('spelling', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('list', 'spelling')
    )
    # the key grows by the format, so the table is made anew; what stands came as native extracts
    op.rename_table('coverage', 'coverage_before')
    op.create_table('coverage',
    sa.Column('extract', sa.Text(), nullable=False, comment='Name of the extract'),
    sa.Column('format', sa.Text(), nullable=False, comment='The format that it came in: native, Annex A, CIN census'),
    sa.Column('as_at', sa.DateTime(), nullable=False, comment='When its data were taken, UTC; ticks move it'),
    sa.Column('begins', sa.Date(), nullable=False, comment='First day of the latest unbroken stretch covered'),
    sa.Column('ends', sa.Date(), nullable=False, comment='Last day covered'),
    sa.PrimaryKeyConstraint('extract', 'format', name='coverage_by_format_pkey')
    )
    op.execute(
        "INSERT INTO coverage (extract, format, as_at, begins, ends) "
        "SELECT extract, 'native', as_at, begins, ends FROM coverage_before"
    )
    op.drop_table('coverage_before')

    with op.batch_alter_table('loaded_extracts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('raw_hash', sa.Text(), server_default='', nullable=False, comment='SHA-256 of the file as it came'))
        batch_op.add_column(sa.Column('format', sa.Text(), server_default='native', nullable=False, comment='native, Annex A or CIN census'))
    with op.batch_alter_table('loaded_extracts', schema=None) as batch_op:
        batch_op.alter_column('raw_hash', server_default=None)
        batch_op.alter_column('format', server_default=None)

    with op.batch_alter_table('loads', schema=None) as batch_op:
        batch_op.add_column(sa.Column('loaded_by', sa.Text(), server_default='not recorded', nullable=False, comment="Who loaded: an account of the machine, or a reader's"))
    with op.batch_alter_table('loads', schema=None) as batch_op:
        batch_op.alter_column('loaded_by', server_default=None)
