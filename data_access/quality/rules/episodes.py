"""Episodes that overlap: a referral while a case is open, two plans at once, a case closed too soon.

Each child's rows are walked once in their order, never row against row, so that no child has too many.
"""

from typing import Any, Final

import sqlalchemy as sa

from data_access.database.schema.case_tables import CASE_TABLES
from data_access.measures.sql import AS_AT_ON, word
from data_access.quality.rule import Rule, measures_counting, measures_reading
from data_access.quality.rules.open_cases import FOR_GOOD, open_until
from data_access.quality.rules.placeholders import children_with_several

_REFERRALS, _ASSESSMENTS, _PLANS, _ALLOCATIONS = (
    CASE_TABLES[name] for name in ("referrals", "assessments", "plans", "allocations")
)


def _handed_on(referral: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return whether the referral was passed to the open case, which is what should become of it."""
    return sa.func.coalesce(referral.c.decision, word("")) == word("passed_to_open_case")


def _received_while_open() -> sa.Select[Any]:
    row = _REFERRALS.alias("episode")
    before = sa.func.max(open_until(row)).over(
        partition_by=row.c.child_key, order_by=(row.c.received_at, row.c.referral_id), rows=(None, -1)
    )
    walked = (
        sa.select(
            row.c.referral_id, row.c.received_on, _handed_on(row).label("handed_on"), before.label("another_until")
        )
        .where(row.c.child_key.in_(children_with_several(_REFERRALS)))
        .subquery("walked")
    )
    return sa.select(walked.c.referral_id).where(
        walked.c.another_until > walked.c.received_on, ~walked.c.handed_on.is_(sa.true())
    )


def _open_with_another() -> sa.Select[Any]:
    row = _REFERRALS.alias("episode")
    place = sa.func.row_number().over(partition_by=row.c.child_key, order_by=(row.c.received_at, row.c.referral_id))
    still_open = (
        sa.select(row.c.referral_id, place.label("place"))
        .where(
            row.c.child_key.in_(children_with_several(_REFERRALS)),
            open_until(row) > AS_AT_ON,
            ~_handed_on(row),
        )
        .subquery("still_open")
    )
    return sa.select(still_open.c.referral_id).where(still_open.c.place > 1)


def _assessments_at_once() -> sa.Select[Any]:
    row = _ASSESSMENTS.alias("episode")
    place = sa.func.row_number().over(
        partition_by=(row.c.child_key, row.c.kind), order_by=(row.c.started_on, row.c.assessment_id)
    )
    still_open = (
        sa.select(row.c.assessment_id, place.label("place"))
        .where(
            row.c.child_key.in_(children_with_several(_ASSESSMENTS)),
            row.c.completed_on.is_(None),
            row.c.terminated_on.is_(None),
        )
        .subquery("still_open")
    )
    return sa.select(still_open.c.assessment_id).where(still_open.c.place > 1)


def _spells_at_once(spells: sa.Table, key: str, *, only: sa.ColumnElement[str] | None = None) -> sa.Select[Any]:
    """Return the spells of a kind that begin before an earlier one of the same child and kind is over."""
    row = spells.alias("episode")
    before = sa.func.max(sa.func.coalesce(row.c.to_date, FOR_GOOD)).over(
        partition_by=(row.c.child_key, row.c.kind), order_by=(row.c.from_date, row.c[key]), rows=(None, -1)
    )
    walked = (
        sa.select(row.c[key], row.c.from_date, row.c.kind, before.label("another_until"))
        .where(row.c.child_key.in_(children_with_several(spells)))
        .subquery("walked")
    )
    at_once = sa.select(walked.c[key]).where(walked.c.another_until > walked.c.from_date)
    return at_once if only is None else at_once.where(walked.c.kind == only)


_open = sa.and_(_ASSESSMENTS.c.completed_on.is_(None), _ASSESSMENTS.c.terminated_on.is_(None))
_its_referral = _REFERRALS.alias("referral")

RULES: Final = (
    Rule(
        name="referrals_while_a_case_is_open",
        title="Referrals received while a case of the child was open",
        extract="referrals",
        field="received_at",
        message=(
            "An earlier case of the child was open. Close that one, if it was over; if not, this is new information: "
            "decide it as passed to the open case."
        ),
        threatens=measures_counting("referrals"),
        broken=_REFERRALS.c.referral_id.in_(_received_while_open()),
        compared_by="child_key",
    ),
    Rule(
        name="referrals_open_with_another",
        title="Referrals open while another of the child is open",
        extract="referrals",
        field="closed_on",
        message="The child has two open cases. Close the one that is over, or join the two.",
        threatens=measures_reading("referrals", "closed_on"),
        broken=_REFERRALS.c.referral_id.in_(_open_with_another()),
        changed_by_time=sa.and_(open_until(_REFERRALS) > AS_AT_ON, open_until(_REFERRALS) < FOR_GOOD),
        compared_by="child_key",
    ),
    Rule(
        name="assessments_open_with_another",
        title="Assessments open while another of the same kind is open",
        extract="assessments",
        field="completed_on",
        message="The child has two open assessments of this kind. Complete or terminate the one that is over.",
        threatens=measures_reading("assessments", "completed_on", "terminated_on"),
        broken=_ASSESSMENTS.c.assessment_id.in_(_assessments_at_once()),
        compared_by="child_key",
    ),
    Rule(
        name="assessments_open_on_a_closed_case",
        title="Assessments left open on a closed case",
        extract="assessments",
        field="completed_on",
        message="The case was closed and this assessment is still open. Complete or terminate it.",
        threatens=measures_reading("assessments", "completed_on", "terminated_on"),
        looks_at=sa.and_(_open, _ASSESSMENTS.c.referral_id.is_not(None)),
        broken=sa.exists()
        .where(_its_referral.c.referral_id == _ASSESSMENTS.c.referral_id, _its_referral.c.closed_on <= AS_AT_ON)
        .correlate(_ASSESSMENTS),
        changed_by_time=sa.exists()
        .where(_its_referral.c.referral_id == _ASSESSMENTS.c.referral_id, _its_referral.c.closed_on > AS_AT_ON)
        .correlate(_ASSESSMENTS),
    ),
    Rule(
        name="assessments_completed_and_terminated",
        title="Assessments both completed and terminated",
        extract="assessments",
        field="terminated_on",
        message="It was completed and terminated, and counts as terminated. Delete whichever of the two isn't true.",
        threatens=measures_reading("assessments", "terminated_on"),
        looks_at=_ASSESSMENTS.c.completed_on.is_not(None),
        broken=_ASSESSMENTS.c.terminated_on.is_not(None),
    ),
    Rule(
        name="plans_overlapping_another",
        title="Plans begun while another of the same kind lasted",
        extract="plans",
        field="from",
        message="The child had a plan of this kind already. End that one, or join the two.",
        threatens=measures_reading("plans", "from", "to"),
        broken=_PLANS.c.plan_id.in_(_spells_at_once(_PLANS, "plan_id")),
        compared_by="child_key",
    ),
    Rule(
        name="allocations_overlapping_another",
        title="Case holders named while another held the case",
        extract="allocations",
        field="from",
        message="Two people hold the case. End the earlier allocation, or make one of them a joint worker.",
        threatens=measures_reading("allocations", "from", "to"),
        broken=_ALLOCATIONS.c.allocation_id.in_(
            _spells_at_once(_ALLOCATIONS, "allocation_id", only=word("case_holder"))
        ),
        compared_by="child_key",
    ),
)
