"""What several kinds of decision have to hold: measures and a team that there are, days that have come."""

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches

from data_access.dates.periods import week_of
from data_access.decisions.decision import Fault
from data_access.decisions.kind import Proposed
from data_access.measures import MEASURES, Definition
from data_access.problems import QueryProblem
from data_access.queries.asking import check_team
from data_access.vocabulary import Chart


def definition_of(proposed: Proposed) -> Definition | None:
    """Return the definition of the measure that a decision names; None where there is no such measure."""
    measure = MEASURES.get(proposed.content["measure"] or "")
    return None if measure is None else measure.definition


def fault_of_measure(proposed: Proposed) -> Iterator[Fault]:
    """Yield a fault where the decision names a measure that there is not."""
    name = proposed.content["measure"]
    if name is not None and name not in MEASURES:
        near = get_close_matches(name, MEASURES, n=3) or list(MEASURES)[:3]
        yield Fault("measure", name, f"the id of a measure, such as {' or '.join(near)}")


def faults_of_measures(proposed: Proposed) -> Iterator[Fault]:
    """Yield a fault for every name in a list of measures, between spaces, of which there is no measure."""
    for name in (proposed.content["measures"] or "").split():
        if name not in MEASURES:
            near = get_close_matches(name, MEASURES, n=3) or list(MEASURES)[:3]
            yield Fault("measures", name, f"ids of measures between spaces, such as {' or '.join(near)}")


def fault_of_team(proposed: Proposed) -> Iterator[Fault]:
    """Yield a fault where there is no such team, or none that the author may see."""
    team = proposed.content["team_id"]
    if team is not None:
        try:
            check_team(proposed.actor.scope, proposed.connection, team)
        except QueryProblem as problem:
            yield Fault("team_id", team, f"a team. {str(problem).removesuffix('.')}")


def fault_of_week(proposed: Proposed) -> Iterator[Fault]:
    """Yield a fault where the week that a decision names is no Monday."""
    week = proposed.content["week"]
    if week_of(week) != week:
        yield Fault("week", week, f"a Monday, such as {week_of(week)}")


def fault_of_limits(definition: Definition) -> Iterator[Fault]:
    """Yield a fault where the measure has no limits that could start again or leave a period out."""
    if definition.chart is Chart.LINE:
        yield Fault("measure", definition.id, "a measure with limits; this one is drawn as a plain line, without any")


def fault_of_future(proposed: Proposed, name: str, day: date | None) -> Iterator[Fault]:
    """Yield a fault where a day has not come yet."""
    if day is not None and day > proposed.today:
        yield Fault(name, day, f"a day that has come: today is {proposed.today}")
