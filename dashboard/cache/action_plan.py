"""The action plan, kept for pages: each function is the reading of the same name."""

from typing import Final

from dashboard.cache import measures
from dashboard.cache.page_run import PageRun
from dashboard.cache.results import kept_results
from dashboard.readings import action_plan as readings
from dashboard.readings.action_plan import Plan
from dashboard.readings.decisions import Decided
from data_access.decisions.reads.action_plan import PlannedAction

_KEPT: Final = 64


@kept_results(_KEPT)
def actions(run: PageRun) -> tuple[PlannedAction, ...]:
    """Return the lines of the plan alone, for pages that judge none of its measures."""
    with run.reading() as reading:
        return readings.actions(reading)


@kept_results(_KEPT)
def plan(run: PageRun) -> Plan:
    """Return the plan on the day of the data, with the measures of the whole service."""
    views = {view.definition.id: view for view in measures.every_measure(run)}
    data_to = measures.freshness(run).data_to
    with run.reading() as reading:
        return readings.plan(reading, on=None if data_to is None else data_to.date(), views=views)


@kept_results(_KEPT)
def plan_history(run: PageRun, action_id: str) -> tuple[tuple[Decided, ...], tuple[Decided, ...]]:
    """Return every state of a line, and of the updates about it."""
    with run.reading() as reading:
        return readings.plan_history(reading, action_id)
