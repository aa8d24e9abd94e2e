"""From a measure's figures to their judgement: the bridge between what the data layer reads and what is judged."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from dashboard.analysis.judgement import Judgement
from dashboard.analysis.judging import judge
from dashboard.analysis.series import Doubt, Point, Rebase
from dashboard.analysis.subject import Subject
from dashboard.analysis.targets import Target
from dashboard.analysis.vocabulary import Chart, Comparison, Gap, Period, Polarity, Unit
from data_access.measures.definition import PERCENT, Definition, Kind
from data_access.queries import State
from data_access.targets import RebaseStep, TargetStep

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


def judge_figures(
    definition: Definition,
    figures: pl.DataFrame,
    targets: Sequence[TargetStep] = (),
    rebases: Sequence[RebaseStep] = (),
    *,
    doubts: pl.DataFrame | None = None,
    waiting: int = 0,
) -> Judgement:
    """Judge a measure's series at its natural period, for one team or the whole: rows of queries.SERIES.

    `doubts` are the rows of queries.DOUBTS for the same figures.
    """
    return judge(
        subject_of(definition),
        points_of(definition, figures, doubts_of(definition, doubts)),
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
        unit=_unit_of(definition),
        per="" if _unit_of(definition) is not Unit.RATE else definition.unit,
        may_pass_100=definition.kind is Kind.RATE,
        period=Period(definition.period.value),
        only_an_aim=definition.only_an_aim,
    )


def _unit_of(definition: Definition) -> Unit:
    """Return what the figures are: a rate is a percentage only where its unit says so ("%"), else a plain number."""
    if definition.kind is Kind.COUNT:
        return Unit.COUNT
    return Unit.PERCENT if definition.kind is Kind.PROPORTION or definition.unit == PERCENT else Unit.RATE


def doubts_of(definition: Definition, doubts: pl.DataFrame | None) -> dict[date, Doubt]:
    """Return the rows in doubt at a measure's figures by the first day of the period: rows of queries.DOUBTS."""
    if doubts is None:
        return {}
    mine = doubts.filter(pl.col("measure") == definition.id).drop("measure", "refused")
    return {row.pop("start"): Doubt(**row) for row in mine.iter_rows(named=True)}


def points_of(definition: Definition, figures: pl.DataFrame, doubts: Mapping[date, Doubt]) -> list[Point]:
    """Return the figures as points, without the stretches before the first and after the last datum."""
    points = [
        _point(definition, row, doubts.get(row["start"])) for row in figures.sort("start").iter_rows(named=True)
    ]
    known = [place for place, point in enumerate(points) if point.gap is not Gap.NO_DATA]
    return points[known[0] : known[-1] + 1] if known else []


def _point(definition: Definition, row: dict[str, Any], doubt: Doubt | None) -> Point:
    state = State(row["state"])
    if state in _GAPS:
        return Point.missing(row["start"], _GAPS[state], not_computable=row["not_computable"] or 0)
    partial = state in _UNSETTLED
    if definition.kind is Kind.COUNT:
        return Point.of_value(row["start"], row["value"], partial=partial, doubt=doubt)
    return Point.of_counts(
        row["start"],
        row["numerator"],
        row["denominator"],
        partial=partial,
        # cases beside a rate can't be added to its amounts, so that they make no range of it
        not_computable=row["not_computable"] if definition.kind is Kind.PROPORTION else 0,
        doubt=doubt,
    )


def targets_of(steps: Sequence[TargetStep]) -> list[Target]:
    """Return the steps of a target; of two that start on one day the later in order counts."""
    by_day = {
        step.starts: Target(step.value, _COMPARISONS[step.comparison], step.starts, reference=step.source == "ours")
        for step in steps
    }
    return list(by_day.values())
