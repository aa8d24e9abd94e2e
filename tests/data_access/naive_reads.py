"""What every read should say of a judge's world: rules stated naively, by walking days and rows."""

import datetime as dt
import tempfile
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import sqlalchemy as sa

from data_access.dates.periods import Grain
from data_access.loading import load_extracts
from data_access.measures import MEASURES, Definition
from data_access.measures.definition import About
from tests.council import LOADER
from tests.loading.handing_over import CONFIRMED
from tests.oracle import CohortRow, World, cohort
from tests.oracle.clocks import DAY, days_between, is_working_day
from tests.oracle.periods import WEEKS_52, makes, period_of, total
from tests.oracle.periods import Grain as Calendar
from tests.strategies import ExtractFile

Rows = dict[str, list[CohortRow]]

CALENDAR: dict[Grain, Calendar] = {
    Grain.WEEK: "week",
    Grain.MONTH: "month",
    Grain.QUARTER: "quarter",
    Grain.YEAR: "year",
}
FEWEST_STAFF = 10


@dataclass(frozen=True)
class Known:
    """As at which London date, and for which dates, a measure is known; the days for which it lacks a column."""

    on: dt.date
    begins: dt.date
    ends: dt.date
    lacks: frozenset[dt.date] = frozenset()

    def lacks_any(self, first: dt.date, last: dt.date) -> bool:
        """Return whether a column that decides was never sent for any of the days."""
        return any(first <= day <= last for day in self.lacks)


@dataclass(frozen=True)
class Window:
    """A figure's period, and the first of the days that it counts."""

    start: dt.date
    end: dt.date
    first: dt.date


@dataclass(frozen=True)
class Figure:
    """A figure in the measure's own unit."""

    numerator: float
    denominator: float
    value: float | None
    cases: int
    not_yet_due: int
    not_computable: int
    state: str


def load_together(engine: sa.Engine, files: Sequence[ExtractFile]) -> None:
    """Load the extracts in their order, as many at once as can come in one folder: one of a table."""
    waiting = list(files)
    while waiting:
        names: set[str] = set()
        with tempfile.TemporaryDirectory() as folder:
            while waiting and waiting[0].table not in names:
                names.add(waiting[0].table)
                waiting.pop(0).write(Path(folder))
            report = load_extracts(engine, LOADER, [Path(folder)], confirmed=CONFIRMED)
        assert sum(loaded.refused for loaded in report.loaded) == 0


def judged(world: World, measures: Iterable[str] = MEASURES) -> Rows:
    """Return the rows of every measure, or of these, as the judge has them."""
    return {measure: cohort(world, measure) for measure in measures}


def known(world: World, definition: Definition) -> Known | None:
    """Return as at when, and for which dates, the measure is known; None where a required table never came."""
    if not world.is_loaded(*definition.requires):
        return None
    covered = world.coverage(*definition.requires)
    on = world.as_at(required=definition.requires, optional=definition.optional).on
    fields = [*definition.fields, *definition.native_fields]
    if any(world.is_loaded(name) for name in definition.optional):
        fields += definition.links
    return Known(on, covered.begins, covered.ends, frozenset(world.never_sent(fields)))


def windows(definition: Definition, grain: Grain, first: dt.date, last: dt.date) -> list[Window]:
    """Return the windows from the one in which `first` lies to the one in which `last` lies."""
    natural = CALENDAR[Grain(definition.period)]
    found: list[Window] = []
    day = first
    while True:
        start, end = period_of(day, CALENDAR.get(grain, natural))
        if start > last:
            return found
        found.append(Window(start, end, _first(grain, natural, start, end)))
        day = end + DAY


def _first(grain: Grain, natural: Calendar, start: dt.date, end: dt.date) -> dt.date:
    if grain is Grain.YEAR_TO_DATE:
        return period_of(end, "year")[0]
    if grain is not Grain.TWELVE_MONTHS:
        return start
    if natural == "week":
        return end - WEEKS_52 + DAY
    day, months = end, 1
    while months < 12 or day.day != 1:
        day -= DAY
        months += (day + DAY).day == 1
    return day


def state(definition: Definition, when: Known | None, window: Window, rows: Iterable[CohortRow]) -> str:
    """Return what the figure of a window is worth, given the rows that it counts."""
    if when is None or window.first < when.begins:
        return "no_data"
    if window.start > when.ends or window.start > when.on:
        return "no_data"
    whole = all(day <= when.ends and day < when.on for day in days_between(window.start, window.end))
    if not whole:
        return "in_progress"
    rows = list(rows)
    states = {row.state for row in rows}
    if "not_yet_due" in states:
        return "not_settled"
    if not definition.adding_up.has_denominator or any(row.denominator for row in rows):
        return "complete"
    return "not_computable" if "not_computable" in states else "no_cases"


def hidden(definition: Definition, rows: Iterable[CohortRow], window: Window) -> set[str]:
    """Return the teams whose figure on staff health may not be shown over the window.

    Each month by itself: a team of fewer than ten people, and the next smallest until ten are hidden together.
    """
    if definition.about is not About.STAFF_HEALTH:
        return set()
    people: dict[dt.date, dict[str, set[str]]] = {}
    for row in rows:
        if window.first <= row.event_date <= window.end:
            person = row.case_id.split("|")[0]
            people.setdefault(row.event_date, {}).setdefault(row.team_id, set()).add(person)
    found: set[str] = set()
    for teams in people.values():
        inside: set[str] = set()
        unseen = 0
        for team in sorted(teams, key=lambda name: (len(teams[name]), name)):
            if len(teams[team]) < FEWEST_STAFF or 0 < unseen < FEWEST_STAFF:
                inside.add(team)
                unseen += len(teams[team])
        found |= inside
    return found


def told(rows: Iterable[CohortRow], lacks: Collection[dt.date]) -> list[CohortRow]:
    """Return the rows as they can be told: none of the days for which a column that decides was never sent."""
    return [
        replace(row, numerator=0, denominator=0, state="not_computable") if row.event_date in lacks else row
        for row in rows
    ]


def figure(
    definition: Definition,
    when: Known | None,
    grain: Grain,
    window: Window,
    rows: Sequence[CohortRow],
    teams: Collection[str] | None,
) -> Figure:
    """Return the figure of a window for some teams together (None: the whole service)."""
    counted = [
        row for row in rows if makes(row, window.first, window.end) and (teams is None or row.team_id in teams)
    ]
    sums = total(counted, window.first, window.end)
    if teams is not None and hidden(definition, rows, window) & set(teams):
        return Figure(0, 0, None, 0, sums.not_yet_due, sums.not_computable, "not_computable")
    worth = state(definition, when, window, counted)
    if when is not None and when.lacks_any(window.first, window.end):
        none = sums.cases + sums.not_yet_due + sums.not_computable
        return Figure(0, 0, None, 0, 0, none, worth if worth == "no_data" else "not_computable")
    numerator, denominator = sums.numerator / definition.scale, sums.denominator / definition.scale
    value: float | None = None
    if worth != "no_data":
        if not definition.adding_up.has_denominator:
            value = numerator
        elif denominator:
            value = numerator / denominator
            if definition.rolling_unit is not None and grain is Grain.TWELVE_MONTHS:
                value *= sum(is_working_day(day) for day in days_between(window.first, window.end))
    return Figure(numerator, denominator, value, sums.cases, sums.not_yet_due, sums.not_computable, worth)


def rounded(number: float | None) -> float | None:
    """Return the number so that the last digit of a sum of fractions can't tell two readings apart."""
    return None if number is None else round(number, 9)
