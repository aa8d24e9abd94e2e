"""Adding a cohort up over periods and teams."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from tests.oracle.clocks import DAY, monday_of, month_end
from tests.oracle.cohort_row import CohortRow

Grain = Literal["week", "month", "quarter", "year"]
WEEKS_52 = dt.timedelta(weeks=52)


@dataclass(frozen=True)
class Total:
    """What a cohort adds up to. `cases` counts the counted rows."""

    numerator: int
    denominator: int
    cases: int
    not_yet_due: int
    not_computable: int


STANDING = frozenset(
    {
        "cases_held_by_practice_managers",
        "children_not_yet_seen",
        "children_without_social_worker",
        "core_assessments_overdue",
        "initial_assessments_overdue",
        "management_oversight_on_open_cases",
    }
)
"""The measures whose rows stand from their date until they are left, and count on a period's last day alone."""
CLOSING = frozenset({"cases_per_social_worker", "schools_starting_a_caf"})
"""The measures with a row for each closing day, of which a period's last one counts."""


def makes(row: CohortRow, start: dt.date, end: dt.date) -> bool:
    """Return whether the row is one of those that make the figure of the days from `start` to `end`."""
    if row.measure in STANDING:
        return row.event_date <= end and (row.left_on is None or row.left_on > end)
    if row.measure in CLOSING:
        return row.event_date == end
    return start <= row.event_date <= end


def total(rows: Iterable[CohortRow], start: dt.date, end: dt.date, teams: Iterable[str] | None = None) -> Total:
    """Add up the rows that make the figure of the days from `start` to `end`, of these teams (None: of all)."""
    wanted = None if teams is None else set(teams)
    inside = [row for row in rows if makes(row, start, end) and (wanted is None or row.team_id in wanted)]
    return Total(
        numerator=sum(row.numerator for row in inside),
        denominator=sum(row.denominator for row in inside),
        cases=sum(1 for row in inside if row.state == "counted"),
        not_yet_due=sum(1 for row in inside if row.state == "not_yet_due"),
        not_computable=sum(1 for row in inside if row.state == "not_computable"),
    )


def period_of(day: dt.date, grain: Grain) -> tuple[dt.date, dt.date]:
    """Return the first and last day of the week, month, quarter or financial year that the day lies in."""
    if grain == "week":
        monday = monday_of(day)
        return monday, monday + 6 * DAY
    months = {"month": 1, "quarter": 3, "year": 12}[grain]
    first_months = range(4, 16, months)
    month = day.month if day.month >= 4 else day.month + 12
    financial_year = day.year if day.month >= 4 else day.year - 1
    first_month = max(candidate for candidate in first_months if candidate <= month)
    start = _first_of(financial_year, first_month)
    return start, month_end(_first_of(financial_year, first_month + months - 1))


def series(
    rows: Sequence[CohortRow], grain: Grain, first: dt.date, last: dt.date, teams: Iterable[str] | None = None
) -> list[tuple[dt.date, Total]]:
    """Return start and total of every period from the one that `first` lies in to the one that `last` lies in."""
    wanted = None if teams is None else list(teams)
    found: list[tuple[dt.date, Total]] = []
    day = first
    while True:
        start, end = period_of(day, grain)
        if start > last:
            return found
        found.append((start, total(rows, start, end, wanted)))
        day = end + DAY


def cells(rows: Sequence[CohortRow], grain: Grain) -> dict[tuple[dt.date, str], Total]:
    """Return the total of every period and team that has a row, by the period's start and the team."""
    keys = {(period_of(row.event_date, grain), row.team_id) for row in rows}
    return {(start, team): total(rows, start, end, [team]) for (start, end), team in keys}


def year_to_date(rows: Iterable[CohortRow], period_end: dt.date, teams: Iterable[str] | None = None) -> Total:
    """Add up from 1 April to the period's last day."""
    start, _ = period_of(period_end, "year")
    return total(rows, start, period_end, teams)


def rolling_12_months(
    rows: Iterable[CohortRow], grain: Grain, period_end: dt.date, teams: Iterable[str] | None = None
) -> Total:
    """Add up the 52 weeks, or the 12 calendar months, that end with the period ending on `period_end`."""
    if grain == "week":
        return total(rows, period_end - WEEKS_52 + DAY, period_end, teams)
    return total(rows, _first_of(period_end.year - 1, period_end.month + 1), period_end, teams)


def _first_of(year: int, month: int) -> dt.date:
    """Return the first day of a month; months past 12 belong to the next year."""
    return dt.date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
