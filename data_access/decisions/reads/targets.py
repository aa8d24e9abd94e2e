"""Targets as they hold for a measure: for the whole, a service or a team, from which day on.

A target for a team goes before one for its service, that before one for all. A baseline is worked out from the
rollup, for that team itself; the year before is none for months under another standard.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from data_access.coverage.as_at import AsAt
from data_access.database.schema.case_tables import CASE_TABLES
from data_access.dates.periods import Span, month_after, period_of, periods
from data_access.dates.stretches import Stretch
from data_access.decisions.fields import Content
from data_access.decisions.kinds.target import TARGET, WITH_VALUE
from data_access.decisions.standing import Standing
from data_access.decisions.what_stands import standing
from data_access.measures import Definition, measure_named
from data_access.queries.asking import as_at_times, check_team
from data_access.queries.definitions import changes_of_standard
from data_access.queries.figures import Parts, State, Sums, read_parts, state_of, teams_to_add, together
from data_access.scope import Scope
from data_access.vocabulary import Period


@dataclass(frozen=True)
class TargetStep:
    """A target from the day `starts` on, as a fraction or, for counts, a number for each natural period.

    It holds until another starts, or to the day before `ends`: a target worked out from earlier figures says nothing
    of those under a new standard. `comparison` is at_least, above, at_most or below; `source` plan, national or ours
    (a line without a tag). `of` are the days of the measure's own figure that is its value, where no value was set.
    """

    measure: str
    value: float
    comparison: str
    starts: date
    ends: date | None
    source: str
    plan_item: str | None
    reason: str
    of: Stretch | None


def target_steps(
    scope: Scope, connection: sa.Connection, measures: Sequence[str], *, team: str | None = None
) -> dict[str, list[TargetStep]]:
    """Return the steps of each measure's target for a team, or for the whole, by measure and in order of time."""
    if team is not None:
        check_team(scope, connection, team)
    nearest = [each for each in nearest_targets(connection, measures, team) if each.content["dimension"] is None]
    baselines = _Baselines(scope, connection, sorted({target.content["measure"] for target in nearest}), team)
    steps: dict[str, list[TargetStep]] = {name: [] for name in measures}
    for target in nearest:
        measure, comparison, source, item = (
            target.content[name] for name in ("measure", "comparison", "source", "plan_item")
        )
        for starts, value, of in baselines.values(target.content):
            ends = None if of is None else baselines.new_standard_after(measure, starts)
            steps[measure].append(
                TargetStep(measure, value, comparison, starts, ends, source, item, target.reason or "", of)
            )
    return {name: sorted(held, key=lambda step: step.starts) for name, held in steps.items()}


def nearest_targets(connection: sa.Connection, measures: Sequence[str], team: str | None) -> list[Standing]:
    """Return the targets that are nearest to the team: its own, else its service's, else those for all.

    Those for the cases of a value of a dimension are held apart from the others, value by value.
    """
    teams = CASE_TABLES["teams"]
    service = connection.execute(sa.select(teams.c.service).where(teams.c.team_id == team)).scalar()
    nearest: dict[tuple[str, ...], tuple[int, list[Standing]]] = {}
    stands = standing(Scope.everything(), connection, TARGET)
    for target in sorted(stands, key=lambda target: (target.content["from_date"], target.decision_id)):
        of_team, of_service, measure = (target.content[name] for name in ("team_id", "service", "measure"))
        nearness = 2 if of_team is not None else 1 if of_service is not None else 0
        concerns = (nearness == 0, nearness == 1 and of_service == service, nearness == 2 and of_team == team)
        if measure not in measures or not any(concerns):
            continue
        if team is None and nearness > 0:
            continue
        same = tuple(target.content[name] for name in ("measure", "dimension", "dimension_value"))
        held, targets = nearest.get(same, (-1, []))
        if nearness > held:
            nearest[same] = (nearness, [target])
        elif nearness == held:
            targets.append(target)
    return [target for _, targets in nearest.values() for target in targets]


class _Baselines:
    """Works out the figures that targets are held against."""

    def __init__(self, scope: Scope, connection: sa.Connection, measures: Sequence[str], team: str | None) -> None:
        self.teams = teams_to_add(scope, team)
        self.parts: dict[tuple[str, str], Parts] = read_parts(connection, measures, self.teams)
        self.new_standards = changes_of_standard(scope, connection)
        self.as_ats = as_at_times(connection, [measure_named(name) for name in measures])

    def new_standard_after(self, measure: str, day: date) -> date | None:
        """Return the first day after this one on which a measure gets a new standard; None where it gets none."""
        days = [standard.from_date for standard in self.new_standards.get(measure, ()) if standard.from_date > day]
        return min(days, default=None)

    def values(self, target: Content) -> list[tuple[date, float, Stretch | None]]:
        """Return from which days on which values hold, and of which days each is the figure.

        None where a baseline has no settled data.
        """
        starts = target["due_on"] or target["from_date"]
        if target["kind"] in WITH_VALUE:
            return [] if target["value"] is None else [(starts, target["value"], None)]
        definition, as_at = measure_named(target["measure"]).definition, self.as_ats[target["measure"]]
        if as_at is None:
            return []
        if target["kind"] == "baseline":
            spans = _beginning_in(definition.period, target["baseline_from"], target["baseline_to"])
            value = self._pooled(definition, as_at, spans)
            return [] if value is None else [(starts, value, (spans[0].first, spans[-1].end))]
        return self._months_of_the_year_before(definition, as_at, target["from_date"])

    def _months_of_the_year_before(
        self, definition: Definition, as_at: AsAt, from_date: date
    ) -> list[tuple[date, float, Stretch | None]]:
        values: list[tuple[date, float, Stretch | None]] = []
        for month, _ in periods(Period.MONTH, from_date, as_at.on):
            before, end = period_of(month_after(month, -12), Period.MONTH)
            changed = self.new_standard_after(definition.id, before)
            if changed is not None and changed <= month:
                continue
            value = self._pooled(definition, as_at, [Span(before, end, before)])
            if value is not None:
                values.append((max(month, from_date), value, (before, end)))
        return values

    def _pooled(self, definition: Definition, as_at: AsAt, spans: Sequence[Span]) -> float | None:
        """Return the value over settled spans together; for counts the mean of a natural period."""
        every = [together(self.parts, definition.id, self.teams, span) for span in spans]
        settled = [state_of(definition, as_at, span, sums) for span, sums in zip(spans, every, strict=True)]
        if not spans or any(state is not State.COMPLETE for state in settled):
            return None
        numerator, denominator = sum(sums.numerator for sums in every), sum(sums.denominator for sums in every)
        if not definition.adding_up.has_denominator:
            if not definition.adding_up.sums_over_time:
                return numerator / len(spans)
            days = sum((span.end - span.first).days + 1 for span in spans)
            return numerator / (days / 7 if definition.period is Period.WEEK else len(spans))
        return Sums(numerator, denominator, 0, 0, 0).value(definition)


def _beginning_in(period: Period, first: date | None, last: date | None) -> list[Span]:
    """Return the whole periods that begin from `first` to `last`."""
    if first is None or last is None:
        return []
    return [Span(start, end, start) for start, end in periods(period, first, last) if start >= first]
