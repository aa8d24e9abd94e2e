"""What the address of a page chooses: a team and a week. Nothing else holds this state."""

from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from dashboard.cache.results import kept_results
from dashboard.readings import measure_views as reading
from data_access import queries
from data_access.problems import QueryProblem
from data_access.scope import Scope


@dataclass(frozen=True)
class Choice:
    """What is chosen: `team` None is the whole service, `week` (a Monday) None the latest."""

    team: str | None
    week: date | None

    @property
    def up_to(self) -> date | None:
        """Return the Sunday of the chosen week; None for the latest."""
        return None if self.week is None else self.week + timedelta(days=6)


def chosen(scope: Scope) -> Choice:
    """Return what the address chooses. Raise QueryProblem, in plain words, for a team or week that there is not."""
    return Choice(_chosen_team(scope), _chosen_week(scope))


def team_names(scope: Scope) -> dict[str, str]:
    """Return the teams that the reader may look at: names by reference."""
    return _team_names(reading.version(), scope)


@kept_results(16)
def _team_names(version: reading.Version, scope: Scope) -> dict[str, str]:  # noqa: ARG001 - part of the key
    with reading.connected() as connection:
        return dict(queries.teams(scope, connection).select("team", "name").iter_rows())


def _chosen_team(scope: Scope) -> str | None:
    team = st.query_params.get("team")
    if not team:
        return None
    if team not in team_names(scope):
        msg = f"There is no team “{team}” here."
        raise QueryProblem(msg)
    return team


def _chosen_week(scope: Scope) -> date | None:
    given = st.query_params.get("week")
    if not given:
        return None
    weeks = reading.freshness(scope).weeks
    try:
        week = date.fromisoformat(given)
    except ValueError:
        week = None
    if week not in weeks:
        known = f" There are weeks from {weeks[-1]:%d %B %Y} to {weeks[0]:%d %B %Y}." if weeks else ""
        msg = f"There is no week “{given}” here: a week is named by its Monday, as in 2010-03-22.{known}"
        raise QueryProblem(msg)
    return week
