"""Audited cases in which a manager signed the decision off."""

from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.audit_answers import judged, questions
from tests.oracle.world import World

MEASURE = "management_decision_signed_off"


def management_decision_signed_off(world: World) -> list[CohortRow]:
    """Return a row per audit that asked."""
    if not world.is_loaded("audits"):
        return []
    return [
        judged(world, MEASURE, row, met=row["answer"] == "yes") for row in questions(world, "management_sign_off")
    ]
