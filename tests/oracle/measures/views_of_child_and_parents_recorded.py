"""Audited cases in which the child's and the parents' views are both recorded."""

from tests.oracle.cohort_row import CohortRow
from tests.oracle.world import Row, World, team_of

MEASURE = "views_of_child_and_parents_recorded"
CHILD, PARENTS = "child_views_recorded", "parents_views_recorded"


def views_of_child_and_parents_recorded(world: World) -> list[CohortRow]:
    """Return a row per audit that asked about views, unless neither question applied."""
    if not world.is_loaded("audits"):
        return []
    audits: dict[str, dict[str, Row]] = {}
    for row in world.rows("audits"):
        if row["question"] in (CHILD, PARENTS):
            audits.setdefault(row["audit_id"], {})[row["question"]] = row
    rows = []
    for audit_id, asked in audits.items():
        first = asked[CHILD] if CHILD in asked else asked[PARENTS]
        on, team = first["audited_on"], team_of(first)
        applying = [row for row in asked.values() if not _left_out(row)]
        is_ahead = any(row["audited_on"] > world.taken_on("audits") for row in asked.values())
        if len(asked) == 1 or (applying and is_ahead):
            rows.append(CohortRow.left_out(MEASURE, audit_id, on, team, "not_computable"))
        elif applying:
            met = all(row["answer"] == "yes" for row in applying)
            rows.append(CohortRow.counted(MEASURE, audit_id, on, team, met=met))
    return rows


def _left_out(row: Row) -> bool:
    return row["answer"] == "not_applicable" and row["reason"] is not None
