"""What stands around a measure: events, published figures of other areas, words for codes, teams, its partner."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from dashboard.readings.reading import Reading
from data_access import queries
from data_access.decisions.reads.action_plan import BegunActions, begun_actions
from data_access.decisions.reads.events import events
from data_access.measures import Measure, measure_named
from data_access.queries.code_words import code_words
from data_access.queries.comparators import NeighbourSet, comparators, neighbours
from data_access.queries.definitions import Standard, standards


@dataclass(frozen=True)
class Event:
    """Something that happened, to be seen on the chart: numbered there, told in the list below."""

    on: date
    label: str
    detail: str | None = None


@dataclass(frozen=True)
class Background:
    """What stands around a measure: events, actions of the plan that began for it, published figures of other areas,
    the words for codes, its standards, and which councils are neighbours.
    """

    events: tuple[Event, ...]
    begun: tuple[BegunActions, ...]
    comparators: pl.DataFrame
    words: dict[str, dict[str, str]]
    standards: tuple[Standard, ...]
    neighbours: NeighbourSet | None

    @property
    def happened(self) -> tuple[Event, ...]:
        """Return the events and the beginnings of actions, in order of time."""
        begun = [Event(each.on, _begun_label(each), _begun_detail(each)) for each in self.begun]
        return tuple(sorted([*self.events, *begun], key=lambda event: event.on))

    def standard_on(self, day: date) -> int | None:
        """Return the working days that guidance allowed on a day; None where it says nothing."""
        held = [
            each for each in self.standards if each.from_date <= day and (each.to_date is None or day <= each.to_date)
        ]
        return held[-1].working_days if held else None


def background(reading: Reading, measure: str, *, up_to: date | None) -> Background:
    """Return the events and published figures known by a day (None: all), the words for codes, and the standards."""
    scope, connection = reading.scope, reading.connection
    happened = events(scope, connection, measure, up_to=up_to)
    return Background(
        tuple(Event(*row) for row in happened.select("happened_on", "label", "detail").iter_rows()),
        begun_actions(scope, connection, measure, up_to=up_to),
        comparators(scope, connection, measure, up_to=up_to),
        code_words(scope, connection, measure),
        tuple(standards(scope, connection).get(measure, ())),
        neighbours(scope, connection, up_to=up_to),
    )


def team_names(reading: Reading) -> dict[str, str]:
    """Return the teams that the actor may look at: names by reference."""
    return dict(queries.teams(reading.scope, reading.connection).select("team", "name").iter_rows())


def partner_of(measure: str) -> Measure | None:
    """Return the measure that shows the harm of meeting this one badly; None where it has none."""
    partner = measure_named(measure).definition.partner
    return None if partner is None else measure_named(partner)


def _begun_label(begun: BegunActions) -> str:
    return f"Plan {', '.join(action_id for action_id, _ in begun.actions)} began"


def _begun_detail(begun: BegunActions) -> str:
    return "; ".join(title for _, title in begun.actions)
