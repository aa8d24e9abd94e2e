"""Periods left out of a measure's limits."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from data_access.decisions.kinds.left_out_period import LEFT_OUT_PERIOD
from data_access.decisions.what_stands import standing
from data_access.scope import Scope


def left_out_periods(
    connection: sa.Connection, measures: Sequence[str], *, team: str | None = None
) -> dict[str, dict[date, str]]:
    """Return for each measure the periods left out, by first day, with the reason.

    Those of the whole hold for every team; of a reason for both, the team's own is told.
    """
    left_out: dict[str, dict[date, str]] = {name: {} for name in measures}
    stands = standing(Scope.everything(), connection, LEFT_OUT_PERIOD)
    for period in sorted(stands, key=lambda period: period.content["team_id"] is not None):
        if period.content["measure"] in left_out and period.content["team_id"] in (None, team):
            left_out[period.content["measure"]][period.content["starts"]] = period.reason or ""
    return left_out
