"""Cases held, and the full-time equivalent of the social workers who hold them, on every closing day."""

from tests.oracle.clocks import days_between, month_end
from tests.oracle.cohort_row import CohortRow
from tests.oracle.measures.spells import spell_holds
from tests.oracle.world import World, team_of

MEASURE = "cases_per_social_worker"


def cases_per_social_worker(world: World) -> list[CohortRow]:
    """Return a row per social worker with a case and last day of a week or month, in hundredths."""
    if not world.is_loaded("staff", "allocations"):
        return []
    coverage = world.coverage("staff", "allocations")
    rows = []
    for day in days_between(coverage.begins, coverage.ends):
        if day.weekday() != 6 and day != month_end(day):
            continue
        held: dict[str, int] = {}
        for allocation in world.rows("allocations"):
            if spell_holds(allocation, day) and allocation["kind"] != "joint_worker":
                held[allocation["staff_id"]] = held.get(allocation["staff_id"], 0) + 1
        for staff_id, cases in held.items():
            posts = [
                spell
                for spell in world.rows("staff")
                if spell["staff_id"] == staff_id and spell["role"] == "social_worker" and spell_holds(spell, day)
            ]
            if posts:
                latest = max(posts, key=lambda spell: spell["from"])
                fte = sum(spell["fte"] for spell in posts)
                case = f"{staff_id}|{day}"
                rows.append(CohortRow(MEASURE, case, day, team_of(latest), 100 * cases, fte, "counted"))
    return rows
