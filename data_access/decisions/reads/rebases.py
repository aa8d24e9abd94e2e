"""Rebases as they hold for a measure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from data_access.decisions.kinds.rebase import REBASE
from data_access.decisions.what_stands import standing
from data_access.scope import Scope


@dataclass(frozen=True)
class RebaseStep:
    """A decision that limits start again on the day `starts`, because the work changed."""

    measure: str
    starts: date
    label: str
    reason: str


def rebases(
    connection: sa.Connection, measures: Sequence[str], *, team: str | None = None
) -> dict[str, list[RebaseStep]]:
    """Return each measure's rebases for the whole, and for the team where rebase is given, in order of time."""
    steps: dict[str, list[RebaseStep]] = {name: [] for name in measures}
    stands = standing(Scope.everything(), connection, REBASE)
    for rebase in sorted(stands, key=lambda rebase: (rebase.content["from_date"], rebase.decision_id)):
        measure, starts, label = (rebase.content[name] for name in ("measure", "from_date", "label"))
        if measure in steps and rebase.content["team_id"] in (None, team):
            steps[measure].append(RebaseStep(measure, starts, label, rebase.reason or ""))
    return steps
