"""Series and headlines: many measures at once, from one read of the rollup."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

import polars as pl
import sqlalchemy as sa

from data_access.coverage.as_at import AsAt
from data_access.coverage.never_sent import within
from data_access.database.schema.metadata import EVERY_TEAM
from data_access.dates.periods import Grain, Span, ended_by, periods_back, spans
from data_access.dates.working_calendar import FIRST_DAY
from data_access.measures import Definition, measure_named
from data_access.queries.asking import check_team, gaps, known_in_any_format
from data_access.queries.figures import (
    SERIES,
    Parts,
    State,
    Sums,
    none_told,
    read_parts,
    row_of,
    state_of,
    teams_to_add,
    together,
    working_days,
)
from data_access.queries.small_teams import hidden_by_month, hidden_in
from data_access.scope import Scope

OLDEST_HEADLINE = 53
"""A headline is at most so many periods old."""


def series(
    scope: Scope,
    connection: sa.Connection,
    measures: Sequence[str],
    *,
    grain: Grain | None = None,
    first: date | None = None,
    last: date | None = None,
    team: str | None = None,
) -> pl.DataFrame:
    """Return a row for each measure and period from `first` to `last`: figures.SERIES.

    `grain` None means each measure's natural period; `first` None its first covered day, `last` None its as-at date.
    `team` None is the whole service, or the reader's own teams where the scope does not reach the whole.
    """
    asked = _Asked(scope, connection, measures, team)
    wanted = [
        (definition, kind, asked.spans(definition, kind, first, last))
        for definition in asked.definitions
        for kind in (grain or Grain(definition.period),)
    ]
    asked.read(min((among[0].first for _, _, among in wanted if among), default=None))
    rows = [row for definition, kind, among in wanted for row in asked.rows(definition, kind, among)]
    return pl.DataFrame(rows, schema=SERIES, orient="row")


def headline(
    scope: Scope,
    connection: sa.Connection,
    measures: Sequence[str],
    *,
    up_to: date | None = None,
    team: str | None = None,
) -> pl.DataFrame:
    """Return each measure's latest settled period up to a day, with year to date and twelve months at its end.

    Columns: figures.SERIES, then `ytd_` and `12m_` with numerator, denominator, value and state. A measure without
    any settled figure among its last 53 periods has the latest one's state, or only no_data.
    """
    asked = _Asked(scope, connection, measures, team)
    asked.read(FIRST_DAY)
    windows = (Grain.YEAR_TO_DATE, Grain.TWELVE_MONTHS)
    schema = SERIES | {
        f"{grain}_{name}": SERIES[name]
        for grain in windows
        for name in ("numerator", "denominator", "value", "state")
    }
    rows: list[dict[str, object]] = []
    for definition in asked.definitions:
        natural = Grain(definition.period)
        row: dict[str, object] = {"measure": definition.id, "period": str(natural), "state": str(State.NO_DATA)}
        span = asked.latest(definition, up_to)
        if span is not None:
            row = _named(asked.rows(definition, natural, [span])[0])
            for grain in windows:
                window = spans(grain, definition.period, span.start, span.start)
                figures = _named(asked.rows(definition, grain, window)[0])
                row |= {f"{grain}_{name}": figures[name] for name in ("numerator", "denominator", "value", "state")}
        rows.append(row)
    return pl.DataFrame(rows, schema=schema)


def latest_settled(
    scope: Scope, connection: sa.Connection, measures: Sequence[str], *, up_to: date | None = None
) -> dict[str, Span]:
    """Return the latest settled period of each measure that had ended by a day; without those that have none.

    It is that of the service as a whole, or of the reader's own teams where the scope does not reach the whole.
    """
    asked = _Asked(scope, connection, measures, None)
    asked.read(FIRST_DAY)
    latest: dict[str, Span] = {}
    for definition in asked.definitions:
        span = asked.latest(definition, None if up_to is None else ended_by(up_to, definition.period))
        if span is not None and asked.is_settled(definition, span):
            latest[definition.id] = span
    return latest


def _named(row: tuple[object, ...]) -> dict[str, object]:
    return dict(zip(SERIES, row, strict=True))


class _Asked:
    """What one reader asks of some measures, with the parts of the rollup that answer it."""

    def __init__(self, scope: Scope, connection: sa.Connection, measures: Sequence[str], team: str | None) -> None:
        if team is not None:
            check_team(scope, connection, team)
        wanted = [measure_named(name) for name in measures]
        self.connection = connection
        self.team = team
        self.definitions = [measure.definition for measure in wanted]
        self.as_ats, self.lacking = known_in_any_format(connection, wanted)
        self.gaps = gaps(connection, wanted)
        self.teams = teams_to_add(scope, team)
        self.parts: dict[tuple[str, str], Parts] = {}
        self.hidden = (
            {}
            if self.teams == {EVERY_TEAM}
            else {measure.id: hidden_by_month(connection, measure, self.as_ats[measure.id]) for measure in wanted}
        )

    def read(self, since: date | None) -> None:
        """Read the parts of the rollup since a day; nothing where there is no day to read from."""
        if since is not None:
            self.parts = read_parts(
                self.connection, [definition.id for definition in self.definitions], self.teams, since=since
            )

    def spans(self, definition: Definition, grain: Grain, first: date | None, last: date | None) -> list[Span]:
        """Return the spans from `first` to `last`, or for as long as the measure is known."""
        as_at = self.as_ats[definition.id]
        since = first or (as_at.begins if as_at else None)
        until = last or (max(as_at.on, as_at.ends) if as_at else None)
        return [] if since is None or until is None else spans(grain, definition.period, since, until)

    def latest(self, definition: Definition, up_to: date | None) -> Span | None:
        """Return the latest period with a settled figure; where there is none, the latest."""
        as_at = self.as_ats[definition.id]
        if as_at is None:
            return None
        last = up_to or max(as_at.on, as_at.ends)
        newest: Span | None = None
        for start, end in islice(periods_back(definition.period, last, as_at.begins), OLDEST_HEADLINE):
            span = Span(start, end, start)
            if self.is_settled(definition, span):
                return span
            newest = newest or span
        return newest

    def is_settled(self, definition: Definition, span: Span) -> bool:
        """Return whether the figure of a span is complete."""
        as_at = self.as_ats[definition.id]
        return self._state(definition, as_at, span, self._sums(definition, span)) is State.COMPLETE

    def rows(self, definition: Definition, grain: Grain, among: Sequence[Span]) -> list[tuple[object, ...]]:
        """Return the figures of the spans as rows of SERIES."""
        as_at = self.as_ats[definition.id]
        in_days = definition.rolling_unit is not None and grain is Grain.TWELVE_MONTHS
        days = working_days(self.connection, among) if in_days else {}
        return [self._row(definition, grain, span, as_at, days.get(span, 1)) for span in among]

    def _row(
        self, definition: Definition, grain: Grain, span: Span, as_at: AsAt | None, times: float
    ) -> tuple[object, ...]:
        sums = self._sums(definition, span)
        state = self._state(definition, as_at, span, sums)
        if self.teams & hidden_in(self.hidden.get(definition.id, {}), span):
            sums, state = replace(sums, numerator=0, denominator=0, cases=0), State.NOT_COMPUTABLE
        elif self._never_sent(definition, span):
            sums = none_told(sums)
        return row_of(definition, grain, span, self.team, sums, state, times=times)

    def _state(self, definition: Definition, as_at: AsAt | None, span: Span, sums: Sums) -> State:
        """Return what a figure is worth; a format or an extract that can't tell it leaves none, and never a 0."""
        state = state_of(definition, as_at, span, sums)
        can_not_be_told = definition.id in self.lacking or self._never_sent(definition, span)
        return State.NOT_COMPUTABLE if can_not_be_told and state is not State.NO_DATA else state

    def _never_sent(self, definition: Definition, span: Span) -> bool:
        return bool(within(self.gaps[definition.id], span.first, span.end))

    def _sums(self, definition: Definition, span: Span) -> Sums:
        return together(self.parts, definition.id, self.teams, span)
