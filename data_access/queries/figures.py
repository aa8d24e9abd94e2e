"""From the parts of the rollup to figures: sums over spans of days, values, and the state of each period."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate
from typing import Final

import polars as pl
import sqlalchemy as sa

from data_access.coverage.as_at import AsAt
from data_access.database.schema.figures import CALENDAR, MEASURE_PERIOD
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.dates.periods import Grain, Span, part_of
from data_access.dates.working_calendar import FIRST_DAY, LAST_DAY
from data_access.measures import measure_named
from data_access.measures.adding_up import OverTime
from data_access.measures.definition import Definition
from data_access.problems import QueryProblem
from data_access.rollup.counting import SUMS
from data_access.scope import Scope


class State(StrEnum):
    """What a period's figure is worth."""

    COMPLETE = "complete"
    IN_PROGRESS = "in_progress"
    """The period has begun and is not over, or not yet covered by all extracts."""
    NOT_SETTLED = "not_settled"
    """The period is over, but some cases are still inside their clocks."""
    NO_CASES = "no_cases"
    NO_DATA = "no_data"
    NOT_COMPUTABLE = "not_computable"
    """There were cases, and none could be worked out, or none may be shown; or the format, or an extract without a
    column that decides, can't tell it."""


SERIES: Final = {
    "measure": pl.String,
    "period": pl.String,
    "start": pl.Date,
    "end": pl.Date,
    "team": pl.String,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "value": pl.Float64,
    "cases": pl.Int64,
    "not_yet_due": pl.Int64,
    "not_computable": pl.Int64,
    "state": pl.String,
}
"""The columns of a series. `team` is null for the whole. `value` is numerator ÷ denominator as a fraction, for counts
the number itself, null where there is none. Amounts are in the measure's unit (sickness: FTE days)."""


@dataclass(frozen=True)
class Sums:
    """What a span of days adds up to, in the rollup's whole numbers."""

    numerator: int
    denominator: int
    cases: int
    not_yet_due: int
    not_computable: int

    def value(self, definition: Definition, *, times: float = 1) -> float | None:
        """Return the figure, `times` as large; None where there is none."""
        return definition.adding_up.value(self.numerator * times, self.denominator)


class Parts:
    """The parts of one measure and team, ready to be added up over any span of weeks or months."""

    def __init__(self, over_time: OverTime, rows: Sequence[tuple[date, tuple[int, ...]]] = ()) -> None:
        """Take the parts as pairs of first day and sums, in any order; those of a stock from the beginning on."""
        ordered = sorted(rows)
        self._over_time = over_time
        self._days = [day for day, _ in ordered]
        nothing = (0,) * len(SUMS)
        self._so_far = list(accumulate((sums for _, sums in ordered), _plus, initial=nothing))

    def sums(self, first: date, end: date) -> Sums:
        """Return what the span from `first` to `end` adds up to: the last day of a part."""
        since = {
            OverTime.SUM: first,
            OverTime.CLOSING: part_of(end),
            OverTime.STANDING: FIRST_DAY,
        }[self._over_time]
        before = self._so_far[bisect_left(self._days, since)]
        until = self._so_far[bisect_right(self._days, end)]
        return Sums(*(high - low for high, low in zip(until, before, strict=True)))


def _plus(sums: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(left + right for left, right in zip(sums, other, strict=True))


def read_parts(
    connection: sa.Connection,
    measures: Iterable[str],
    teams: Iterable[str] | None,
    *,
    since: date | None = None,
    until: date | None = None,
) -> dict[tuple[str, str], Parts]:
    """Return the parts by measure and team, of these teams (None: of every team by itself), between two days.

    Parts of what stands are read from the beginning on, since all of them make what stands on a day.
    """
    table, measures = MEASURE_PERIOD, list(measures)
    ways = {name: measure_named(name).definition.adding_up for name in measures}
    standing = sorted(name for name, way in ways.items() if way.stands)
    wanted = sa.select(table.c.measure, table.c.team_id, table.c.part, *(table.c[name] for name in SUMS)).where(
        table.c.measure.in_(sorted(measures)),
        table.c.team_id != EVERY_TEAM if teams is None else table.c.team_id.in_(sorted(teams)),
        sa.or_(table.c.part >= (since or FIRST_DAY), table.c.measure.in_(standing)),
        table.c.part <= (until or LAST_DAY),
    )
    rows: dict[tuple[str, str], list[tuple[date, tuple[int, ...]]]] = {}
    for measure, team, part, *sums in connection.execute(wanted):
        rows.setdefault((measure, team), []).append((part, tuple(sums)))
    return {key: Parts(ways[key[0]].over_time, team_parts) for key, team_parts in rows.items()}


def together(parts: dict[tuple[str, str], Parts], measure: str, teams: Iterable[str], span: Span) -> Sums:
    """Return the sums of some teams over a span."""
    by_team = [parts[measure, team].sums(span.first, span.end) for team in teams if (measure, team) in parts]
    if len(by_team) == 1:
        return by_team[0]
    return Sums(*(sum(getattr(sums, name) for sums in by_team) for name in SUMS))


def teams_to_add(scope: Scope, team: str | None) -> set[str]:
    """Return the teams whose parts make the figure asked for; raise QueryProblem where the scope has none."""
    if team is not None:
        return {team}
    if scope.whole or scope.teams is None:
        return {EVERY_TEAM}
    if not scope.teams:
        message = "You may see neither the figures of the whole service nor those of any team."
        raise QueryProblem(message)
    return set(scope.teams)


def state_of(definition: Definition, as_at: AsAt | None, span: Span, sums: Sums) -> State:
    """Return what the figure of a period is worth, given as at when and for which dates the measure is known."""
    if as_at is None or span.first < as_at.begins or span.start > min(as_at.ends, as_at.on):
        return State.NO_DATA
    if span.end > as_at.ends or span.end >= as_at.on:
        return State.IN_PROGRESS
    if sums.not_yet_due:
        return State.NOT_SETTLED
    if definition.adding_up.value(sums.numerator, sums.denominator) is not None:
        return State.COMPLETE
    return State.NOT_COMPUTABLE if sums.not_computable else State.NO_CASES


def none_told(sums: Sums) -> Sums:
    """Return the sums of a span for which a column that decides was never sent: none of its cases can be told."""
    return Sums(0, 0, 0, 0, sums.cases + sums.not_yet_due + sums.not_computable)


def row_of(
    definition: Definition, grain: Grain, span: Span, team: str | None, sums: Sums, state: State, *, times: float = 1
) -> tuple[object, ...]:
    """Return one row of SERIES. `times` multiplies a rate, where its unit over that span asks for it."""
    return (
        definition.id,
        str(grain),
        span.start,
        span.end,
        team,
        sums.numerator / definition.scale,
        sums.denominator / definition.scale,
        None if state in (State.NO_DATA, State.NOT_COMPUTABLE) else sums.value(definition, times=times),
        sums.cases,
        sums.not_yet_due,
        sums.not_computable,
        str(state),
    )


def working_days(connection: sa.Connection, spans: Iterable[Span]) -> dict[Span, int]:
    """Return how many working days each span has."""
    spans = list(spans)
    if not spans:
        return {}
    days = sa.select(CALENDAR.c.day).where(
        CALENDAR.c.working.is_(sa.true()),
        CALENDAR.c.day.between(min(span.first for span in spans), max(span.end for span in spans)),
    )
    working = sorted(connection.execute(days).scalars())
    return {span: bisect_right(working, span.end) - bisect_left(working, span.first) for span in spans}
