"""By team only whole weeks and months can be read, since the rollup keeps nothing finer."""

from datetime import date

import pytest
import sqlalchemy as sa

from data_access.problems import QueryProblem
from data_access.queries import breakdown
from data_access.scope import Scope

WHOLE = [
    (date(2010, 3, 1), date(2010, 3, 31)),
    (date(2010, 3, 22), date(2010, 3, 28)),
    (date(2009, 12, 28), date(2009, 12, 31)),
]
CUT = [(date(2010, 3, 2), date(2010, 3, 7)), (date(2010, 3, 1), date(2010, 3, 6))]


@pytest.mark.parametrize("days", WHOLE)
def test_whole_weeks_and_months_are_read(days: tuple[date, date], database: sa.Engine) -> None:
    with database.connect() as connection:
        found = breakdown(Scope.everything(), connection, "cafs_started", first=days[0], last=days[1])
    assert found.is_empty()


@pytest.mark.parametrize("days", CUT)
def test_a_cut_week_is_refused(days: tuple[date, date], database: sa.Engine) -> None:
    with database.connect() as connection, pytest.raises(QueryProblem, match="cuts one"):
        breakdown(Scope.everything(), connection, "cafs_started", first=days[0], last=days[1])
