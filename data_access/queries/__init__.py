"""The only reads of measures: headline, series, breakdown and cases. Each takes a Scope first, each gives a frame.

All but the case list, and the breakdown by anything but team, read the rollup.
"""

from data_access.queries.asking import (
    as_at_times,
    check_current,
    gaps,
    known_in_any_format,
    teams,
    teams_with_figures,
)
from data_access.queries.breakdown import breakdown, why_not_broken_down
from data_access.queries.case_list import (
    CASE_COLUMNS,
    cases,
    cases_of_child,
    children_of,
    waiting,
    waiting_with_children,
    why_not_listed,
)
from data_access.queries.characteristics import Recorded
from data_access.queries.doubts import DOUBTS, IN_DOUBT, doubts, rows_in_doubt
from data_access.queries.figures import SERIES, State
from data_access.queries.figures_by_team import BY_TEAM, figures_by_team
from data_access.queries.freshness import latest_loads
from data_access.queries.series import headline, latest_settled, series
from data_access.queries.waiting_children import waiting_by_team

__all__ = [
    "BY_TEAM",
    "CASE_COLUMNS",
    "DOUBTS",
    "IN_DOUBT",
    "SERIES",
    "Recorded",
    "State",
    "as_at_times",
    "breakdown",
    "cases",
    "cases_of_child",
    "check_current",
    "children_of",
    "doubts",
    "figures_by_team",
    "gaps",
    "headline",
    "known_in_any_format",
    "latest_loads",
    "latest_settled",
    "rows_in_doubt",
    "series",
    "teams",
    "teams_with_figures",
    "waiting",
    "waiting_by_team",
    "waiting_with_children",
    "why_not_broken_down",
    "why_not_listed",
]
