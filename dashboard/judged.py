"""From a measure's figures to their judgement: the bridge between what the data layer reads and what is judged.

Pages and exports both take judgement and sentence from `judge_measures`, so that they say the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
import sqlalchemy as sa

from dashboard.analysis.judgement import Judgement
from dashboard.analysis.judging import judge
from dashboard.analysis.series import Point, Rebase
from dashboard.analysis.subject import Subject
from dashboard.analysis.targets import Target
from dashboard.analysis.vocabulary import Chart, Comparison, Gap, Period, Polarity, Unit
from data_access import queries
from data_access.as_at import Lacking
from data_access.measures import measure_named
from data_access.measures.definition import Definition, Kind
from data_access.queries import State
from data_access.scope import Scope
from data_access.targets import RebaseStep, TargetStep, rebases, target_steps

_COMPARISONS: Final = {
    "at_least": Comparison.AT_LEAST,
    "above": Comparison.MORE_THAN,
    "at_most": Comparison.AT_MOST,
    "below": Comparison.LESS_THAN,
}
_GAPS: Final = {
    State.NO_DATA: Gap.NO_DATA,
    State.NO_CASES: Gap.NO_CASES,
    State.NOT_COMPUTABLE: Gap.NOT_COMPUTABLE,
}
_UNSETTLED: Final = (State.IN_PROGRESS, State.NOT_SETTLED)
_SECONDS_WAITED: Final = "seconds_taken"
_HOUR: Final = 3600


@dataclass(frozen=True)
class JudgedMeasure:
    """A measure's series with its judgement, of a team or the whole.

    `waiting` counts the late cases that wait now, whichever period comes last; `waiting_longest_hours` is how long
    the first of them has waited, None where nobody waits or no hours are counted. `lacking` says what a format does
    not tell, where that alone is why there is no figure.
    """

    definition: Definition
    figures: pl.DataFrame
    judgement: Judgement
    targets: tuple[TargetStep, ...]
    rebases: tuple[RebaseStep, ...]
    waiting: int
    waiting_longest_hours: float | None
    lacking: Lacking | None

    @property
    def sentence(self) -> str:
        """Return the sentence of the measure, title and value first; where a format can't tell it, why not."""
        if self.lacking is None:
            return self.judgement.sentence
        why = not_computable(self.lacking)
        return f"{self.definition.title}: {why[:1].lower()}{why[1:]}"


def judge_measures(
    scope: Scope, connection: sa.Connection, figures: Mapping[str, pl.DataFrame], *, team: str | None = None
) -> dict[str, JudgedMeasure]:
    """Judge measures by their series at the natural period: `figures` are rows of queries.SERIES by measure."""
    steps = target_steps(scope, connection, list(figures), team=team)
    begun = rebases(connection, list(figures), team=team)
    lacking = queries.known_in_any_format(connection, [measure_named(name) for name in figures])[1]
    found: dict[str, JudgedMeasure] = {}
    for name, series in figures.items():
        definition = measure_named(name).definition
        number, longest = _waiting(scope, connection, definition, team)
        found[name] = JudgedMeasure(
            definition=definition,
            figures=series,
            judgement=judge_figures(definition, series, steps[name], begun[name], waiting=number),
            targets=tuple(steps[name]),
            rebases=tuple(begun[name]),
            waiting=number,
            waiting_longest_hours=longest,
            lacking=lacking.get(name),
        )
    return found


def _waiting(
    scope: Scope, connection: sa.Connection, definition: Definition, team: str | None
) -> tuple[int, float | None]:
    """Return how many late cases wait, and for how many hours the first has: none for who may list no cases."""
    if definition.blank_while_open is None or scope.case_teams == frozenset():
        return 0, None
    cases = queries.waiting(scope, connection, definition.id, team=team)
    if not cases.height or _SECONDS_WAITED not in cases.columns:
        return cases.height, None
    return cases.height, max(cases.get_column(_SECONDS_WAITED).to_list()) / _HOUR


def not_computable(lacking: Lacking) -> str:
    """Return why a format can't tell a measure: "Not computable from Annex A: it does not tell what was decided"."""
    meanings = [f"{meaning[:1].lower()}{meaning[1:]}" for meaning in lacking.meanings]
    return f"Not computable from {lacking.format}: it does not tell {' or '.join(meanings)}"


def judge_figures(
    definition: Definition,
    figures: pl.DataFrame,
    targets: Sequence[TargetStep] = (),
    rebases: Sequence[RebaseStep] = (),
    *,
    waiting: int = 0,
) -> Judgement:
    """Judge a measure's series at its natural period, for one team or the whole: rows of queries.SERIES."""
    return judge(
        subject_of(definition),
        points_of(definition, figures),
        chart=Chart(definition.chart.value),
        targets=targets_of(targets),
        rebases=[Rebase(rebase.starts, rebase.label) for rebase in rebases],
        waiting=waiting,
    )


def subject_of(definition: Definition) -> Subject:
    """Return what judging and wording need to know of a measure."""
    return Subject(
        title=definition.title,
        polarity=Polarity(definition.polarity.value),
        unit=Unit.COUNT if definition.kind is Kind.COUNT else Unit.PERCENT,
        period=Period(definition.period.value),
        only_an_aim=definition.only_an_aim,
    )


def points_of(definition: Definition, figures: pl.DataFrame) -> list[Point]:
    """Return the figures as points, without the stretches before the first and after the last datum."""
    points = [_point(definition, row) for row in figures.sort("start").iter_rows(named=True)]
    known = [place for place, point in enumerate(points) if point.gap is not Gap.NO_DATA]
    return points[known[0] : known[-1] + 1] if known else []


def _point(definition: Definition, row: dict[str, Any]) -> Point:
    state = State(row["state"])
    if state in _GAPS:
        return Point.missing(row["start"], _GAPS[state])
    partial = state in _UNSETTLED
    if definition.kind is Kind.COUNT:
        return Point.of_value(row["start"], row["value"], partial=partial)
    return Point.of_counts(
        row["start"], row["numerator"], row["denominator"], partial=partial, not_computable=row["not_computable"]
    )


def targets_of(steps: Sequence[TargetStep]) -> list[Target]:
    """Return the steps of a target; of two that start on one day the later in order counts."""
    by_day = {
        step.starts: Target(step.value, _COMPARISONS[step.comparison], step.starts, reference=step.source == "ours")
        for step in steps
    }
    return list(by_day.values())
