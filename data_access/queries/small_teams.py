"""Figures on staff health: shown for a team only where it has ten staff or more, and never to be worked out."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

import sqlalchemy as sa

from data_access.coverage.as_at import AsAt
from data_access.dates.periods import Span
from data_access.measures import Measure
from data_access.measures.definition import About

FEWEST_STAFF: Final = 10


def hidden_teams(staff: Mapping[str, int]) -> set[str]:
    """Return the teams to hide, given how many staff each has.

    Those with fewer than ten staff are hidden; so are the next smallest, until those hidden have ten between them,
    since otherwise the whole less the teams shown would give a small team away.
    """
    hidden: set[str] = set()
    together = 0
    for team, number in sorted(staff.items(), key=lambda item: (item[1], item[0])):
        if number < FEWEST_STAFF or (hidden and together < FEWEST_STAFF):
            hidden.add(team)
            together += number
    return hidden


def hidden_by_month(connection: sa.Connection, measure: Measure, as_at: AsAt | None) -> dict[date, set[str]]:
    """Return the teams to hide by month; none but for a measure of staff health, whose rows are people by month.

    People are counted, not rows: someone who changed hours or role within the month has two rows and is one.
    """
    if as_at is None or measure.definition.about is not About.STAFF_HEALTH:
        return {}
    row = measure.cohort.subquery("cohort")
    people = sa.select(row.c.event_date, row.c.team_id, sa.func.count(sa.distinct(row.c.key)))
    staff: dict[date, dict[str, int]] = {}
    for month, team, number in connection.execute(
        people.group_by(row.c.event_date, row.c.team_id), as_at.parameters()
    ):
        staff.setdefault(month, {})[team] = number
    return {month: hidden_teams(teams) for month, teams in staff.items()}


def hidden_in(hidden: Mapping[date, Iterable[str]], span: Span) -> set[str]:
    """Return the teams to hide over a span: those hidden in any month of it.

    Were a longer span shown all the same, that less the months shown would give the hidden month away.
    """
    return {team for month, teams in hidden.items() if span.first <= month <= span.end for team in teams}
