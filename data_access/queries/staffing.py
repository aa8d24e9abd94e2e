"""Who is in post in each team, how its posts are filled, and how many are away: numbers, never people."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl
import sqlalchemy as sa

from data_access.coverage.as_at import Covered, last_stretch, read_coverage
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.database.schema.figures import CALENDAR
from data_access.dates.london_time import local_date
from data_access.queries.small_teams import hidden_teams
from data_access.scope import Scope

STAFFING: Final = {
    "team": pl.String,
    "on": pl.Date,
    "people": pl.Int64,
    "in_post": pl.Float64,
    "posts_on": pl.Date,
    "posts": pl.Float64,
    "vacant": pl.Float64,
    "agency": pl.Float64,
    "absent_on": pl.Date,
    "absent": pl.Int64,
    "too_small": pl.Boolean,
}
"""The columns of `staffing`. `in_post`, `posts`, `vacant` and `agency` are full-time equivalents, `people` and
`absent` people. `on`, `posts_on` and `absent_on` are the last day known of each, the last of them a working day; null
with its numbers where that was never loaded. `too_small` marks teams whose absences are not shown."""

_STAFF, _POSTS, _ABSENCES = (CASE_TABLES[name] for name in ("staff", "posts", "absences"))


def staffing(scope: Scope, connection: sa.Connection) -> pl.DataFrame:
    """Return who is in post, and how many are away for whatever reason, in each team: STAFFING, by id.

    Only teams whose figures the reader may see. How many are away is shown as figures on staff health are: of teams
    with ten staff or more, and never so that it could be worked out of another.
    """
    coverage = read_coverage(connection)
    on, posts_on = last_day_of(coverage, "staff"), last_day_of(coverage, "posts")
    known = last_day_of(coverage, "staff", "absences")
    absent_on = None if known is None else _working_day(connection, known)
    in_post = {} if on is None else _in_post(connection, on)
    posts = {} if posts_on is None else _posts(connection, posts_on)
    people, away = ({}, {}) if absent_on is None else _away(connection, absent_on)
    hidden = hidden_teams(people)
    seen = {team for team in {*in_post, *posts} if scope.teams is None or team in scope.teams}
    rows = []
    for team in sorted(seen):
        number, fte = in_post.get(team, (0, 0.0))
        of_posts = posts.get(team, {})
        every, vacant, agency = sum(of_posts.values()), of_posts.get("vacant", 0.0), of_posts.get("agency", 0.0)
        too_small = team in hidden or team not in people
        absent = None if absent_on is None or too_small else away.get(team, 0)
        in_posts = (None,) * 3 if posts_on is None else (every, vacant, agency)
        in_team = (None,) * 2 if on is None else (number, fte)
        rows.append((team, on, *in_team, posts_on, *in_posts, absent_on, absent, too_small))
    return pl.DataFrame(rows, schema=STAFFING, orient="row")


def last_day_of(coverage: Mapping[tuple[str, str], Covered], *extracts: str) -> date | None:
    """Return the last day for which all of these extracts speak; None where any was never loaded."""
    days = []
    for name in extracts:
        of_name = [covered for (extract, _), covered in coverage.items() if extract == name]
        if not of_name:
            return None
        _, ends = last_stretch([(covered.begins, covered.ends) for covered in of_name])
        days.append(min(ends, local_date(max(covered.as_at for covered in of_name))))
    return min(days)


def holds_on(spell: sa.FromClause, day: date) -> sa.ColumnElement[bool]:
    """Return whether a spell holds a day: from its first to its last, both included."""
    return sa.and_(spell.c.from_date <= day, sa.or_(spell.c.to_date.is_(None), spell.c.to_date >= day))


def _working_day(connection: sa.Connection, day: date) -> date | None:
    working = sa.select(sa.func.max(CALENDAR.c.day)).where(CALENDAR.c.working.is_(sa.true()), CALENDAR.c.day <= day)
    latest: date | None = connection.execute(working).scalar()
    return latest


def _in_post(connection: sa.Connection, on: date) -> dict[str, tuple[int, float]]:
    """Return people and full-time equivalents by team."""
    people, hundredths = sa.func.count(_STAFF.c.staff_id.distinct()), sa.func.sum(_STAFF.c.fte_hundredths)
    wanted = sa.select(_STAFF.c.team_id, people, hundredths).where(
        holds_on(_STAFF, on), _STAFF.c.team_id.is_not(None)
    )
    return {
        team: (number, (sum_of or 0) / 100)
        for team, number, sum_of in connection.execute(wanted.group_by(_STAFF.c.team_id))
    }


def _posts(connection: sa.Connection, on: date) -> dict[str, dict[str, float]]:
    """Return full-time equivalents of posts by team and by the way they are filled."""
    filled_by = sa.func.coalesce(_POSTS.c.filled_by, "")
    wanted = sa.select(_POSTS.c.team_id, filled_by, sa.func.sum(_POSTS.c.fte_hundredths)).where(holds_on(_POSTS, on))
    by_team: dict[str, dict[str, float]] = {}
    for team, filled, hundredths in connection.execute(wanted.group_by(_POSTS.c.team_id, filled_by)):
        by_team.setdefault(team, {})[filled] = (hundredths or 0) / 100
    return by_team


def _away(connection: sa.Connection, on: date) -> tuple[dict[str, int], dict[str, int]]:
    """Return by team how many people are in post on a day, and how many of them are absent on it."""
    absent = sa.exists().where(_ABSENCES.c.staff_id == _STAFF.c.staff_id, holds_on(_ABSENCES, on))
    people = sa.func.count(_STAFF.c.staff_id.distinct()).label("people")
    in_post = sa.select(_STAFF.c.team_id, people).where(holds_on(_STAFF, on), _STAFF.c.team_id.is_not(None))
    everyone, away = (
        {row.team_id: row.people for row in connection.execute(wanted.group_by(_STAFF.c.team_id))}
        for wanted in (in_post, in_post.where(absent))
    )
    return everyone, away
