"""Audited cases whose documents stand where the policy says."""

from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.audit_answers import judged, questions
from tests.oracle.world import World

MEASURE = "recording_policy_followed"


def recording_policy_followed(world: World) -> list[CohortRow]:
    """Return a row per audit that asked."""
    if not world.is_loaded("audits"):
        return []
    return [
        judged(world, MEASURE, row, met=row["answer"] == "yes")
        for row in questions(world, "recording_policy_followed")
    ]
