"""Measures as a pack beyond the service tells them: judged from the figures that may leave, and from nothing else.

Whatever is said of a measure (its value, its limits, its sentence) is worked out from numbers that leave with it, so
that it can tell nobody more than they do. Each measure is published by the same periods whoever reads it, and how
often, so that no pack cuts what another has published: by one step longer than inside, where fewer numbers are small.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import polars as pl

from dashboard.analysis.judging import judge
from dashboard.analysis.series import Point, Rebase
from dashboard.analysis.suppression import HIDDEN
from dashboard.exports.public_export import publish
from dashboard.exports.rows import Row, Wanted, told_by_period
from dashboard.readings.judgements import Context, judging_context, standard_words, subject_of, targets_of
from dashboard.readings.measure_views import MeasureView
from dashboard.readings.reading import Reading
from data_access import queries
from data_access.dates.periods import Grain, ended_by, month_after, period_of
from data_access.decisions.reads.targets import TargetStep
from data_access.measures import measure_named
from data_access.measures.definition import About, Definition
from data_access.queries import SERIES, State
from data_access.vocabulary import Chart, Gap, Period

MONTHS: Final = 24
"""So many months are told, up to the last that has ended, and the quarters and years within them."""
RECENT: Final = 3
"""Where so many of the latest periods are hidden, nothing is told of those before."""
_SETTLED: Final = (State.COMPLETE, State.NO_CASES, State.NOT_COMPUTABLE)
_GAPS: Final = {State.NO_CASES: Gap.NO_CASES, State.NOT_COMPUTABLE: Gap.NOT_COMPUTABLE}
_NOT_JUDGED: Final = dict.fromkeys(("variation", "assurance", "target", "target_state", "sentence"))


@dataclass(frozen=True)
class PublishedMeasure:
    """A measure as it may be told, from its rows (exports.rows.COLUMNS).

    Nothing of `view` is about cases that wait, events or rows in doubt.
    """

    view: MeasureView
    rows: tuple[Row, ...]


def published_measures(reading: Reading, measures: Sequence[str], *, up_to: date) -> dict[str, PublishedMeasure]:
    """Publish what had ended by a day of some measures, and return them by id.

    The reading must be on the transaction of published.publishing; show nothing before that ends well. Raise
    NotAllowedProblem for who may not publish, DatabaseProblem where the figures are not of this program's
    definitions.
    """
    queries.check_current(reading.connection)
    first = month_after(ended_by(up_to, Period.MONTH).replace(day=1), 1 - MONTHS)
    context = judging_context(reading, measures)
    published: dict[str, PublishedMeasure] = {}
    for period in (Period.MONTH, Period.QUARTER, Period.YEAR):
        told = tuple(name for name in measures if public_period(measure_named(name).definition) is period)
        # a period that begins before is left out, as the months in it are that would be
        wanted = Wanted(told, Grain(period), _begins(first, period), ended_by(up_to, period))
        rows = publish(reading, wanted, of_teams=False, team=None).rows if told else []
        for name in told:
            known = _known([row for row in rows if row["measure"] == name])
            published[name] = _measure(name, period, known, context)
    return published


def public_period(definition: Definition) -> Period:
    """Return the periods by which a measure is told beyond the service.

    A month for what is counted by the week, a quarter for what is counted by the month, since that is rare. Of
    staff health no small number has to be hidden in the figure of the whole service.
    """
    if definition.period is Period.WEEK or definition.about is About.STAFF_HEALTH:
        return Period.MONTH
    return Period.QUARTER if definition.period is Period.MONTH else definition.period


def _begins(day: date, period: Period) -> date:
    start, end = period_of(day, period)
    return start if start == day else end + timedelta(days=1)


def _measure(name: str, period: Period, known: Sequence[Row], context: Context) -> PublishedMeasure:
    view = _view(name, period, known, context)
    told = told_by_period(view, public=True)
    return PublishedMeasure(view, tuple({**row, **_NOT_JUDGED, **told.get(row["start"], {})} for row in known))


def _known(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of which there are data, up to the last that is settled."""
    known = [row for row in rows if row["state"] != State.NO_DATA]
    while known and known[-1]["state"] not in _SETTLED:
        known.pop()
    return known


def _is_shown(row: Row) -> bool:
    return row["state"] in _SETTLED and HIDDEN not in (row["numerator"], row["denominator"], row["value"])


def _view(name: str, period: Period, rows: Sequence[Row], context: Context) -> MeasureView:
    natural = measure_named(name).definition
    # a year's figure is held against the target of the year like any other
    definition = replace(natural, period=period, annual_target=False)
    targets = _targets(natural, period, rows, context.targets[name])
    standards = tuple(context.new_standards.get(name, ()))
    judgement = judge(
        subject_of(definition),
        _points(definition, rows),
        # what is hidden is no chance sample of what there is, and limits without it would mislead
        chart=definition.chart if all(map(_is_shown, rows)) else Chart.LINE,
        targets=targets_of(targets),
        rebases=[
            # without their labels, which people typed
            *(Rebase(rebase.starts) for rebase in context.rebases[name]),
            *(Rebase(standard.from_date, standard_words(standard), of_standard=True) for standard in standards),
        ],
        lists_cases=False,
    )
    latest = None if judgement.latest is None else judgement.latest.point
    return MeasureView(
        definition=definition,
        figures=pl.DataFrame(schema=SERIES),
        judgement=judgement,
        targets=targets,
        rebases=(),
        new_standards=standards,
        waiting=0,
        waiting_children=0,
        waiting_longest="",
        waiting_cases=(),
        lacking=context.lacking.get(name),
        gaps=(),
        headline={
            "not_computable": 0 if latest is None else latest.not_computable,
            "ytd_value": None if latest is None else _year_to_date(definition, latest.start, rows),
        },
    )


def _targets(
    natural: Definition, period: Period, rows: Sequence[Row], steps: Sequence[TargetStep]
) -> tuple[TargetStep, ...]:
    """Return the targets that may be told beside rows: those that people set, and earlier figures that are shown.

    So many a week can't be held against a month, nor so many a month against a quarter.
    """
    way, shown = natural.adding_up, {row["start"]: row["value"] for row in rows if _is_shown(row)}
    is_other = period is not natural.period and not way.has_denominator and way.sums_over_time
    told = [step for step in steps if step.of is None and not is_other]
    for step in steps:
        if step.of is not None and step.of == period_of(step.of[0], period):
            value = shown.get(step.of[0])
            told += [] if value is None else [replace(step, value=value)]
    return tuple(told)


def _points(definition: Definition, rows: Sequence[Row]) -> list[Point]:
    if not any(map(_is_shown, rows[-RECENT:])):
        # an older figure would be taken for how things stand
        return [Point.missing(row["start"], Gap.HIDDEN) for row in rows]
    return [_point(definition, row) for row in rows]


def _point(definition: Definition, row: Row) -> Point:
    if not _is_shown(row):
        return Point.missing(row["start"], Gap.HIDDEN)
    left_out = 0 if row["not_computable"] == HIDDEN else row["not_computable"]
    if row["value"] is None:
        return Point.missing(row["start"], _GAPS[State(row["state"])], not_computable=left_out)
    if not definition.adding_up.has_denominator:
        return Point.of_value(row["start"], row["value"])
    counted = left_out if definition.adding_up.counts_cases else 0
    return Point.of_counts(row["start"], row["numerator"], row["denominator"], not_computable=counted)


def _year_to_date(definition: Definition, latest: date, rows: Sequence[Row]) -> float | None:
    """Return the figure of the financial year up to a period's end, added up from what is shown.

    None where any of it is hidden or not known.
    """
    since = period_of(latest, Period.YEAR)[0]
    parts = [row for row in rows if since <= row["start"] <= latest]
    if not definition.adding_up.sums_over_time or not all(map(_is_shown, parts)) or parts[0]["start"] != since:
        return None
    numerator, denominator = (float(sum(row[name] or 0 for row in parts)) for name in ("numerator", "denominator"))
    return definition.adding_up.value(numerator, denominator)
