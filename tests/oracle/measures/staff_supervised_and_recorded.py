"""Staff supervised in a month, with every session of it recorded in 2 working days."""

from tests.oracle.clocks import working_days_from
from tests.oracle.cohort_row import CohortRow, State
from tests.oracle.measures.whole_months import months, spell_of
from tests.oracle.world import Coverage, Row, World, team_of

MEASURE = "staff_supervised_and_recorded"
DAYS = 2


def staff_supervised_and_recorded(world: World) -> list[CohortRow]:
    """Return a row per month and member of staff in post on its first and last day."""
    if not world.is_loaded("staff", "supervisions"):
        return []
    coverage = world.coverage("staff", "supervisions")
    spells = world.rows("staff")
    rows = []
    for first, last in months(coverage):
        for staff_id in sorted({spell["staff_id"] for spell in spells}):
            spell = spell_of(spells, staff_id, first, last)
            if spell is None:
                continue
            case, team = f"{staff_id}|{first}", team_of(spell)
            sessions = [
                row
                for row in world.rows("supervisions")
                if row["staff_id"] == staff_id and row["held_on"] is not None and first <= row["held_on"] <= last
            ]
            judged: bool | State = "not_yet_due" if last > coverage.ends else _judge(sessions, coverage)
            if isinstance(judged, bool):
                rows.append(CohortRow.counted(MEASURE, case, first, team, met=judged))
            else:
                rows.append(CohortRow.left_out(MEASURE, case, first, team, judged))
    return rows


def _judge(sessions: list[Row], coverage: Coverage) -> bool | State:
    judged = [_session(row, coverage) for row in sessions]
    if not judged or False in judged:
        return False
    if "not_computable" in judged:
        return "not_computable"
    return "not_yet_due" if "not_yet_due" in judged else True


def _session(row: Row, coverage: Coverage) -> bool | State:
    held, recorded = row["held_on"], row["recorded_on"]
    known = recorded is not None and recorded <= coverage.ends
    if not known:
        if working_days_from(held, coverage.ends) >= DAYS:
            return False
        return "not_computable" if recorded is not None and recorded < held else "not_yet_due"
    if row["kind"] == "casework" and row["on_childs_file"] is not True:
        return False
    if recorded < held:
        return "not_computable"
    return working_days_from(held, recorded) <= DAYS
