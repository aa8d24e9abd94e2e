"""What a complete extract would withdraw, judged as a whole: much of what stands is more often a cut-off file."""

import hashlib
from typing import Final

import sqlalchemy as sa

from data_access.extracts import NO_TEAM
from data_access.loading.merge.confirming import Confirmation, Doubtful
from data_access.loading.merge.deciding import listed_by
from data_access.loading.merge.fates import WITHDRAWN, Merge
from data_access.settings import WITHDRAWN_PERCENT, LoadSettings

_FLOOR: Final = 3
"""So many rows must go before their share counts: in a small table one correction is a large share already."""

_HALF: Final = 0.5
_FEWER: Final = 2
"""So many suffice where they are half of what stands."""

_OPEN_UNTIL: Final = {
    "referrals": ("closed_on",),
    "assessments": ("completed_on", "terminated_on"),
    "section_47_enquiries": ("ended_on",),
    "plans": ("to_date",),
    "allocations": ("to_date",),
}
"""The extracts of cases that teams have open, with the days that end one: it is open while all of them are blank."""

_TEAMS_NAMED: Final = 5


def confirmation_of(
    connection: sa.Connection, merge: Merge, shown: str, settings: LoadSettings
) -> Confirmation | None:
    """Return what has to be confirmed before an extract withdraws what it would; None where nothing has.

    It asks where the extract lists no good row at all, where more than a share of the rows that stand in its dates
    would go, and where a team with open cases would lose all its rows there. `shown` names the file in messages.
    """
    counts = merge.rows
    gone = counts[WITHDRAWN]
    if not gone:
        return None
    terms, name = merge.terms, merge.extract.name
    stands = connection.execute(
        sa.select(sa.func.count()).select_from(merge.table).where(listed_by(merge))
    ).scalar_one()
    reasons = []
    if gone == counts.total():
        reasons.append("it lists no row, and an empty list is far more often one that was not filled in")
    elif gone / stands > settings.withdrawn and (gone >= _FLOOR or (gone >= _FEWER and gone / stands >= _HALF)):
        reasons.append(
            f"that is {'all' if gone == stands else f'{gone / stands:.0%}'} of them, and a file that was cut off or "
            f"narrowed down is far more often the cause ({WITHDRAWN_PERCENT} sets what may go unasked: "
            f"{settings.withdrawn:.0%})"
        )
    if teams := _teams_that_lose_all(connection, merge):
        named = ", ".join(teams[:_TEAMS_NAMED]) + (" …" if len(teams) > _TEAMS_NAMED else "")
        those = "a team" if len(teams) == 1 else f"{len(teams):,} teams"
        reasons.append(f"{those} with open cases ({named}) would lose every row")
    if not reasons:
        return None
    dates = f" for {terms.covers_from} to {terms.covers_to}" if merge.extract.dated_by else ""
    of_all = f"all {gone:,} rows" if gone == stands else f"{gone:,} of the {stands:,} rows"
    why = f"{shown}: the complete extract {name} would withdraw {of_all} that stand{dates}: {'; '.join(reasons)}."
    return Confirmation(Doubtful.WITHDRAWALS, name, gone, stands, why, _mark(connection, merge))


def _mark(connection: sa.Connection, merge: Merge) -> str:
    """Return a hash of exactly the rows that would go."""
    keys = sa.select(merge.staged.c.row_key).where(merge.of_fate(WITHDRAWN))
    told = repr((Doubtful.WITHDRAWALS, merge.extract.name, sorted(connection.execute(keys).scalars())))
    return hashlib.sha256(told.encode()).hexdigest()


def _teams_that_lose_all(connection: sa.Connection, merge: Merge) -> list[str]:
    """Return the teams with open cases among the rows that go, of which no row is left in the extract's dates.

    A single row may be a double entry that was taken out: it counts only where the team has no other row at all.
    """
    table, staged, until = merge.table, merge.staged, _OPEN_UNTIL.get(merge.extract.name)
    if until is None:
        return []
    is_open = sa.and_(*(table.c[name].is_(None) for name in until))
    going = merge.rows_of_fate(WITHDRAWN)
    losing = (
        sa.select(table.c.team_id, sa.func.count().label("rows"))
        .where(going, table.c.team_id != NO_TEAM)
        .group_by(table.c.team_id)
        .having(sa.func.sum(sa.case((is_open, 1), else_=0)) > 0)
    )
    lost = {row.team_id: row.rows for row in connection.execute(losing)}
    if not lost:
        return []
    listed = set(
        connection.execute(sa.select(staged.c.team_id).where(~merge.of_fate(WITHDRAWN)).distinct()).scalars()
        if "team_id" in staged.c
        else ()
    )
    left = sa.select(table.c.team_id).where(~going, table.c.team_id.in_(lost)).distinct()
    elsewhere = set(connection.execute(left).scalars())
    within = set(connection.execute(left.where(listed_by(merge))).scalars())
    return sorted(
        team for team, rows in lost.items() if team not in listed | within and (rows > 1 or team not in elsewhere)
    )
