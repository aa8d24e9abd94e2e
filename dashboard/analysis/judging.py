"""Judge a series: points in, one `Judgement` out."""

from collections.abc import Sequence
from datetime import date
from itertools import accumulate

from dashboard.analysis.assurance import assure
from dashboard.analysis.judgement import JudgedPoint, Judgement, Segment, Settings
from dashboard.analysis.limits import Fit, Limits, display, fit
from dashboard.analysis.outlook import Process, pace, year_end
from dashboard.analysis.rules import Signal, signals, variation_of
from dashboard.analysis.series import Point, Rebase, in_order, stretches
from dashboard.analysis.subject import Subject
from dashboard.analysis.targets import Target, YearToDate, check_targets, in_force, in_view, tag, tag_of_year
from data_access.vocabulary import Assurance, Chart, Display, Polarity, TargetState, Variation


def judge(
    subject: Subject,
    points: Sequence[Point],
    *,
    chart: Chart = Chart.XMR,
    targets: Sequence[Target] = (),
    year: YearToDate | None = None,
    rebases: Sequence[Rebase] = (),
    settings: Settings | None = None,
    waiting: int = 0,
    waiting_on: date | None = None,
    lists_cases: bool = True,
) -> Judgement:
    """Judge a series.

    Neighbours in `points` by date are taken as neighbours in time: a period without a figure must be given as
    `Point.missing`. `targets` are steps over time; `year` brings an annual target with the year's own figure, and
    excludes them. `waiting` late cases are still open on the day `waiting_on`; `lists_cases` says whether the reader
    may list cases. Raises SeriesError for a point that cannot be true and ValueError for contradictory targets.
    """
    if targets and year is not None:
        raise ValueError("a measure has targets for its periods or one for the year, not both")
    check_targets([year.target] if year is not None else targets, subject.polarity)
    settings = settings or Settings()
    ordered = in_order(points, chart, proportion=chart.is_proportion or subject.is_proportion)
    segments: list[Segment] = []
    judged: list[JudgedPoint] = []
    for indices, rebase in stretches(ordered, rebases):
        part = [ordered[index] for index in indices]
        fitted = _fit(part, chart, settings)
        count = sum(point.judged for point in part)
        mean = None if fitted is None else fitted.limits_at(part[0]).mean
        segment = Segment(part[0].start, count, mean, display(count), rebase)
        judged += _judge_part(
            part, fitted, segment, len(segments), subject=subject, settings=settings, targets=targets
        )
        segments.append(segment)
    latest = next((each for each in reversed(judged) if each.point.judged), None)
    process = None if latest is None else _process(latest, judged, segments[latest.segment])
    target = None if latest is None else in_view(targets, latest.point.start)
    if latest is None and targets:
        target = max(targets, key=lambda step: step.starts or date.min)
    state = tag(None if latest is None else latest.point, target) if year is None else tag_of_year(year)
    return Judgement(
        subject=subject,
        chart=chart,
        settings=settings,
        segments=tuple(segments),
        points=tuple(judged),
        latest=latest,
        last=next((point for point in reversed(ordered) if not point.partial), None),
        variation=_variation(latest, chart),
        assurance=Assurance.NONE
        if process is None
        else assure(target, subject.polarity, process.limits, [point.value or 0.0 for point in process.points]),
        target=target if year is None else year.target,
        target_state=state,
        pace=pace(process, subject, target.starts)
        if process is not None and target is not None and target.starts and state is TargetState.DUE
        else None,
        year=year,
        year_end=None if year is None or year.is_over else year_end(year, subject, process),
        waiting=waiting,
        waiting_on=waiting_on,
        lists_cases=lists_cases,
    )


def _fit(part: Sequence[Point], chart: Chart, settings: Settings) -> Fit | None:
    baseline = [point if point.judged else None for point in part]
    if settings.baseline is not None:
        taken = list(accumulate(point is not None for point in baseline))
        baseline = [point for point, so_far in zip(baseline, taken, strict=True) if so_far <= settings.baseline]
    return fit(baseline, chart, screening=settings.screening)


def _judge_part(
    part: Sequence[Point],
    fitted: Fit | None,
    segment: Segment,
    number: int,
    *,
    subject: Subject,
    settings: Settings,
    targets: Sequence[Target],
) -> list[JudgedPoint]:
    lines = [None if fitted is None else fitted.limits_at(point) for point in part]
    drawn = {limits: _drawn(limits, segment.display, subject) for limits in set(lines) if limits is not None}
    by_point = signals(
        [
            (point.value, limits) if point.judged and point.value is not None and limits is not None else None
            for point, limits in zip(part, lines, strict=True)
        ],
        run_length=settings.run_length,
        trend_length=settings.trend_length,
    )
    return [
        JudgedPoint(
            point=point,
            segment=number,
            limits=limits,
            drawn=None if limits is None else drawn[limits],
            signals=signal,
            variation=_kind(point, limits, signal, segment.display, subject.polarity),
            target=in_force(targets, point.start),
        )
        for point, limits, signal in zip(part, lines, by_point, strict=True)
    ]


def _kind(
    point: Point, limits: Limits | None, point_signals: Sequence[Signal], shown: Display, polarity: Polarity
) -> Variation:
    if limits is None or not point.judged:
        return Variation.NOT_JUDGED
    if shown is Display.TOO_FEW:
        return Variation.TOO_FEW
    return variation_of(point_signals[0].direction if point_signals else None, polarity)


def _drawn(limits: Limits, shown: Display, subject: Subject) -> Limits | None:
    """The lines to draw, ended at what the unit allows; None in a stretch of too few points."""
    if shown is Display.TOO_FEW:
        return None

    def ended(line: float | None) -> float | None:
        return None if line is None else subject.clip(line)

    return Limits(
        limits.mean,
        ended(limits.lower),
        ended(limits.near_lower),
        ended(limits.near_upper),
        ended(limits.upper),
    )


def _process(latest: JudgedPoint, judged: Sequence[JudgedPoint], segment: Segment) -> Process | None:
    if segment.display is Display.TOO_FEW or latest.limits is None:
        return None
    points = [each.point for each in judged if each.segment == latest.segment and each.point.judged]
    return Process(points, latest.limits, latest.signals)


def _variation(latest: JudgedPoint | None, chart: Chart) -> Variation:
    if chart is Chart.LINE:
        return Variation.NOT_JUDGED
    return Variation.TOO_FEW if latest is None else latest.variation
