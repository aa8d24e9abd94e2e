"""The first schema"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('absences',
    sa.Column('absence_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('staff_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('from_date', sa.Date(), nullable=False),
    sa.Column('to_date', sa.Date(), nullable=True),
    sa.Column('part_day', sa.Boolean(), nullable=True),
    sa.Column('kind', sa.Text(), nullable=True),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('absence_id')
    )
    with op.batch_alter_table('absences', schema=None) as batch_op:
        batch_op.create_index('ix_absences_from_date', ['from_date'], unique=False)
        batch_op.create_index('ix_absences_staff_id', ['staff_id'], unique=False)

    op.create_table('allocations',
    sa.Column('allocation_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('child_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('staff_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('team_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('from_date', sa.Date(), nullable=False),
    sa.Column('to_date', sa.Date(), nullable=True),
    sa.Column('kind', sa.Text(), nullable=True),
    sa.Column('child_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('allocation_id')
    )
    with op.batch_alter_table('allocations', schema=None) as batch_op:
        batch_op.create_index('ix_allocations_child_key', ['child_key'], unique=False)
        batch_op.create_index('ix_allocations_from_date_team_id', ['from_date', 'team_id'], unique=False)
        batch_op.create_index('ix_allocations_staff_id', ['staff_id'], unique=False)

    op.create_table('assessments',
    sa.Column('assessment_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('child_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('referral_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('started_on', sa.Date(), nullable=False),
    sa.Column('completed_on', sa.Date(), nullable=True),
    sa.Column('terminated_on', sa.Date(), nullable=True),
    sa.Column('child_seen_on', sa.Date(), nullable=True),
    sa.Column('seen_by', sa.Text(), nullable=True),
    sa.Column('seen_alone', sa.Boolean(), nullable=True),
    sa.Column('new_information_on', sa.Date(), nullable=True),
    sa.Column('team_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('worker_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('child_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('assessment_id')
    )
    with op.batch_alter_table('assessments', schema=None) as batch_op:
        batch_op.create_index('ix_assessments_child_key', ['child_key'], unique=False)
        batch_op.create_index('ix_assessments_completed_on_team_id', ['completed_on', 'team_id'], unique=False)
        batch_op.create_index('ix_assessments_referral_id', ['referral_id'], unique=False)
        batch_op.create_index('ix_assessments_started_on_team_id', ['started_on', 'team_id'], unique=False)
        batch_op.create_index('ix_assessments_worker_id', ['worker_id'], unique=False)

    op.create_table('audits',
    sa.Column('audit_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('audited_on', sa.Date(), nullable=False),
    sa.Column('auditor_staff_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('team_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('child_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('assessment_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('child_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('audit_id', 'question')
    )
    with op.batch_alter_table('audits', schema=None) as batch_op:
        batch_op.create_index('ix_audits_assessment_id', ['assessment_id'], unique=False)
        batch_op.create_index('ix_audits_audited_on_team_id', ['audited_on', 'team_id'], unique=False)
        batch_op.create_index('ix_audits_auditor_staff_id', ['auditor_staff_id'], unique=False)
        batch_op.create_index('ix_audits_child_key', ['child_key'], unique=False)

    op.create_table('cafs',
    sa.Column('caf_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('child_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('started_on', sa.Date(), nullable=True),
    sa.Column('completed_on', sa.Date(), nullable=True),
    sa.Column('agency', sa.Text(), nullable=False),
    sa.Column('school_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('lead_professional', sa.Text(), nullable=True),
    sa.Column('referral_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('offered_on', sa.Date(), nullable=True),
    sa.Column('declined_on', sa.Date(), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('child_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('caf_id')
    )
    with op.batch_alter_table('cafs', schema=None) as batch_op:
        batch_op.create_index('ix_cafs_child_key', ['child_key'], unique=False)
        batch_op.create_index('ix_cafs_completed_on', ['completed_on'], unique=False)
        batch_op.create_index('ix_cafs_offered_on', ['offered_on'], unique=False)
        batch_op.create_index('ix_cafs_referral_id', ['referral_id'], unique=False)
        batch_op.create_index('ix_cafs_started_on', ['started_on'], unique=False)

    op.create_table('calendar',
    sa.Column('day', sa.Date(), nullable=False, comment='The date'),
    sa.Column('day_number', sa.Integer(), nullable=False, comment='Counts the days, so that dates can be subtracted'),
    sa.Column('week', sa.Date(), nullable=False, comment='Monday of its week'),
    sa.Column('week_end', sa.Date(), nullable=False, comment='Sunday of its week'),
    sa.Column('month_end', sa.Date(), nullable=False, comment='Last day of its month'),
    sa.Column('part', sa.Date(), nullable=False, comment="Later of its Monday and its month's first day"),
    sa.Column('month', sa.Date(), nullable=False, comment='First day of its month'),
    sa.Column('quarter', sa.Date(), nullable=False, comment='First day of its quarter'),
    sa.Column('year', sa.Date(), nullable=False, comment='1 April of its financial year'),
    sa.Column('working', sa.Boolean(), nullable=False, comment='Monday to Friday and no bank holiday of England'),
    sa.Column('working_day_number', sa.Integer(), nullable=False, comment='Working days up to and including it'),
    sa.Column('year_before', sa.Date(), nullable=False, comment='Same date a year before; 28 for 29 February'),
    sa.PrimaryKeyConstraint('day')
    )
    op.create_table('child_merges',
    sa.Column('child_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('merged_into', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('merged_on', sa.Date(), nullable=False),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('child_id')
    )
    op.create_table('codes',
    sa.Column('list', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('code', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('label', sa.Text(), nullable=False),
    sa.Column('below_threshold', sa.Boolean(), nullable=True),
    sa.Column('leads_to_assessment', sa.Boolean(), nullable=True),
    sa.Column('closes_case', sa.Boolean(), nullable=True),
    sa.Column('manager_grade', sa.Boolean(), nullable=True),
    sa.Column('current_system', sa.Boolean(), nullable=True),
    sa.Column('replaced_system', sa.Boolean(), nullable=True),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('list', 'code')
    )
    op.create_table('comparators',
    sa.Column('comparator_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('measure', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('area', sa.Text(), nullable=False),
    sa.Column('from_date', sa.Date(), nullable=False),
    sa.Column('to_date', sa.Date(), nullable=False),
    sa.Column('value', sa.Float(), nullable=False),
    sa.Column('numerator', sa.Integer(), nullable=True),
    sa.Column('denominator', sa.Integer(), nullable=True),
    sa.Column('average', sa.Text(), nullable=True),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('comparator_id')
    )
    op.create_table('conferences',
    sa.Column('conference_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('child_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('held_on', sa.Date(), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('child_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('conference_id')
    )
    with op.batch_alter_table('conferences', schema=None) as batch_op:
        batch_op.create_index('ix_conferences_child_key', ['child_key'], unique=False)
        batch_op.create_index('ix_conferences_due_on', ['due_on'], unique=False)
        batch_op.create_index('ix_conferences_held_on', ['held_on'], unique=False)

    op.create_table('contacts',
    sa.Column('contact_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('child_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('received_at', sa.DateTime(), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('received_timed', sa.Boolean(), nullable=False),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('decided_timed', sa.Boolean(), nullable=True),
    sa.Column('decision', sa.Text(), nullable=True),
    sa.Column('source', sa.Text(), nullable=True),
    sa.Column('team_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('referral_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('child_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('contact_id')
    )
    with op.batch_alter_table('contacts', schema=None) as batch_op:
        batch_op.create_index('ix_contacts_child_key', ['child_key'], unique=False)
        batch_op.create_index('ix_contacts_decided_on_team_id', ['decided_on', 'team_id'], unique=False)
        batch_op.create_index('ix_contacts_received_on_team_id', ['received_on', 'team_id'], unique=False)
        batch_op.create_index('ix_contacts_referral_id', ['referral_id'], unique=False)

    op.create_table('core_groups',
    sa.Column('meeting_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('plan_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=True),
    sa.Column('agencies_invited', sa.Integer(), nullable=True),
    sa.Column('agencies_attended', sa.Integer(), nullable=True),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('meeting_id')
    )
    with op.batch_alter_table('core_groups', schema=None) as batch_op:
        batch_op.create_index('ix_core_groups_due_on', ['due_on'], unique=False)
        batch_op.create_index('ix_core_groups_plan_id', ['plan_id'], unique=False)

    op.create_table('coverage',
    sa.Column('extract', sa.Text(), nullable=False, comment='Name of the extract'),
    sa.Column('as_at', sa.DateTime(), nullable=False, comment='When its data were taken, UTC; ticks move it'),
    sa.Column('begins', sa.Date(), nullable=False, comment='First day of the latest unbroken stretch covered'),
    sa.Column('ends', sa.Date(), nullable=False, comment='Last day covered'),
    sa.PrimaryKeyConstraint('extract')
    )
    op.create_table('events',
    sa.Column('event_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=False),
    sa.Column('label', sa.Text(), nullable=False),
    sa.Column('detail', sa.Text(), nullable=True),
    sa.Column('measure', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('event_id')
    )
    op.create_table('facts',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('name')
    )
    op.create_table('feedback',
    sa.Column('feedback_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('upheld', sa.Boolean(), nullable=True),
    sa.Column('team_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('feedback_id')
    )
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.create_index('ix_feedback_received_on_team_id', ['received_on', 'team_id'], unique=False)

    op.create_table('load_warnings',
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.Column('extract', sa.Text(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False, comment='Row of the file; the headings are row 1'),
    sa.Column('check', sa.Text(), nullable=False, comment='Name of the check'),
    sa.Column('file', sa.Text(), nullable=False),
    sa.Column('field', sa.Text(), nullable=False),
    sa.Column('value', sa.Text(), nullable=True),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('load_id', 'extract', 'row', 'check')
    )
    op.create_table('loaded_extracts',
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.Column('extract', sa.Text(), nullable=False),
    sa.Column('file', sa.Text(), nullable=False, comment='Name of the file, and of the sheet'),
    sa.Column('file_hash', sa.Text(), nullable=False, comment='SHA-256 of the file and of its manifest row'),
    sa.Column('extracted_at', sa.DateTime(), nullable=False, comment='UTC'),
    sa.Column('covers_from', sa.Date(), nullable=False),
    sa.Column('covers_to', sa.Date(), nullable=False),
    sa.Column('complete', sa.Boolean(), nullable=False),
    sa.Column('source_system', sa.Text(), nullable=True),
    sa.Column('rows_read', sa.Integer(), nullable=False),
    sa.Column('rows_new', sa.Integer(), nullable=False),
    sa.Column('rows_changed', sa.Integer(), nullable=False),
    sa.Column('rows_unchanged', sa.Integer(), nullable=False),
    sa.Column('rows_older', sa.Integer(), nullable=False, comment='Rows older than what stands: left alone'),
    sa.Column('rows_withdrawn', sa.Integer(), nullable=False),
    sa.Column('rows_refused', sa.Integer(), nullable=False),
    sa.Column('warnings', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('load_id', 'extract')
    )
    op.create_table('loads',
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.Column('loaded_at', sa.DateTime(), nullable=False, comment='UTC'),
    sa.Column('data_version', sa.Integer(), nullable=False, comment='The data version that it made'),
    sa.PrimaryKeyConstraint('load_id')
    )
    op.create_table('measure_period',
    sa.Column('measure', sa.Text(), nullable=False, comment='Id of the measure'),
    sa.Column('team_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False, comment='The team, none recorded, or every team'),
    sa.Column('part', sa.Date(), nullable=False, comment='A week, cut where a month ends: see calendar.part'),
    sa.Column('numerator', sa.BigInteger(), nullable=False),
    sa.Column('denominator', sa.BigInteger(), nullable=False),
    sa.Column('cases', sa.BigInteger(), nullable=False, comment='Rows of the cohort that were counted'),
    sa.Column('not_yet_due', sa.BigInteger(), nullable=False, comment='Rows still inside their clock'),
    sa.Column('not_computable', sa.BigInteger(), nullable=False, comment='Rows that lack what the rule needs'),
    sa.PrimaryKeyConstraint('measure', 'team_id', 'part')
    )
    with op.batch_alter_table('measure_period', schema=None) as batch_op:
        batch_op.create_index('ix_measure_period_measure_part', ['measure', 'part'], unique=False)

    op.create_table('notifications',
    sa.Column('notification_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('child_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('received_at', sa.DateTime(), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('received_timed', sa.Boolean(), nullable=False),
    sa.Column('screened_at', sa.DateTime(), nullable=True),
    sa.Column('screened_on', sa.Date(), nullable=True),
    sa.Column('screened_timed', sa.Boolean(), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('domestic_violence', sa.Boolean(), nullable=True),
    sa.Column('risk_assessed', sa.Boolean(), nullable=True),
    sa.Column('referral_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('child_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('notification_id')
    )
    with op.batch_alter_table('notifications', schema=None) as batch_op:
        batch_op.create_index('ix_notifications_child_key', ['child_key'], unique=False)
        batch_op.create_index('ix_notifications_received_on', ['received_on'], unique=False)
        batch_op.create_index('ix_notifications_referral_id', ['referral_id'], unique=False)

    op.create_table('oversight',
    sa.Column('oversight_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('child_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('staff_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('recorded_on', sa.Date(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=True),
    sa.Column('child_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('oversight_id')
    )
    with op.batch_alter_table('oversight', schema=None) as batch_op:
        batch_op.create_index('ix_oversight_child_key', ['child_key'], unique=False)
        batch_op.create_index('ix_oversight_recorded_on', ['recorded_on'], unique=False)
        batch_op.create_index('ix_oversight_staff_id', ['staff_id'], unique=False)

    op.create_table('pending_keys',
    sa.Column('measure', sa.Text(), nullable=False, comment='Id of the measure'),
    sa.Column('key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False, comment='Key of a cohort row that is not yet due'),
    sa.PrimaryKeyConstraint('measure', 'key')
    )
    op.create_table('plans',
    sa.Column('plan_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('child_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('from_date', sa.Date(), nullable=False),
    sa.Column('to_date', sa.Date(), nullable=True),
    sa.Column('visit_every_working_days', sa.Integer(), nullable=True),
    sa.Column('team_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('child_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('plan_id')
    )
    with op.batch_alter_table('plans', schema=None) as batch_op:
        batch_op.create_index('ix_plans_child_key', ['child_key'], unique=False)
        batch_op.create_index('ix_plans_from_date_team_id', ['from_date', 'team_id'], unique=False)

    op.create_table('posts',
    sa.Column('post_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('team_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('fte_hundredths', sa.Integer(), nullable=False),
    sa.Column('from_date', sa.Date(), nullable=False),
    sa.Column('to_date', sa.Date(), nullable=True),
    sa.Column('filled_by', sa.Text(), nullable=True),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('post_id', 'from_date')
    )
    with op.batch_alter_table('posts', schema=None) as batch_op:
        batch_op.create_index('ix_posts_from_date_team_id', ['from_date', 'team_id'], unique=False)

    op.create_table('rebases',
    sa.Column('rebase_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('measure', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('team_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('from_date', sa.Date(), nullable=False),
    sa.Column('label', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('approver', sa.Text(), nullable=False),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('rebase_id')
    )
    op.create_table('referrals',
    sa.Column('referral_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('child_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('contact_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('received_at', sa.DateTime(), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('received_timed', sa.Boolean(), nullable=False),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('decided_timed', sa.Boolean(), nullable=True),
    sa.Column('decision', sa.Text(), nullable=True),
    sa.Column('decided_by_role', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('acknowledged_at', sa.DateTime(), nullable=True),
    sa.Column('acknowledged_on', sa.Date(), nullable=True),
    sa.Column('acknowledged_timed', sa.Boolean(), nullable=True),
    sa.Column('referrer_told_at', sa.DateTime(), nullable=True),
    sa.Column('referrer_told_on', sa.Date(), nullable=True),
    sa.Column('referrer_told_timed', sa.Boolean(), nullable=True),
    sa.Column('reply_owed', sa.Boolean(), nullable=True),
    sa.Column('source', sa.Text(), nullable=True),
    sa.Column('team_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('worker_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('age_band', sa.Text(), nullable=True),
    sa.Column('sex', sa.Text(), nullable=True),
    sa.Column('ethnicity', sa.Text(), nullable=True),
    sa.Column('disability', sa.Text(), nullable=True),
    sa.Column('first_language', sa.Text(), nullable=True),
    sa.Column('household_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('child_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('referral_id')
    )
    with op.batch_alter_table('referrals', schema=None) as batch_op:
        batch_op.create_index('ix_referrals_child_key', ['child_key'], unique=False)
        batch_op.create_index('ix_referrals_contact_id', ['contact_id'], unique=False)
        batch_op.create_index('ix_referrals_decided_on_team_id', ['decided_on', 'team_id'], unique=False)
        batch_op.create_index('ix_referrals_received_on_team_id', ['received_on', 'team_id'], unique=False)
        batch_op.create_index('ix_referrals_worker_id', ['worker_id'], unique=False)

    op.create_table('rejected_rows',
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.Column('extract', sa.Text(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False, comment='Row of the file; the headings are row 1'),
    sa.Column('file', sa.Text(), nullable=False),
    sa.Column('field', sa.Text(), nullable=False),
    sa.Column('value', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False, comment='What is wrong, and what was expected'),
    sa.Column('key', sa.Text(), nullable=True, comment='Key of the row as far as it could be read'),
    sa.Column('older_stands', sa.Boolean(), nullable=False, comment='An older version of the row stands'),
    sa.Column('content', sa.Text(), nullable=False, comment='The row as JSON, known columns only'),
    sa.PrimaryKeyConstraint('load_id', 'extract', 'row')
    )
    op.create_table('schools',
    sa.Column('school_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('opened', sa.Date(), nullable=True),
    sa.Column('closed', sa.Date(), nullable=True),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('school_id')
    )
    op.create_table('section_47_enquiries',
    sa.Column('enquiry_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('child_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('referral_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('strategy_discussion_on', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('team_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('child_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('enquiry_id')
    )
    with op.batch_alter_table('section_47_enquiries', schema=None) as batch_op:
        batch_op.create_index('ix_section_47_enquiries_child_key', ['child_key'], unique=False)
        batch_op.create_index('ix_section_47_enquiries_referral_id', ['referral_id'], unique=False)
        batch_op.create_index('ix_section_47_enquiries_strategy_discussion_on_team_id', ['strategy_discussion_on', 'team_id'], unique=False)

    op.create_table('staff',
    sa.Column('staff_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('from_date', sa.Date(), nullable=False),
    sa.Column('to_date', sa.Date(), nullable=True),
    sa.Column('team_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('fte_hundredths', sa.Integer(), nullable=False),
    sa.Column('uses_case_system', sa.Boolean(), nullable=True),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('staff_id', 'from_date')
    )
    with op.batch_alter_table('staff', schema=None) as batch_op:
        batch_op.create_index('ix_staff_from_date_team_id', ['from_date', 'team_id'], unique=False)

    op.create_table('standards',
    sa.Column('standard_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('measure', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('from_date', sa.Date(), nullable=False),
    sa.Column('to_date', sa.Date(), nullable=True),
    sa.Column('working_days', sa.Integer(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('standard_id')
    )
    op.create_table('supervisions',
    sa.Column('supervision_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('staff_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=True),
    sa.Column('recorded_on', sa.Date(), nullable=True),
    sa.Column('on_childs_file', sa.Boolean(), nullable=True),
    sa.Column('child_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('child_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('supervision_id')
    )
    with op.batch_alter_table('supervisions', schema=None) as batch_op:
        batch_op.create_index('ix_supervisions_child_key', ['child_key'], unique=False)
        batch_op.create_index('ix_supervisions_due_on', ['due_on'], unique=False)
        batch_op.create_index('ix_supervisions_staff_id', ['staff_id'], unique=False)

    op.create_table('surveys',
    sa.Column('survey', sa.Text(), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('team_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('answered', sa.Integer(), nullable=False),
    sa.Column('agreed', sa.Integer(), nullable=False),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('survey', 'question', 'team_id')
    )
    with op.batch_alter_table('surveys', schema=None) as batch_op:
        batch_op.create_index('ix_surveys_asked_on_team_id', ['asked_on', 'team_id'], unique=False)

    op.create_table('system_incidents',
    sa.Column('incident_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('system', sa.Text(), nullable=False),
    sa.Column('started_at', sa.DateTime(), nullable=False),
    sa.Column('started_on', sa.Date(), nullable=False),
    sa.Column('started_timed', sa.Boolean(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('ended_timed', sa.Boolean(), nullable=True),
    sa.Column('kind', sa.Text(), nullable=True),
    sa.Column('records_lost', sa.Integer(), nullable=True),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('incident_id')
    )
    with op.batch_alter_table('system_incidents', schema=None) as batch_op:
        batch_op.create_index('ix_system_incidents_started_on', ['started_on'], unique=False)

    op.create_table('system_use',
    sa.Column('staff_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('week', sa.Date(), nullable=False),
    sa.Column('system', sa.Text(), nullable=False),
    sa.Column('recorded', sa.Integer(), nullable=False),
    sa.Column('looked_up', sa.Integer(), nullable=True),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('staff_id', 'week', 'system')
    )
    with op.batch_alter_table('system_use', schema=None) as batch_op:
        batch_op.create_index('ix_system_use_week', ['week'], unique=False)

    op.create_table('targets',
    sa.Column('target_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('measure', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('team_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('service', sa.Text(), nullable=True),
    sa.Column('dimension', sa.Text(), nullable=True),
    sa.Column('dimension_value', sa.Text(), nullable=True),
    sa.Column('from_date', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('comparison', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('value', sa.Float(), nullable=True),
    sa.Column('baseline_from', sa.Date(), nullable=True),
    sa.Column('baseline_to', sa.Date(), nullable=True),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('plan_item', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('target_id')
    )
    op.create_table('teams',
    sa.Column('team_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('service', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=True),
    sa.Column('opened', sa.Date(), nullable=True),
    sa.Column('closed', sa.Date(), nullable=True),
    sa.Column('successor_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('team_id')
    )
    op.create_table('visits',
    sa.Column('visit_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('child_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('plan_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('made_on', sa.Date(), nullable=True),
    sa.Column('recorded_on', sa.Date(), nullable=True),
    sa.Column('seen_alone', sa.Boolean(), nullable=True),
    sa.Column('staff_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('team_id', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('child_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('extracted_at', sa.DateTime(), nullable=False),
    sa.Column('load_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('visit_id')
    )
    with op.batch_alter_table('visits', schema=None) as batch_op:
        batch_op.create_index('ix_visits_child_key', ['child_key'], unique=False)
        batch_op.create_index('ix_visits_due_on_team_id', ['due_on', 'team_id'], unique=False)
        batch_op.create_index('ix_visits_made_on_team_id', ['made_on', 'team_id'], unique=False)
        batch_op.create_index('ix_visits_plan_id', ['plan_id'], unique=False)
        batch_op.create_index('ix_visits_staff_id', ['staff_id'], unique=False)

    op.create_table('withdrawn_rows',
    sa.Column('extract', sa.Text(), nullable=False),
    sa.Column('key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False, comment='Key of the row; its parts joined by |'),
    sa.Column('extracted_at', sa.DateTime(), nullable=False, comment='UTC, of the extract that lists it no more'),
    sa.Column('load_id', sa.Integer(), nullable=False, comment='The load that withdrew it'),
    sa.Column('content', sa.Text(), nullable=False, comment='The row as it stood, as JSON'),
    sa.PrimaryKeyConstraint('extract', 'key')
    )
