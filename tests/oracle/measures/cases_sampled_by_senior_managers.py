"""Cases audited by members of the senior management team, of two a month each."""

from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.whole_months import months, spell_of
from tests.oracle.world import World, team_of

MEASURE = "cases_sampled_by_senior_managers"


def cases_sampled_by_senior_managers(world: World) -> list[CohortRow]:
    """Return a row per month and member in post on its first and last day."""
    if not world.is_loaded("staff", "audits"):
        return []
    coverage = world.coverage("staff", "audits")
    members = [spell for spell in world.rows("staff") if spell["role"] == "smt"]
    rows = []
    for first, last in months(coverage):
        for staff_id in sorted({spell["staff_id"] for spell in members}):
            spell = spell_of(members, staff_id, first, last)
            if spell is None:
                continue
            case, team = f"{staff_id}|{first}", team_of(spell)
            if last > coverage.ends:
                rows.append(CohortRow.left_out(MEASURE, case, first, team, "not_yet_due"))
                continue
            audited = {
                row["audit_id"]
                for row in world.rows("audits")
                if row["auditor_staff_id"] == staff_id and first <= row["audited_on"] <= last
            }
            rows.append(CohortRow(MEASURE, case, first, team, min(2, len(audited)), 2, "counted"))
    return rows
