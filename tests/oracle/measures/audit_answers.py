"""Questions of audits that ask the same of every case."""

from tests.oracle.cohort_row import CohortRow
from tests.oracle.world import Row, World, team_of


def questions(world: World, question: str) -> list[Row]:
    """Return the rows of audits that ask this question, unless it does not apply and a reason is given."""
    asked = [row for row in world.rows("audits") if row["question"] == question]
    return [row for row in asked if row["answer"] != "not_applicable" or row["reason"] is None]


def judged(world: World, measure: str, row: Row, *, met: bool | None) -> CohortRow:
    """Return what a question counts as; None: it can't be told."""
    case, on, team = row["audit_id"], row["audited_on"], team_of(row)
    if met is None or on > world.taken_on("audits"):
        return CohortRow.left_out(measure, case, on, team, "not_computable")
    return CohortRow.counted(measure, case, on, team, met=met)
