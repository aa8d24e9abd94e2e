"""Audited assessments that were graded good or excellent."""

from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.audit_answers import judged, questions
from tests.oracle.world import World

MEASURE = "assessments_graded_good_or_better"
_COUNTS_AS = {"excellent": True, "good": True, "adequate": False, "poor": False, "not_applicable": False}


def assessments_graded_good_or_better(world: World) -> list[CohortRow]:
    """Return a row per audit that graded an assessment."""
    if not world.is_loaded("audits"):
        return []
    return [
        judged(world, MEASURE, row, met=_COUNTS_AS.get(row["answer"])) for row in questions(world, "assessment_grade")
    ]
