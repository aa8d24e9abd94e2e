"""Which case of a child is open on a day, by looking at every referral."""

import datetime as dt

from tests.oracle.cohort_row import CohortRow
from tests.oracle.values import precedes
from tests.oracle.world import Row, World, team_of


def opened_on(referral: Row) -> dt.date:
    """Return the day on which a case opened."""
    return (referral["decided_at"] or referral["received_at"]).on


def cases(world: World) -> list[Row]:
    """Return the referrals that make a case."""
    return [
        referral
        for referral in world.rows("referrals")
        if world.flagged("referral_decision", referral["decision"], "leads_to_assessment")
    ]


def can_be_told(world: World, referral: Row) -> bool:
    """Return whether the dates of a case can be true."""
    received, decided, closed = referral["received_at"], referral["decided_at"], referral["closed_on"]
    days = [received.on, *([] if decided is None else [decided.on]), *([] if closed is None else [closed])]
    if max(days) > world.taken_on("referrals"):
        return False
    return not (decided is not None and precedes(decided, received)) and (
        closed is None or closed >= opened_on(referral)
    )


def the_case(sound: list[Row], day: dt.date) -> Row | None:
    """Return which of one child's cases is the open one on a day."""
    open_then = [
        case for case in sound if opened_on(case) <= day and (case["closed_on"] is None or day < case["closed_on"])
    ]
    return min(open_then, key=lambda case: (opened_on(case), case["referral_id"]), default=None)


def sound_by_child(world: World) -> dict[str, list[Row]]:
    """Return the cases that can be told, by child."""
    found: dict[str, list[Row]] = {}
    for case in cases(world):
        if can_be_told(world, case):
            found.setdefault(world.child(case["child_id"]), []).append(case)
    return found


def not_told(world: World, measure: str) -> list[CohortRow]:
    """Return a row for each case whose dates can't be true, which stands from the day on which it opened."""
    return [
        CohortRow(
            measure, f"{case['referral_id']}|{opened_on(case)}", on, team_on(world, case, on), 0, 0, "not_computable"
        )
        for case in cases(world)
        if not can_be_told(world, case)
        for on in [opened_on(case)]
    ]


def team_on(world: World, case: Row, day: dt.date) -> str:
    """Return the team that has the case on a day: of the latest allocation of the child, else of the referral."""
    begun = [
        row
        for row in world.rows("allocations")
        if world.child(row["child_id"]) == world.child(case["child_id"])
        and row["from"] <= day
        and (row["to"] is None or row["to"] >= opened_on(case))
    ]
    return team_of(max(begun, key=lambda row: (row["from"], row["allocation_id"]), default=case))


def horizon(world: World, *tables: str) -> dt.date:
    """Return a day by which everything that these tables say has long happened."""
    latest = dt.date(2007, 1, 1)
    for table in (*tables, "referrals"):
        for row in world.rows(table):
            for cell in row.values():
                day = getattr(cell, "on", cell)
                if isinstance(day, dt.date):
                    latest = max(latest, day)
    return latest + dt.timedelta(days=60)
