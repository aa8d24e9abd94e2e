"""The only reads of measures: headline, series, breakdown and cases. Each takes a Scope first, each gives a frame.

All but the case list, and the breakdown by anything but team, read the rollup.
"""

from data_access.queries.asking import as_at_times, check_current, known_in_any_format, teams, teams_with_figures
from data_access.queries.breakdown import breakdown
from data_access.queries.case_list import CASE_COLUMNS, cases, waiting
from data_access.queries.figures import SERIES, State
from data_access.queries.freshness import latest_loads
from data_access.queries.series import headline, series

__all__ = [
    "CASE_COLUMNS",
    "SERIES",
    "State",
    "as_at_times",
    "breakdown",
    "cases",
    "check_current",
    "headline",
    "known_in_any_format",
    "latest_loads",
    "series",
    "teams",
    "teams_with_figures",
    "waiting",
]
