"""Audited core assessments in which other agencies' input is evident."""

from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.audit_answers import judged, questions
from tests.oracle.world import World

MEASURE = "multi_agency_in_core_assessments"


def multi_agency_in_core_assessments(world: World) -> list[CohortRow]:
    """Return a row per audit that asked, unless it names an assessment that is known and no core assessment."""
    if not world.is_loaded("audits"):
        return []
    others = {row["assessment_id"] for row in world.rows("assessments") if row["kind"] != "core"}
    return [
        judged(world, MEASURE, row, met=row["answer"] == "yes")
        for row in questions(world, "multi_agency_input")
        if row["assessment_id"] not in others
    ]
