"""From a measure's figures to their judgement: the bridge between what the data layer reads and what is judged.

Pages and exports both take judgement and sentence from `judge_measures`, so that they say the same.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import polars as pl

from dashboard.analysis.judgement import Judgement
from dashboard.analysis.judging import judge
from dashboard.analysis.series import Doubt, Point, Rebase
from dashboard.analysis.subject import Subject
from dashboard.analysis.targets import COMPARISON_OF, Target, YearToDate, in_force
from dashboard.analysis.wording import day
from dashboard.readings.cases import waiting_with_children, why_not_listed
from dashboard.readings.reading import Reading
from dashboard.words.cases import longest_wait
from data_access import queries
from data_access.coverage.as_at import AsAt, Lacking
from data_access.coverage.never_sent import Gap, in_words, within
from data_access.dates.periods import Grain, period_of
from data_access.decisions.reads.left_out_periods import left_out_periods
from data_access.decisions.reads.rebases import RebaseStep, rebases
from data_access.decisions.reads.targets import TargetStep, target_steps
from data_access.measures import measure_named
from data_access.measures.definition import PERCENT, Definition
from data_access.queries import State
from data_access.queries.definitions import Standard, changes_of_standard
from data_access.vocabulary import Gap as NoFigure
from data_access.vocabulary import Period, Unit

_GAPS: Final = {
    State.NO_DATA: NoFigure.NO_DATA,
    State.NO_CASES: NoFigure.NO_CASES,
    State.NOT_COMPUTABLE: NoFigure.NOT_COMPUTABLE,
}
_UNSETTLED: Final = (State.IN_PROGRESS, State.NOT_SETTLED)
_NOBODY: Final[tuple[tuple[str, ...], int, str]] = ((), 0, "")


@dataclass(frozen=True)
class JudgedMeasure:
    """A measure's series with its judgement, of a team or the whole.

    `waiting` counts the late cases that wait now, whichever period comes last, `waiting_children` the children whose
    cases they are; `waiting_longest` is how long the first of them has waited, "66 hours", empty where nobody waits;
    `waiting_cases` are their ids.
    `lacking` says what a format does not tell, where that alone is why there is no figure; `gaps` which columns were
    never sent for the latest period, so that it has none.
    """

    definition: Definition
    figures: pl.DataFrame
    judgement: Judgement
    targets: tuple[TargetStep, ...]
    rebases: tuple[RebaseStep, ...]
    new_standards: tuple[Standard, ...]
    waiting: int
    waiting_children: int
    waiting_longest: str
    waiting_cases: tuple[str, ...]
    lacking: Lacking | None
    gaps: tuple[Gap, ...]

    @property
    def why_none(self) -> str | None:
        """Return why there is no figure of the latest period, where a format or a column never sent is the cause."""
        if self.lacking is not None:
            return _not_told(self.lacking)
        return _never_sent(self.gaps) if self.gaps else None

    @property
    def sentence(self) -> str:
        """Return the sentence of the measure, title and value first; where it can't be told, why not."""
        why = self.why_none
        return self.judgement.sentence if why is None else f"{self.definition.title}: {why[:1].lower()}{why[1:]}"


@dataclass(frozen=True)
class Context:
    """What judging some measures needs to know besides their figures, of a team or the whole, whatever the week.

    By measure: `targets`, `rebases`, `new_standards` (those that took the place of another), `left_out` (periods left
    out of the limits), `as_ats` (as at when each is
    known), `lacking` and `gaps`. `doubts` are rows of queries.DOUBTS. `waiting` is by measure which late cases
    wait now, of how many children, and how long the first of them has waited. `listed` are the measures of which the
    reader may list cases.
    """

    targets: Mapping[str, Sequence[TargetStep]]
    rebases: Mapping[str, Sequence[RebaseStep]]
    new_standards: Mapping[str, Sequence[Standard]]
    left_out: Mapping[str, Mapping[date, str]]
    as_ats: Mapping[str, AsAt | None]
    lacking: Mapping[str, Lacking]
    gaps: Mapping[str, Sequence[Gap]]
    doubts: pl.DataFrame
    waiting: Mapping[str, tuple[tuple[str, ...], int, str]]
    listed: Collection[str]

    def with_set_targets(self) -> "Context":
        """Return the same without targets that are earlier figures: those may be hidden where this one leaves."""
        targets = {name: [step for step in steps if step.of is None] for name, steps in self.targets.items()}
        return replace(self, targets=targets)


def figures_of(
    reading: Reading,
    measures: Sequence[str],
    *,
    grain: Grain | None = None,
    last: date | None = None,
    team: str | None = None,
) -> dict[str, pl.DataFrame]:
    """Return queries.series by measure, in the order of periods: at the natural grain, or at another."""
    rows = queries.series(reading.scope, reading.connection, measures, grain=grain, last=last, team=team)
    return {name: rows.filter(pl.col("measure") == name).sort("start") for name in measures}


def judging_context(reading: Reading, names: Sequence[str], *, team: str | None = None) -> Context:
    """Return what judging some measures needs besides their figures, of a team or the whole."""
    scope, connection = reading.scope, reading.connection
    measures = [measure_named(name) for name in names]
    as_ats, lacking = queries.known_in_any_format(connection, measures)
    listed = frozenset(name for name in names if why_not_listed(reading.actor, name) is None)
    return Context(
        targets=target_steps(scope, connection, names, team=team),
        rebases=rebases(connection, names, team=team),
        new_standards=changes_of_standard(scope, connection),
        left_out=left_out_periods(connection, names, team=team),
        as_ats=as_ats,
        lacking=lacking,
        gaps=queries.gaps(connection, measures),
        doubts=queries.doubts(scope, connection, names, team=team),
        waiting={
            measure.id: _waiting(reading, measure.definition, team) if measure.id in listed else _NOBODY
            for measure in measures
        },
        listed=listed,
    )


def judge_measures(
    figures: Mapping[str, pl.DataFrame], context: Context, *, rebased: bool = True
) -> dict[str, JudgedMeasure]:
    """Judge measures by their series at the natural period: `figures` are rows of queries.SERIES by measure.

    Where they are not `rebased`, they are judged as if limits had never started again.
    """
    return {name: _judged(name, series, context, rebased=rebased) for name, series in figures.items()}


def _judged(name: str, series: pl.DataFrame, context: Context, *, rebased: bool) -> JudgedMeasure:
    definition = measure_named(name).definition
    steps, begun = context.targets[name], context.rebases[name]
    new_standards = context.new_standards.get(name, ())
    cases, children, longest = context.waiting[name]
    return JudgedMeasure(
        definition=definition,
        figures=series,
        judgement=judge_figures(
            definition,
            series,
            steps,
            begun if rebased else (),
            new_standards=new_standards,
            doubts=context.doubts,
            waiting=len(cases),
            lists_cases=name in context.listed,
            as_at=context.as_ats[name],
            left_out=context.left_out[name],
        ),
        targets=tuple(steps),
        rebases=tuple(begun),
        new_standards=tuple(new_standards),
        waiting=len(cases),
        waiting_children=children,
        waiting_longest=longest,
        waiting_cases=cases,
        lacking=context.lacking.get(name),
        gaps=_of_the_latest(series, context.gaps[name]),
    )


def _waiting(reading: Reading, definition: Definition, team: str | None) -> tuple[tuple[str, ...], int, str]:
    """Return which late cases wait, of how many children, and how long the first has waited."""
    if definition.blank_while_open is None:
        return _NOBODY
    cases, children = waiting_with_children(reading, definition.id, team=team)
    return tuple(cases.get_column("case_id")), children, longest_wait(cases, definition)


def _of_the_latest(series: pl.DataFrame, gaps: Sequence[Gap]) -> tuple[Gap, ...]:
    """Return the gaps of the latest period of a series that has data at all."""
    known = series.filter(pl.col("state") != State.NO_DATA).sort("start")
    if not gaps or known.is_empty():
        return ()
    return within(gaps, *known.select("start", "end").row(-1))


def _not_told(lacking: Lacking) -> str:
    """Return why a format can't tell a measure: "Not computable from Annex A: it does not tell what was decided"."""
    meanings = [f"{meaning[:1].lower()}{meaning[1:]}" for meaning in lacking.meanings]
    return f"Not computable from {lacking.format}: it does not tell {' or '.join(meanings)}"


def _never_sent(gaps: Sequence[Gap]) -> str:
    """Return which columns are missed and since when: "Not computable since 30 March 2009: never sent is …"."""
    first = max(gap.begins for gap in gaps)
    several = "were" if len({(gap.extract, gap.column) for gap in gaps}) > 1 else "was"
    return f"Not computable since {day(first)} {first.year}: {in_words(gaps)} {several} never sent"


def judge_figures(
    definition: Definition,
    figures: pl.DataFrame,
    targets: Sequence[TargetStep] = (),
    rebases: Sequence[RebaseStep] = (),
    *,
    new_standards: Sequence[Standard] = (),
    doubts: pl.DataFrame | None = None,
    waiting: int = 0,
    lists_cases: bool = True,
    as_at: AsAt | None = None,
    left_out: Mapping[date, str] | None = None,
) -> Judgement:
    """Judge a measure's series at its natural period, for one team or the whole: rows of queries.SERIES.

    `doubts` are the rows of queries.DOUBTS for the same figures; `as_at` says as at when and for which dates they are
    known, and when `waiting` late cases are still open; `lists_cases` whether the reader may list cases; `left_out`
    are the periods that people left out of the limits, by first day, with the reason.
    """
    steps = targets_of(targets)
    return judge(
        subject_of(definition),
        points_of(definition, figures, doubts_of(definition, doubts), left_out or {}),
        chart=definition.chart,
        targets=() if definition.annual_target else steps,
        year=year_of(definition, figures, steps, as_at) if definition.annual_target else None,
        rebases=[
            *(Rebase(rebase.starts, rebase.label) for rebase in rebases),
            *(Rebase(standard.from_date, standard_words(standard), of_standard=True) for standard in new_standards),
        ],
        waiting=waiting,
        waiting_on=None if as_at is None else as_at.on,
        lists_cases=lists_cases,
    )


def standard_words(standard: Standard) -> str:
    """Return what stands where a new standard begins: "new standard: 10 working days"."""
    return f"new standard: {standard.working_days} working days"


def year_of(
    definition: Definition, figures: pl.DataFrame, targets: Sequence[Target], as_at: AsAt | None
) -> YearToDate | None:
    """Return the target of the financial year in which the data end, with the year's figure so far.

    None without a target or a figure, and where the data begin within the year.
    """
    if as_at is None:
        return None
    starts, ends = period_of(as_at.ends, Period.YEAR)
    within_year = figures.filter(pl.col("start") >= starts, pl.col("start") <= as_at.ends)
    target = in_force(targets, ends)
    if target is None or within_year.is_empty() or State.NO_DATA in within_year.get_column("state"):
        return None
    numerator, denominator = (float(within_year.get_column(name).sum()) for name in ("numerator", "denominator"))
    figure = definition.adding_up.value(numerator, denominator)
    target = replace(target, starts=None)
    return None if figure is None else YearToDate(target, figure, starts, min(as_at.ends, ends), ends)


def subject_of(definition: Definition) -> Subject:
    """Return what judging and wording need to know of a measure."""
    return Subject(
        title=definition.title,
        polarity=definition.polarity,
        unit=_unit_of(definition),
        per="" if _unit_of(definition) is not Unit.RATE else definition.unit,
        may_pass_100=definition.adding_up.may_pass_100,
        period=definition.period,
        only_an_aim=definition.only_an_aim,
        stands_on_last_day=not definition.adding_up.sums_over_time,
    )


def _unit_of(definition: Definition) -> Unit:
    """Return what the figures are: a percentage where the unit says so ("%"), else a plain number."""
    if not definition.adding_up.has_denominator:
        return Unit.COUNT
    return Unit.PERCENT if definition.unit == PERCENT else Unit.RATE


def doubts_of(definition: Definition, doubts: pl.DataFrame | None) -> dict[date, Doubt]:
    """Return the rows in doubt at a measure's figures by the first day of the period: rows of queries.DOUBTS."""
    if doubts is None:
        return {}
    mine = doubts.filter(pl.col("measure") == definition.id).drop("measure", "refused")
    return {row.pop("start"): Doubt(**row) for row in mine.iter_rows(named=True)}


def points_of(
    definition: Definition, figures: pl.DataFrame, doubts: Mapping[date, Doubt], left_out: Mapping[date, str]
) -> list[Point]:
    """Return the figures as points, without the stretches before the first and after the last datum."""
    points = [
        _point(definition, row, doubts.get(row["start"]), left_out.get(row["start"]))
        for row in figures.sort("start").iter_rows(named=True)
    ]
    known = [place for place, point in enumerate(points) if point.gap is not NoFigure.NO_DATA]
    return points[known[0] : known[-1] + 1] if known else []


def _point(definition: Definition, row: dict[str, Any], doubt: Doubt | None, ghost: str | None) -> Point:
    state = State(row["state"])
    if state in _GAPS:
        return Point.missing(row["start"], _GAPS[state], not_computable=row["not_computable"] or 0)
    partial = state in _UNSETTLED
    if not definition.adding_up.has_denominator:
        return Point.of_value(row["start"], row["value"], partial=partial, ghost=ghost, doubt=doubt)
    return Point.of_counts(
        row["start"],
        row["numerator"],
        row["denominator"],
        partial=partial,
        ghost=ghost,
        # rows left out can't be added to amounts, so that they make no range of them
        not_computable=row["not_computable"] if definition.adding_up.counts_cases else 0,
        doubt=doubt,
    )


def targets_of(steps: Sequence[TargetStep]) -> list[Target]:
    """Return the steps of a target; of two that start on one day the later in order counts."""
    by_day = {
        step.starts: Target(
            step.value,
            COMPARISON_OF[step.comparison],
            step.starts,
            reference=step.source == "ours",
            ends=step.ends,
        )
        for step in steps
    }
    return list(by_day.values())
