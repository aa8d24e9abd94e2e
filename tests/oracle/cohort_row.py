"""One row of a measure's cohort."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

State = Literal["counted", "not_yet_due", "not_computable"]


@dataclass(frozen=True, order=True)
class CohortRow:
    """One case: the day and team it belongs to, and what it adds to the measure.

    `numerator` and `denominator` are whole numbers in the measure's scale (sickness: 1/200 of a full-time working
    day), both 0 unless `state` is counted. `left_on` is the first day on which a spell stands no more.
    """

    measure: str
    case_id: str
    event_date: dt.date
    team_id: str
    numerator: int
    denominator: int
    state: State
    left_on: dt.date | None = None

    @staticmethod
    def counted(measure: str, case_id: str, on: dt.date, team: str, *, met: bool) -> "CohortRow":
        """Return a case of a proportion that is in the denominator, and in the numerator where `met`."""
        return CohortRow(measure, case_id, on, team, int(met), 1, "counted")

    @staticmethod
    def left_out(measure: str, case_id: str, on: dt.date, team: str, state: State) -> "CohortRow":
        """Return a case that is counted separately, not in the measure."""
        return CohortRow(measure, case_id, on, team, 0, 0, state)

    @property
    def not_met(self) -> bool:
        """Return whether it is counted in the denominator and not in the numerator."""
        return self.state == "counted" and self.numerator < self.denominator
