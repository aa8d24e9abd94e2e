"""The cases behind a figure, for those who may list them."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from dashboard.readings.reading import Reading
from data_access import queries
from data_access.actor import Action, Actor
from data_access.queries.path_of_case import paths


def may_list_rows(actor: Actor) -> bool:
    """Return whether the actor may list rows of any team one by one."""
    return actor.may(Action.LIST_CASES) and actor.scope.case_teams != frozenset()


def why_not_listed(actor: Actor, measure: str) -> str | None:
    """Return in words why the actor may list no case of the measure at all; None where some may be listed."""
    if not actor.may(Action.LIST_CASES):
        return "You may not list cases."
    return queries.why_not_listed(actor.scope, measure)


def listed(
    reading: Reading,
    measure: str,
    *,
    first: date,
    last: date,
    team: str | None,
    recorded: queries.Recorded | None = None,
) -> pl.DataFrame:
    """Return queries.cases of a measure over some days; raise NotAllowedProblem for who may list no cases."""
    reading.actor.check(Action.LIST_CASES)
    scope, connection = reading.scope, reading.connection
    return queries.cases(scope, connection, measure, first=first, last=last, team=team, recorded=recorded)


def waiting(
    reading: Reading, measure: str, *, team: str | None, recorded: queries.Recorded | None = None
) -> pl.DataFrame:
    """Return queries.waiting: the late cases that wait now, the longest first.

    Raise NotAllowedProblem for who may list no cases.
    """
    reading.actor.check(Action.LIST_CASES)
    return queries.waiting(reading.scope, reading.connection, measure, team=team, recorded=recorded)


def waiting_with_children(reading: Reading, measure: str, *, team: str | None) -> tuple[pl.DataFrame, int]:
    """Return queries.waiting_with_children; raise NotAllowedProblem for who may list no cases."""
    reading.actor.check(Action.LIST_CASES)
    return queries.waiting_with_children(reading.scope, reading.connection, measure, team=team)


def newly_waiting(reading: Reading, measure: str, *, team: str | None, days: int) -> int:
    """Return how many late cases wait now that did not wait some days ago; none for who may list no cases of it."""
    if why_not_listed(reading.actor, measure) is not None:
        return 0
    scope, connection = reading.scope, reading.connection
    now = queries.waiting(scope, connection, measure, team=team)
    before = queries.waiting(scope, connection, measure, team=team, days_ago=days)
    return now.join(before, on="case_id", how="anti").height


def paths_of(reading: Reading, measure: str, case_ids: Sequence[str]) -> pl.DataFrame:
    """Return the paths of some cases, from contact to assessment; raise NotAllowedProblem for who may list none."""
    reading.actor.check(Action.LIST_CASES)
    return paths(reading.scope, reading.connection, measure, case_ids)


def children_of(reading: Reading, measure: str, case_ids: Sequence[str]) -> dict[str, str]:
    """Return the key of the child behind each of some cases, where a child is; raise NotAllowedProblem as others."""
    reading.actor.check(Action.LIST_CASES)
    return queries.children_of(reading.scope, reading.connection, measure, case_ids)
