"""What the address of a page chooses: a team and a week. Nothing else holds this state."""

from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from dashboard.cache import measures
from dashboard.cache.page_run import PageRun
from data_access.problems import QueryProblem


@dataclass(frozen=True)
class Choice:
    """What is chosen: `team` None is the whole service, `week` (a Monday) None the latest."""

    team: str | None
    week: date | None

    @property
    def up_to(self) -> date | None:
        """Return the Sunday of the chosen week; None for the latest."""
        return None if self.week is None else self.week + timedelta(days=6)


def chosen(run: PageRun) -> Choice:
    """Return what the address chooses. Raise QueryProblem, in plain words, for a team or week that there is not."""
    return Choice(_chosen_team(run), _chosen_week(run))


def _chosen_team(run: PageRun) -> str | None:
    team = st.query_params.get("team")
    if not team:
        return None
    if team not in measures.team_names(run):
        msg = f"There is no team “{team}” here."
        raise QueryProblem(msg)
    return team


def _chosen_week(run: PageRun) -> date | None:
    given = st.query_params.get("week")
    if not given:
        return None
    weeks = measures.freshness(run).weeks
    try:
        week = date.fromisoformat(given)
    except ValueError:
        week = None
    if week not in weeks:
        known = f" There are weeks from {weeks[-1]:%d %B %Y} to {weeks[0]:%d %B %Y}." if weeks else ""
        msg = f"There is no week “{given}” here: a week is named by its Monday, as in 2010-03-22.{known}"
        raise QueryProblem(msg)
    return week
