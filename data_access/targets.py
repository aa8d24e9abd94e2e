"""Targets and rebases as they hold for a measure: for the whole, a service or a team, from which day on.

A target for a team goes before one for its service, that before one for all. A baseline is worked out from the
rollup, for that team itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access.coverage.as_at import AsAt
from data_access.database.schema import CASE_TABLES
from data_access.dates.periods import Span, month_after, period_of, periods
from data_access.measures import Definition, measure_named
from data_access.queries.asking import as_at_times, check_team
from data_access.queries.figures import Parts, State, Sums, read_parts, state_of, teams_to_add, together
from data_access.scope import Scope
from data_access.vocabulary import Period


@dataclass(frozen=True)
class TargetStep:
    """A target from the day `starts` on, as a fraction or, for counts, a number for each natural period.

    `comparison` is at_least, above, at_most or below; `source` plan, national or ours (a line without a tag).
    """

    measure: str
    value: float
    comparison: str
    starts: date
    source: str
    plan_item: str | None
    reason: str


@dataclass(frozen=True)
class RebaseStep:
    """A decision that limits start again on the day `starts`, because the work changed."""

    measure: str
    starts: date
    label: str
    reason: str


def target_steps(
    scope: Scope, connection: sa.Connection, measures: Sequence[str], *, team: str | None = None
) -> dict[str, list[TargetStep]]:
    """Return the steps of each measure's target for a team, or for the whole, by measure and in order of time."""
    if team is not None:
        check_team(scope, connection, team)
    rows = _rows(connection, measures, team)
    baselines = _Baselines(scope, connection, sorted({row.measure for row in rows}), team)
    steps: dict[str, list[TargetStep]] = {name: [] for name in measures}
    for row in rows:
        for starts, value in baselines.values(row):
            steps[row.measure].append(
                TargetStep(row.measure, value, row.comparison, starts, row.source, row.plan_item, row.reason)
            )
    return {name: sorted(found, key=lambda step: step.starts) for name, found in steps.items()}


def rebases(
    connection: sa.Connection, measures: Sequence[str], *, team: str | None = None
) -> dict[str, list[RebaseStep]]:
    """Return each measure's rebases for the whole, and for the team where one is given, in order of time."""
    table = CASE_TABLES["rebases"]
    wanted = sa.select(table).where(
        table.c.measure.in_(list(measures)), sa.or_(table.c.team_id.is_(None), table.c.team_id == team)
    )
    found: dict[str, list[RebaseStep]] = {name: [] for name in measures}
    for row in connection.execute(wanted.order_by(table.c.from_date, table.c.rebase_id)):
        found[row.measure].append(RebaseStep(row.measure, row.from_date, row.label, row.reason))
    return found


def _rows(connection: sa.Connection, measures: Sequence[str], team: str | None) -> list[sa.Row[Any]]:
    """Return the targets that are nearest to the team: its own, else its service's, else those for all."""
    table, teams = CASE_TABLES["targets"], CASE_TABLES["teams"]
    service = connection.execute(sa.select(teams.c.service).where(teams.c.team_id == team)).scalar()
    everyone = sa.and_(table.c.team_id.is_(None), table.c.service.is_(None))
    wanted = sa.select(table).where(table.c.measure.in_(list(measures)), table.c.dimension.is_(None))
    if team is None:
        wanted = wanted.where(everyone)
    else:
        its_service = sa.and_(table.c.team_id.is_(None), table.c.service == service)
        wanted = wanted.where(sa.or_(table.c.team_id == team, its_service, everyone))
    nearest: dict[str, tuple[int, list[sa.Row[Any]]]] = {}
    for row in connection.execute(wanted.order_by(table.c.from_date, table.c.target_id)):
        nearness = 2 if row.team_id is not None else 1 if row.service is not None else 0
        held, rows = nearest.get(row.measure, (-1, []))
        if nearness > held:
            nearest[row.measure] = (nearness, [row])
        elif nearness == held:
            rows.append(row)
    return [row for _, rows in nearest.values() for row in rows]


class _Baselines:
    """Works out the figures that targets are held against."""

    def __init__(self, scope: Scope, connection: sa.Connection, measures: Sequence[str], team: str | None) -> None:
        self.teams = teams_to_add(scope, team)
        self.parts: dict[tuple[str, str], Parts] = read_parts(connection, measures, self.teams)
        self.as_ats = as_at_times(connection, [measure_named(name) for name in measures])

    def values(self, row: sa.Row[Any]) -> list[tuple[date, float]]:
        """Return from which days on which values hold; none where a baseline has no settled data."""
        starts = row.due_on or row.from_date
        if row.kind in ("fixed", "trajectory"):
            return [] if row.value is None else [(starts, row.value)]
        definition, as_at = measure_named(row.measure).definition, self.as_ats[row.measure]
        if as_at is None:
            return []
        if row.kind == "baseline":
            value = self._pooled(
                definition, as_at, _beginning_in(definition.period, row.baseline_from, row.baseline_to)
            )
            return [] if value is None else [(starts, value)]
        return self._months_of_the_year_before(definition, as_at, row.from_date)

    def _months_of_the_year_before(
        self, definition: Definition, as_at: AsAt, from_date: date
    ) -> list[tuple[date, float]]:
        found = []
        for month, _ in periods(Period.MONTH, from_date, as_at.on):
            before, end = period_of(month_after(month, -12), Period.MONTH)
            value = self._pooled(definition, as_at, [Span(before, end, before)])
            if value is not None:
                found.append((max(month, from_date), value))
        return found

    def _pooled(self, definition: Definition, as_at: AsAt, spans: Sequence[Span]) -> float | None:
        """Return the value over settled spans together; for counts the mean of a natural period."""
        every = [together(self.parts, definition.id, self.teams, span) for span in spans]
        settled = [state_of(definition, as_at, span, sums) for span, sums in zip(spans, every, strict=True)]
        if not spans or any(state is not State.COMPLETE for state in settled):
            return None
        numerator, denominator = sum(one.numerator for one in every), sum(one.denominator for one in every)
        if not definition.adding_up.has_denominator:
            days = sum((span.end - span.first).days + 1 for span in spans)
            return numerator / (days / 7 if definition.period is Period.WEEK else len(spans))
        return Sums(numerator, denominator, 0, 0, 0).value(definition)


def _beginning_in(period: Period, first: date | None, last: date | None) -> list[Span]:
    """Return the whole periods that begin from `first` to `last`."""
    if first is None or last is None:
        return []
    return [Span(start, end, start) for start, end in periods(period, first, last) if start >= first]
